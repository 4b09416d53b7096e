using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Watching;

/// <summary>Lines for the eye, with names.</summary>
internal sealed class WatchWords(Terminal terminal, CatalogNames names) : WatchWriter
{
    public override void Write(WatchLine line)
    {
        var head = $"{line.Position,6}  {Time(line),-20}  {Kind(line)}";
        var mark = line.Illustrative ? $"  {Words.Illustrative}" : "";
        terminal.Results.Say(line.Record is { } record
            ? $"{head}  {names.RegionName(record.Observation.Region)}  {record.Observation.Indicator} {names.IndicatorName(record.Observation.Indicator)}"
                + $"  {Words.Scope(record.Observation.Scope)}  {record.Observation.Category}  {record.Observation.Period}  {Value(line, record)}  {Words.Reports(record.Report, record.AffirmedReport)}{(line.SpellingOnly ? $"  {Words.SpellingOnly}" : "")}{mark}"
            : $"{head}  {(line.Report.Length > 0 ? line.Report : "catalog")}  {(line.Counts is { } counts ? $"{counts.Submitted} 行 rows" : "")}{mark}");
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => terminal.Out.FlushAsync(cancellationToken);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Time(WatchLine line) => (line.Time ?? line.Record?.CommitTime)?.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'") ?? "";

    private static string Kind(WatchLine line) => line.Kind switch
    {
        WatchLine.Snapshot => "现有 current",
        "REPORT_COMMITTED" => "提交 committed",
        "REPORT_WITHDRAWN" => "撤回 withdrawn",
        "REPORT_RETRACTED" => Words.Retracted,
        "CATALOG_CHANGED" => "目录 catalogue",
        var other => other,
    };

    private static string Value(WatchLine line, ObservationRecord record) =>
        line.Action == ObservationAction.Removed.Code() ? "— 失效 removed"
        : line.Action == ObservationAction.Retracted.Code() ? "— 删去副本 drop copies"
        : record.Withheld ? Words.Withheld(record)
        : record.Observation.Value.Length > 0 ? $"{record.Observation.Value} {record.Observation.Unit}"
        : record.DerivedValue.Length > 0 ? $"{record.DerivedValue} {record.Observation.Unit} *"
        : $"— {string.Join(' ', record.Observation.Status)}";
}
