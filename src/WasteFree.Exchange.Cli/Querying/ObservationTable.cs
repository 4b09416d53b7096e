using WasteFree.Exchange.Cli.Layout;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>Observations for the eye, with names.</summary>
internal static class ObservationTable
{
    public static void Show(Screen screen, IEnumerable<ObservationRecord> records, CatalogNames names)
    {
        var table = new TextTable(
            TextColumn.Code("期间 Period"), TextColumn.Prose("地区 Region"), TextColumn.Prose("指标 Indicator"),
            TextColumn.Code("范围 Scope"), TextColumn.Code("类别"), TextColumn.Number("数值 Value"),
            TextColumn.Code("单位 Unit"), TextColumn.Code("状态"), TextColumn.Prose("来源 Source"));
        foreach (var record in records)
        {
            var row = record.Observation;
            table.Add(
                row.Period,
                names.RegionName(row.Region),
                $"{row.Indicator} {names.IndicatorName(row.Indicator)}",
                Words.Scope(row.Scope),
                row.Category,
                Value(record),
                row.Unit,
                string.Join(' ', row.Status),
                record.Organization + (record.Illustrative ? $" {Words.Illustrative}" : ""));
        }
        screen.Show(table);
    }

    /// <summary>The value as it is shown; one computed from its parts is starred.</summary>
    public static string Value(ObservationRecord record) =>
        record.Withheld ? Words.Withheld(record) : Number(record) + (record.RetractedPosition > 0 ? $" {Words.Retracted}" : "");

    private static string Number(ObservationRecord record) =>
        record.Observation.Value.Length > 0 ? record.Observation.Value
        : record.DerivedValue.Length > 0 ? record.DerivedValue + " *"
        : "—";
}
