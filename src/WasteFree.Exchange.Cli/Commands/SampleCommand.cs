using System.CommandLine;
using System.Text;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Cli.Sampling;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx sample --rows N</c>: an illustrative file to try a hub with.</summary>
internal static class SampleCommand
{
    public static Command Build(CommonOptions common)
    {
        var rows = new Option<long>("--rows") { Description = "How many observations", HelpName = "N", Required = true, CustomParser = WholeNumber.Between(1, long.MaxValue, "--rows: 至少1行 at least 1.") };
        var region = new Option<string>("--region") { Description = "Region code", HelpName = "CODE", DefaultValueFactory = _ => "500101" };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same file", HelpName = "S", DefaultValueFactory = _ => 1, CustomParser = WholeNumber.Between(int.MinValue, int.MaxValue, "--seed: 请填整数 write a whole number.") };
        var output = new Option<FileInfo?>("--output", "-o") { Description = "File to write; default: standard output", HelpName = "FILE" };
        var command = new Command("sample", "Write an illustrative file 生成示例文件") { rows, region, seed, output };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            var catalog = BuiltInSnapshot.Read();
            var code = parse.GetRequiredValue(region);
            var sender = catalog.Organizations.FirstOrDefault(organization => organization.Illustrative && organization.Regions.Match(code));
            if (sender is null)
            {
                var known = catalog.Organizations.Where(organization => organization.Illustrative).SelectMany(organization => organization.Regions.Items);
                return terminal.Usage($"没有可以提交地区 {code} 的示例单位。 No illustrative organisation may send region {code}; there are: {string.Join(' ', known)}");
            }
            var sample = new SampleRows(catalog, code);
            var wanted = parse.GetValue(rows);
            if (wanted > sample.Capacity) return terminal.Usage($"--rows: 最多 at most {sample.Capacity}");

            await WriteAsync(sample.Take(wanted, parse.GetValue(seed)), parse.GetValue(output)?.FullName, parse.GetValue(common.Excel), terminal, cancellationToken);
            terminal.Note($"{wanted} 行示例数据（虚构） illustrative rows, made up. 提交 submit them with --org {sender.Id}, to a hub started with --allow-illustrative.");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task WriteAsync(IEnumerable<V1.Observation> rows, string? path, bool excel, Terminal terminal, CancellationToken cancellationToken)
    {
        if (excel) terminal.MarkOutput();
        await using var file = path is null ? null : new StreamWriter(path, false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: excel));
        await using var csv = new NativeWriter(file ?? terminal.Out, withSource: false, withMark: false);
        foreach (var row in rows) await csv.WriteAsync(row, cancellationToken);
    }
}
