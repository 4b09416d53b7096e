using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Querying;
using WasteFree.Exchange.Client;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Demo;

/// <summary>Wanzhou beside partner cities, on illustrative values.</summary>
internal static class PartnerTables
{
    /// <summary>Indicators in the scope for which Wanzhou has a target of 2024.</summary>
    private static readonly (string Scope, string[] Indicators)[] Shown =
    [
        ("WHOLE", ["ZW21-19", "ZW21-20", "ZW21-21"]),
        ("URBAN", ["ZW21-26", "ZW21-37"]),
    ];

    public static async Task ShowAsync(ExchangeClient client, CatalogNames names, Terminal terminal, CancellationToken cancellationToken)
    {
        Section.Show(terminal, $"万州区与伙伴城市比较 Wanzhou beside partner cities, 2024 【{Words.Illustrative}】",
            "示例：以下数值全部虚构，不是任何地区的实际数据；目标为真实文件所定。",
            "Illustrative: every value below is made up; the targets are real.");
        foreach (var (scope, indicators) in Shown)
        {
            var answer = await client.CompareMetricsAsync(
                new CompareMetricsRequest
                {
                    Indicators = { indicators },
                    Regions = { SampleReports.IllustrativeRegions() },
                    Periods = { "2024" },
                    Scope = scope,
                    IncludeIllustrative = true,
                },
                cancellationToken);
            foreach (var comparison in answer.Comparisons) ComparisonTable.Show(terminal.Results, comparison, names);
        }
    }
}
