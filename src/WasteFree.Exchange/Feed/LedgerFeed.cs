using System.Runtime.CompilerServices;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Feed;

/// <summary>Where a watch starts and what it takes.</summary>
public sealed record FeedRequest
{
    /// <summary>The changes after this place follow.</summary>
    public required LedgerPoint Start { get; init; }

    /// <summary>First the observations that are current at <see cref="Start"/>, from this place on; null: none.</summary>
    public SnapshotPlace? Snapshot { get; init; }

    /// <summary>The filter in a catalogue: which organisations are illustrative may change.</summary>
    public required Func<CatalogSnapshot, ObservationFilter> Filter { get; init; }

    /// <summary>
    /// What the watcher may read now; the same object as long as it is the same. It is asked for each page, so that what
    /// is revoked while the watch goes on is no longer told.
    /// </summary>
    public required Func<CancellationToken, Task<Visibility>> Visibility { get; init; }

    /// <summary>Tell the observations of a change, not only that there is one.</summary>
    public bool Observations { get; init; } = true;

    public required TimeSpan ProgressInterval { get; init; }
}

/// <summary>
/// Tells every change in ledger order. It reads pages and holds nothing open while its watcher takes its time: no
/// transaction, no reader, no lock.
/// </summary>
public sealed class LedgerFeed(IExchangeStore store, CatalogHistory catalog, LedgerTail tail, TimeProvider time)
{
    private const int PageEntries = 100;
    /// <summary>A row takes at most 5 KB, mostly a twentieth of it: no message is larger than 1 MB.</summary>
    private const int PageRows = 200;

    public async IAsyncEnumerable<FeedEvent> WatchAsync(FeedRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var at = request.Start;
        if (request.Snapshot is { } place)
        {
            await foreach (var part in SnapshotAsync(request, at, place, cancellationToken).ConfigureAwait(false)) yield return part;
        }

        var behind = true;
        // The tail hears of another hub's entries a moment late; whoever asks now is not caught up before they are told.
        var before = (await store.ReadHeadAsync(cancellationToken).ConfigureAwait(false)).Position;
        var told = time.GetTimestamp();
        while (true)
        {
            var window = tail.Current;
            if (window.Head < 0)
            {
                // The store has not answered the tail yet: asking it again and again would not help.
                await window.Next.WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }
            if (at.Position >= window.Head && at.Position >= before)
            {
                if (behind)
                {
                    behind = false;
                    told = time.GetTimestamp();
                    yield return new FeedEvent.CaughtUp(at);
                }
                var rest = request.ProgressInterval - time.GetElapsedTime(told);
                if (rest > TimeSpan.Zero && !await IsReplacedAsync(window, rest, cancellationToken).ConfigureAwait(false)) rest = TimeSpan.Zero;
                if (rest > TimeSpan.Zero) continue;
                told = time.GetTimestamp();
                yield return new FeedEvent.Progress(at);
                continue;
            }

            var held = at.Position < window.Head && window.Holds(at.Position);
            if (!held && !behind)
            {
                behind = true;
                yield return new FeedEvent.FellBehind(at, window.Head);
            }
            var entries = held
                ? window.After(at.Position)
                : await store.ReadLedgerAsync(at.Position, PageEntries, cancellationToken).ConfigureAwait(false);
            foreach (var entry in entries)
            {
                await foreach (var change in TellAsync(request, entry, cancellationToken).ConfigureAwait(false))
                {
                    told = time.GetTimestamp();
                    yield return change;
                }
                // Only now is everything up to the entry delivered: progress must never run ahead of it.
                at = new LedgerPoint(entry.Position, entry.EntryHash);
                if (time.GetElapsedTime(told) < request.ProgressInterval) continue;
                told = time.GetTimestamp();
                yield return new FeedEvent.Progress(at);
            }
        }
    }

    private async IAsyncEnumerable<FeedEvent> SnapshotAsync(
        FeedRequest request, LedgerPoint at, SnapshotPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var count = place.Count;
        var instant = await store.FindPositionAsync(at.Position, cancellationToken).ConfigureAwait(false);
        var filter = request.Filter(await catalog.ReadAsync(instant?.CatalogVersion ?? 0, cancellationToken).ConfigureAwait(false));
        long? after = place.After;
        while (after is { } key)
        {
            var visibility = await request.Visibility(cancellationToken).ConfigureAwait(false);
            var page = await store.ReadObservationsAsync(filter, visibility, at.Position, key, PageRows, cancellationToken).ConfigureAwait(false);
            count += page.Rows.Count;
            if (page.Rows.Count > 0) yield return new FeedEvent.SnapshotPart(at, page.Rows, new SnapshotPlace(page.Rows[^1].Cursor, count));
            after = page.NextKey;
        }
        yield return new FeedEvent.SnapshotEnd(at, count);
    }

    /// <summary>An entry in parts, the last one marked; nothing where the filter takes none of it.</summary>
    private async IAsyncEnumerable<FeedEvent> TellAsync(
        FeedRequest request, LedgerRecord entry, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (entry.Report is null)
        {
            yield return new FeedEvent.Change(entry, [], IsLast: true);
            yield break;
        }
        var filter = request.Filter(await catalog.ReadAsync(entry.CatalogVersion, cancellationToken).ConfigureAwait(false));
        var limit = request.Observations ? PageRows : 1;
        var visibility = await request.Visibility(cancellationToken).ConfigureAwait(false);
        var page = await ReadAsync(-1).ConfigureAwait(false);
        var begun = false;
        while (page.Next is { } next && request.Observations)
        {
            // One page ahead, so that the last part is known as the last.
            var following = await ReadAsync(next).ConfigureAwait(false);
            if (following.Rows.Count == 0) break;
            yield return new FeedEvent.Change(entry, page.Rows, IsLast: false);
            begun = true;
            page = following;
            // The watcher may have taken its time: what was read ahead may have been revoked meanwhile.
            if (await request.Visibility(cancellationToken).ConfigureAwait(false) is var now && ReferenceEquals(now, visibility)) continue;
            visibility = now;
            page = await ReadAsync(next).ConfigureAwait(false);
        }
        if (page.Rows.Count > 0 || begun) yield return new FeedEvent.Change(entry, request.Observations ? page.Rows : [], IsLast: true);

        Task<ChangePage> ReadAsync(long after) => store.ReadChangesAsync(entry, filter, visibility, after, limit, cancellationToken);
    }

    private async Task<bool> IsReplacedAsync(LedgerTail.Window window, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            await window.Next.WaitAsync(wait, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
