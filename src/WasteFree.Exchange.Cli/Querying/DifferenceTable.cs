using WasteFree.Exchange.Cli.Layout;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>Differences for the eye, with names.</summary>
internal static class DifferenceTable
{
    /// <summary>A table is for the eye: more rows are for csv.</summary>
    private const int TableRows = 1000;

    public static async Task<long> ShowAsync(IAsyncEnumerable<ObservationDifference> differences, CatalogNames names, Terminal terminal)
    {
        var shown = await differences.Take(TableRows).ToListAsync();
        var table = new TextTable(
            TextColumn.Code("期间 Period"), TextColumn.Prose("地区 Region"), TextColumn.Prose("指标 Indicator"), TextColumn.Code("范围 Scope"),
            TextColumn.Code("类别"), TextColumn.Number("此前 Before"), TextColumn.Number("此后 After"),
            TextColumn.Prose("变化 Change"), TextColumn.Prose("来源 Source"));
        foreach (var difference in shown)
        {
            var either = difference.After ?? difference.Before;
            var row = either.Observation;
            table.Add(
                row.Period,
                names.RegionName(row.Region),
                $"{row.Indicator} {names.IndicatorName(row.Indicator)}",
                Words.Scope(row.Scope),
                row.Category,
                Value(difference.Before),
                Value(difference.After),
                Change(difference),
                either.Organization + (either.Illustrative ? $" {Words.Illustrative}" : ""));
        }
        terminal.Results.Show(table);
        if (shown.Count == TableRows) terminal.Note($"至多显示{TableRows}行 at most {TableRows} rows are shown; --format csv 输出全部 gives all.");
        return shown.Count;
    }

    private static string Value(ObservationRecord? record) => record is null ? "" : $"{ObservationTable.Value(record)} {record.Observation.Unit}";

    private static string Change(ObservationDifference difference) => DifferenceCsv.Change(difference) switch
    {
        "ADDED" => "新增 added",
        "REMOVED" => "撤回 removed",
        "RESPELLED" => Words.SpellingOnly,
        _ => string.Join(' ', DifferenceCsv.Differing(difference).DefaultIfEmpty("保密 withheld")),
    };
}
