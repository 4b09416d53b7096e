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
    public virtual LedgerPoint? SafePoint => null;

    /// <summary>A ledger entry, or a part of it; <paramref name="Point"/> is that of the entry.</summary>
    public sealed record Change(LedgerRecord Entry, IReadOnlyList<ChangeRow> Rows, bool IsLast) : FeedEvent
    {
        public override LedgerPoint? SafePoint => IsLast ? new LedgerPoint(Entry.Position, Entry.EntryHash) : null;
    }

    /// <summary>Observations current at <paramref name="Point"/>, the same for all parts of a snapshot.</summary>
    public sealed record SnapshotPart(LedgerPoint Point, IReadOnlyList<ObservationRevision> Rows) : FeedEvent;

    /// <summary>The snapshot is complete as of <paramref name="Point"/>.</summary>
    public sealed record SnapshotEnd(LedgerPoint Point, long Count) : FeedEvent
    {
        public override LedgerPoint? SafePoint => Point;
    }

    /// <summary>Nothing that the filter takes is undelivered up to <paramref name="Point"/>.</summary>
    public sealed record Progress(LedgerPoint Point) : FeedEvent
    {
        public override LedgerPoint? SafePoint => Point;
    }

    /// <summary>The watcher is at the head.</summary>
    public sealed record CaughtUp(LedgerPoint Point) : FeedEvent
    {
        public override LedgerPoint? SafePoint => Point;
    }

    /// <summary>The watcher is further behind than the tail reaches.</summary>
    public sealed record FellBehind(LedgerPoint Point, long Head) : FeedEvent
    {
        public override LedgerPoint? SafePoint => Point;
    }
}

/// <summary>A place in the ledger: a position and the hash of its entry, which a restored older ledger does not have.</summary>
public readonly record struct LedgerPoint(long Position, byte[] Hash)
{
    /// <summary>Before the first entry.</summary>
    public static LedgerPoint Origin { get; } = new(0, new byte[32]);
}
