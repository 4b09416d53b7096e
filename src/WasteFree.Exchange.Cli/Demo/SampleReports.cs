using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Cli.Submitting;
using WasteFree.Exchange.Client;

namespace WasteFree.Exchange.Cli.Demo;

/// <summary>The sample files beside the program, each sent by the organisation that its name begins with.</summary>
internal static class SampleReports
{
    private const string IllustrativePrefix = "demo-";

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "samples");

    /// <summary>Regions that an illustrative sample is about, the seed district first.</summary>
    public static IReadOnlyList<string> IllustrativeRegions() =>
    [
        .. Files().Select(OrganizationOf)
            .Where(organization => organization.StartsWith(IllustrativePrefix, StringComparison.Ordinal))
            .Select(organization => organization[IllustrativePrefix.Length..])
            .Distinct(),
    ];

    public static async Task StreamInAsync(Uri hub, Terminal terminal, CancellationToken cancellationToken)
    {
        foreach (var path in Files())
        {
            var organization = OrganizationOf(path);
            using var connection = new ExchangeConnection(new ConnectionOptions { Hub = hub, Organization = organization });
            await using var faults = FaultReport.Open(null, OutputFormat.Table);
            var submission = new Submission { Path = path, Organization = organization, Report = Path.GetFileNameWithoutExtension(path) };
            var result = await submission.RunAsync(connection, faults, terminal.Quiet(), cancellationToken);
            if (result is not SubmissionResult.Accepted { Outcome.Receipt: { } receipt })
            {
                faults.ShowTable(terminal.Notes);
                throw new InvalidDataException($"示例文件未被接收 The sample {Path.GetFileName(path)} was refused.");
            }
            var mark = organization.StartsWith(IllustrativePrefix, StringComparison.Ordinal) ? $"  {Words.Illustrative}" : "";
            terminal.Results.Say($"  {Path.GetFileName(path),-24} {receipt.Counts.Submitted,4} 行 rows   位置 position {receipt.Position}{mark}");
        }
    }

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Folder, "*.csv").Order(StringComparer.Ordinal);

    /// <summary><c>yaan-hw-2022.csv</c> is sent by <c>yaan</c>, <c>demo-500101-2024.csv</c> by <c>demo-500101</c>.</summary>
    private static string OrganizationOf(string path)
    {
        var parts = Path.GetFileNameWithoutExtension(path).Split('-');
        return parts[0] + "-" == IllustrativePrefix ? $"{parts[0]}-{parts[1]}" : parts[0];
    }
}
