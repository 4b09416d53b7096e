using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>Puts the messages of a watch together as a subscriber would, and looks at each on the way.</summary>
internal sealed class WatchingReader
{
    private readonly List<WatchChange> _open = [];
    private readonly Dictionary<ModelKey, string> _snapshot = [];

    public List<ModelChange> Changes { get; } = [];

    /// <summary>Each token and the number of changes that were complete when it came.</summary>
    public List<(string Token, int Changes, long Position)> Tokens { get; } = [];

    /// <summary>Null until the snapshot is complete.</summary>
    public Dictionary<ModelKey, string>? Snapshot { get; private set; }

    public long SnapshotPosition { get; private set; }

    public static WatchingReader Of(IEnumerable<WatchResponse> messages)
    {
        var reader = new WatchingReader();
        foreach (var message in messages) reader.Take(message);
        return reader;
    }

    public void Take(WatchResponse message)
    {
        switch (message.MessageCase)
        {
            case WatchResponse.MessageOneofCase.Change:
                Take(message.Change, message.ResumeToken);
                break;
            case WatchResponse.MessageOneofCase.SnapshotPart:
                Assert.Null(Snapshot);
                Assert.NotEmpty(message.ResumeToken);
                foreach (var record in message.SnapshotPart.Observations) _snapshot.Add(ModelKey.Of(record), record.Observation.Value);
                SnapshotPosition = message.SnapshotPart.Position;
                break;
            case WatchResponse.MessageOneofCase.SnapshotEnd:
                Assert.Equal(_snapshot.Count, message.SnapshotEnd.Count);
                if (_snapshot.Count > 0) Assert.Equal(SnapshotPosition, message.SnapshotEnd.Position);
                SnapshotPosition = message.SnapshotEnd.Position;
                Snapshot = _snapshot;
                Bookmark(message, message.SnapshotEnd.Position);
                break;
            case WatchResponse.MessageOneofCase.Progress:
                Bookmark(message, message.Progress.Position);
                break;
            case WatchResponse.MessageOneofCase.CaughtUp:
                Bookmark(message, message.CaughtUp.Position);
                break;
            case WatchResponse.MessageOneofCase.FellBehind:
                Bookmark(message, message.FellBehind.Position);
                break;
        }
    }

    private void Take(WatchChange part, string token)
    {
        // Atomic: the parts of a change follow each other, and only the last one may be resumed after.
        if (_open.Count > 0) Assert.Equal(_open[0].Position, part.Position);
        else if (Changes.Count > 0) Assert.True(Changes[^1].Position < part.Position, "a change came out of order or twice");
        Assert.Equal(part.Last, token.Length > 0);
        _open.Add(part);
        if (!part.Last) return;
        Changes.Add(new ModelChange(part.Position, part.Kind, part.Report, [.. _open.SelectMany(open => open.Observations).Select(Row)]));
        _open.Clear();
        Tokens.Add((token, Changes.Count, part.Position));
    }

    private void Bookmark(WatchResponse message, long position)
    {
        Assert.Empty(_open);
        Assert.NotEmpty(message.ResumeToken);
        Tokens.Add((message.ResumeToken, Changes.Count, position));
    }

    private static ModelRow Row(ObservationChange change) =>
        new(ModelKey.Of(change.Record), change.Action == ObservationAction.Removed ? null : change.Record.Observation.Value);

    /// <summary>Rows of a report in its order; those of a withdrawal have none that a subscriber knows.</summary>
    public static void AssertSame(IReadOnlyList<ModelChange> expected, IReadOnlyList<ModelChange> told)
    {
        Assert.Equal(expected.Select(Head), told.Select(Head));
        foreach (var (one, other) in expected.Zip(told))
        {
            if (one.Kind == WatchChangeKind.ReportWithdrawn) Assert.Equal(one.Rows.ToHashSet(), other.Rows.ToHashSet());
            else Assert.Equal(one.Rows, other.Rows);
        }

        static (long, WatchChangeKind, string, int) Head(ModelChange change) => (change.Position, change.Kind, change.Report, change.Rows.Count);
    }
}
