using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Feed;

/// <summary>What a watcher is told. Those with a safe position can be resumed after.</summary>
public abstract record FeedEvent
{
    private FeedEvent()
    {
    }

    /// <summary>The watch may be resumed after this event; null: not here.</summary>
    public virtual SafePoint? SafePoint => null;

    /// <summary>A ledger entry, or a part of it; <paramref name="Point"/> is that of the entry.</summary>
    public sealed record Change(LedgerRecord Entry, IReadOnlyList<ChangeRow> Rows, bool IsLast) : FeedEvent
    {
        public override SafePoint? SafePoint => IsLast ? new SafePoint(new LedgerPoint(Entry.Position, Entry.EntryHash)) : null;
    }

    /// <summary>
    /// Observations current at <paramref name="Point"/>, the same for all parts of a snapshot; <paramref name="Place"/> is behind them.
    /// </summary>
    public sealed record SnapshotPart(LedgerPoint Point, IReadOnlyList<ObservationRevision> Rows, SnapshotPlace Place) : FeedEvent
    {
        public override SafePoint? SafePoint => new SafePoint(Point, Place);
    }

    /// <summary>The snapshot is complete as of <paramref name="Point"/>.</summary>
    public sealed record SnapshotEnd(LedgerPoint Point, long Count) : FeedEvent
    {
        public override SafePoint? SafePoint => new SafePoint(Point);
    }

    /// <summary>Nothing that the filter takes is undelivered up to <paramref name="Point"/>.</summary>
    public sealed record Progress(LedgerPoint Point) : FeedEvent
    {
        public override SafePoint? SafePoint => new SafePoint(Point);
    }

    /// <summary>The watcher is at the head.</summary>
    public sealed record CaughtUp(LedgerPoint Point) : FeedEvent
    {
        public override SafePoint? SafePoint => new SafePoint(Point);
    }

    /// <summary>The watcher is further behind than the tail reaches.</summary>
    public sealed record FellBehind(LedgerPoint Point, long Head) : FeedEvent
    {
        public override SafePoint? SafePoint => new SafePoint(Point);
    }
}

/// <summary>Where a watch can go on.</summary>
/// <param name="Ledger">The changes after this place follow.</param>
/// <param name="Snapshot">First the rest of the snapshot of that place; null: none.</param>
public readonly record struct SafePoint(LedgerPoint Ledger, SnapshotPlace? Snapshot = null);

/// <summary>A place within a snapshot.</summary>
/// <param name="After">Key of the last observation that was told.</param>
/// <param name="Count">Observations told so far.</param>
public readonly record struct SnapshotPlace(long After, long Count)
{
    /// <summary>Before the first observation.</summary>
    public static SnapshotPlace Beginning { get; } = new(-1, 0);
}

/// <summary>A place in the ledger: a position and the hash of its entry, which a restored older ledger does not have.</summary>
public readonly record struct LedgerPoint(long Position, byte[] Hash)
{
    /// <summary>Before the first entry.</summary>
    public static LedgerPoint Origin { get; } = new(0, new byte[32]);
}
