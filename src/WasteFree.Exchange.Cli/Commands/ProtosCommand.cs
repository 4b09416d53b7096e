using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Validation;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx protos DIR</c>: writes out all that a partner's own tools and engineers need: contracts, guide, vectors, rules.</summary>
internal static class ProtosCommand
{
    private const string Prefix = "protos/";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Build(CommonOptions common)
    {
        var folder = new Argument<DirectoryInfo>("dir") { Description = "Folder to write to; made when it is missing", HelpName = "DIR" };
        var command = new Command("protos", "Write the .proto files, their guide, the digest vectors and the rules 导出接口定义、指南与校验规则") { folder };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var contracts = typeof(Observation).Assembly;
            foreach (var resource in contracts.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                await using var source = contracts.GetManifestResourceStream(resource)!;
                // Resource names carry the separator of the machine that built them.
                await WriteAsync(resource[Prefix.Length..].Replace('\\', '/'), source);
            }
            await WriteAsync("rules.json", new MemoryStream(Encoding.UTF8.GetBytes(Rules())));
            return ExitCode.Done;

            async Task WriteAsync(string name, Stream source)
            {
                var path = Path.Combine(parse.GetRequiredValue(folder).FullName, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await using var target = File.Create(path);
                await source.CopyToAsync(target, cancellationToken);
                common.Terminal.Out.WriteLine(path);
            }
        });
        return command;
    }

    private static string Rules() => JsonSerializer.Serialize(
        RuleList.All.Select(rule => new { rule.Id, Weights = rule.Weights.Select(weight => weight.ToString().ToUpperInvariant()), rule.Zh, rule.En }), Form) + "\n";
}
