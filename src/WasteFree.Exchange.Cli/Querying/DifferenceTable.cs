using Spectre.Console;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>Differences for the eye, with names.</summary>
internal static class DifferenceTable
{
    /// <summary>A table is for the eye: more rows are for csv.</summary>
    private const int TableRows = 1000;

    public static async Task<long> ShowAsync(IAsyncEnumerable<Difference> differences, CatalogNames names, Terminal terminal)
    {
        var shown = await differences.Take(TableRows).ToListAsync();
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns(
            new TableColumn("期间 Period").NoWrap(), new TableColumn("地区 Region"), new TableColumn("指标 Indicator"), new TableColumn("范围 Scope").NoWrap(),
            new TableColumn("类别").NoWrap(), new TableColumn("此前 Before").RightAligned(), new TableColumn("此后 After").RightAligned(),
            new TableColumn("变化 Change"), new TableColumn("来源 Source"));
        foreach (var difference in shown)
        {
            var either = difference.After ?? difference.Before;
            var row = either.Observation;
            table.AddRow(
                new Text(row.Period),
                new Text(names.RegionName(row.Region)),
                new Text($"{row.Indicator} {names.IndicatorName(row.Indicator)}"),
                new Text(Words.Scope(row.Scope)),
                new Text(row.Category),
                new Text(Value(difference.Before)),
                new Text(Value(difference.After)),
                new Text(Change(difference)),
                new Text(either.Organization + (either.Illustrative ? $" {Words.Illustrative}" : "")));
        }
        terminal.Results.Write(table);
        if (shown.Count == TableRows) terminal.Note($"至多显示{TableRows}行 at most {TableRows} rows are shown; --format csv 输出全部 gives all.");
        return shown.Count;
    }

    private static string Value(ObservationRecord? record) => record is null ? "" : $"{ObservationTable.Value(record)} {record.Observation.Unit}";

    private static string Change(Difference difference) => DifferenceCsv.Change(difference) switch
    {
        "ADDED" => "新增 added",
        "REMOVED" => "撤回 removed",
        _ => string.Join(' ', DifferenceCsv.Differing(difference).DefaultIfEmpty("保密 withheld")),
    };
}
