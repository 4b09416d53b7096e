using CsvHelper;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;

namespace WasteFree.Exchange.Cli.Watching;

/// <summary>
/// Lines as CSV: what happened, then the row counts of a change, then the native columns of an observation; what a line
/// does not have is empty, so that every line has the same columns.
/// </summary>
internal sealed class WatchCsv : WatchWriter
{
    private static readonly string[] Columns =
    [
        "position", "commit_time", "kind", "action", "report", "organization", "illustrative", "mark",
        "submitted", "rejected", "created", "revised", "unchanged", "duplicate",
        .. NativeColumns.All.Select(NativeColumns.Name), "spelling_only", "affirmed_report", "revision_position", "retracted_position",
    ];

    private static readonly string[] NoCounts = ["", "", "", "", "", ""];
    private static readonly string[] NoObservation = [.. NativeColumns.All.Select(static _ => "")];

    private readonly CsvWriter _csv;

    public WatchCsv(TextWriter output, bool withHeader)
    {
        _csv = CsvCells.WriterOf(output);
        if (withHeader) _csv.WriteRecord(Columns);
    }

    public override void Write(WatchLine line) => _csv.WriteRecord(
    [
        line.Position.ToString(),
        (line.Time ?? line.Record?.CommitTime)?.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'") ?? "",
        line.Kind,
        line.Action,
        line.Report,
        line.Record?.Organization ?? "",
        line.Illustrative ? "true" : "false",
        line.Illustrative ? Words.Illustrative : "",
        .. line.Counts is not { } counts ? NoCounts :
        [
            counts.Submitted.ToString(), counts.Rejected.ToString(), counts.Created.ToString(),
            counts.Revised.ToString(), counts.Unchanged.ToString(), counts.Duplicate.ToString(),
        ],
        .. line.Record is { } record ? NativeWriter.Cells(record.Observation) : NoObservation,
        line.SpellingOnly ? "true" : "false",
        line.Record?.AffirmedReport ?? "",
        line.Record?.Position.ToString() ?? "",
        CsvCells.Position(line.Record?.RetractedPosition ?? 0),
    ]);

    public override async Task FlushAsync(CancellationToken cancellationToken) => await _csv.FlushAsync(cancellationToken);

    public override ValueTask DisposeAsync() => _csv.DisposeAsync();
}
