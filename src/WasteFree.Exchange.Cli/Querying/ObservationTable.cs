using Spectre.Console;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>Observations for the eye, with names.</summary>
internal static class ObservationTable
{
    public static void Show(IAnsiConsole console, IEnumerable<ObservationRecord> records, CatalogNames names)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns(
            new TableColumn("期间 Period").NoWrap(), new TableColumn("地区 Region"), new TableColumn("指标 Indicator"),
            new TableColumn("范围 Scope").NoWrap(), new TableColumn("类别").NoWrap(), new TableColumn("数值 Value").RightAligned().NoWrap(),
            new TableColumn("单位 Unit").NoWrap(), new TableColumn("状态").NoWrap(), new TableColumn("来源 Source"));
        foreach (var record in records)
        {
            var row = record.Observation;
            table.AddRow(
                new Text(row.Period),
                new Text(names.RegionName(row.Region)),
                new Text($"{row.Indicator} {names.IndicatorName(row.Indicator)}"),
                new Text(Words.Scope(row.Scope)),
                new Text(row.Category),
                new Text(Value(record)),
                new Text(row.Unit),
                new Text(string.Join(' ', row.Status)),
                new Text(record.Organization + (record.Illustrative ? $" {Words.Illustrative}" : "")));
        }
        console.Write(table);
    }

    /// <summary>The value as it is shown; one computed from its parts is starred.</summary>
    public static string Value(ObservationRecord record) =>
        record.Withheld ? "保密 withheld"
        : record.Observation.Value.Length > 0 ? record.Observation.Value
        : record.DerivedValue.Length > 0 ? record.DerivedValue + " *"
        : "—";
}
