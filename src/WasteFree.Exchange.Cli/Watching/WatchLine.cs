using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Watching;

/// <summary>One line of a watch: a change, or one observation of it, or one of a snapshot.</summary>
internal sealed record WatchLine
{
    public const string Snapshot = "SNAPSHOT";

    /// <summary>Ledger position of the change, or of the snapshot.</summary>
    public required long Position { get; init; }

    /// <summary>REPORT_COMMITTED, REPORT_WITHDRAWN, REPORT_RETRACTED, CATALOG_CHANGED or SNAPSHOT.</summary>
    public required string Kind { get; init; }

    /// <summary>Null for a snapshot: its rows have instants of their own.</summary>
    public Timestamp? Time { get; init; }

    /// <summary>Empty for a catalogue change.</summary>
    public string Report { get; init; } = "";

    public bool Illustrative { get; init; }

    /// <summary>Row counts of the report; null on the line of an observation.</summary>
    public RowCounts? Counts { get; init; }

    /// <summary>SET, REMOVED or RETRACTED; empty on the line of a change.</summary>
    public string Action { get; init; } = "";

    public ObservationRecord? Record { get; init; }

    /// <summary>The quantity is that of the value it replaced.</summary>
    public bool SpellingOnly { get; init; }

    /// <summary>The change is complete with this line.</summary>
    public bool Last { get; init; }

    /// <summary>The lines of a message; none for those that only tell how the watch stands.</summary>
    public static IEnumerable<WatchLine> Of(WatchResponse message, WatchDetail detail) => message.MessageCase switch
    {
        WatchResponse.MessageOneofCase.Change => Of(message.Change, detail),
        WatchResponse.MessageOneofCase.SnapshotPart => Of(message.SnapshotPart),
        _ => [],
    };

    private static IEnumerable<WatchLine> Of(WatchChange change, WatchDetail detail)
    {
        var line = new WatchLine
        {
            Position = change.Position,
            Kind = change.Kind.Code(),
            Time = change.CommitTime,
            Report = change.Report,
            Illustrative = change.Illustrative,
        };
        if (detail == WatchDetail.Report || change.Kind == WatchChangeKind.CatalogChanged)
        {
            yield return line with { Counts = change.Counts, Last = true };
            yield break;
        }
        for (var i = 0; i < change.Observations.Count; i++)
        {
            var observation = change.Observations[i];
            yield return line with
            {
                Action = observation.Action.Code(),
                Record = observation.Record,
                SpellingOnly = observation.SpellingOnly,
                Last = change.Last && i == change.Observations.Count - 1,
            };
        }
    }

    private static IEnumerable<WatchLine> Of(WatchSnapshotPart part) => part.Observations.Select(record => new WatchLine
    {
        Position = part.Position,
        Kind = Snapshot,
        Report = record.Report,
        Illustrative = record.Illustrative,
        Action = ObservationAction.Set.Code(),
        Record = record,
    });
}
