using WasteFree.Exchange.Cli.Layout;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Client;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Demo;

/// <summary>Real figures: the hazardous-waste bulletins of Ya'an.</summary>
internal static class YaanTable
{
    private const string Region = "511800";
    private static readonly string[] Indicators = ["HUB-HW-GEN", "HUB-HW-USED", "HUB-HW-DISPOSED", "HUB-HW-STOCK"];
    private static readonly string[] Years = ["2022", "2023"];

    public static async Task ShowAsync(ExchangeClient client, CatalogNames names, Terminal terminal, CancellationToken cancellationToken)
    {
        var answer = await client.CompareMetricsAsync(
            new CompareMetricsRequest { Indicators = { Indicators }, Regions = { Region }, Periods = { Years } }, cancellationToken);
        Section.Show(terminal, $"{names.RegionName(Region)} 危险废物 hazardous waste：公开数据 published figures",
            "来源 source: 雅安市生态环境局危险废物信息公告 bulletins of its ecology and environment bureau, sthjj.yaan.gov.cn",
            "合计按公告原文；公告未列处置量合计 totals as stated; the bulletins state no total of disposal.");

        var table = new TextTable(
            [TextColumn.Prose("指标 Indicator"), .. Years.Select(TextColumn.Number), TextColumn.Code("单位 Unit"), TextColumn.Prose("来源 Source")]);
        foreach (var ofIndicator in answer.Comparisons.GroupBy(comparison => comparison.Indicator.Code))
        {
            var cells = Years.Select(year => ofIndicator.First(comparison => comparison.Period == year).Cells[0]).ToArray();
            var indicator = ofIndicator.First().Indicator;
            table.Add(
            [
                $"{indicator.NameZh} {indicator.Code}",
                .. cells.Select(cell => cell.Value.Length > 0 ? cell.Value : "— " + string.Join('、', cell.Reasons.Select(reason => Words.Reason(reason, cell)))),
                ofIndicator.First().Unit,
                string.Join(' ', cells.Select(cell => cell.Organization).Where(organization => organization.Length > 0).Distinct()),
            ]);
        }
        terminal.Results.Show(table);
    }
}
