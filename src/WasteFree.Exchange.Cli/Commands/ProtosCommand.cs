using System.CommandLine;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx protos DIR</c>: writes the contracts out for a partner's own tools.</summary>
internal static class ProtosCommand
{
    private const string Prefix = "protos/";

    public static Command Build(CommonOptions common)
    {
        var folder = new Argument<DirectoryInfo>("dir") { Description = "Folder to write to; made when it is missing", HelpName = "DIR" };
        var command = new Command("protos", "Write the .proto files 导出接口定义") { folder };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var contracts = typeof(Observation).Assembly;
            foreach (var resource in contracts.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                // Resource names carry the separator of the machine that built them.
                var path = Path.Combine(parse.GetRequiredValue(folder).FullName, resource[Prefix.Length..].Replace('\\', '/'));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await using var source = contracts.GetManifestResourceStream(resource)!;
                await using var target = File.Create(path);
                await source.CopyToAsync(target, cancellationToken);
                common.Terminal.Out.WriteLine(path);
            }
            return ExitCode.Done;
        });
        return command;
    }
}
