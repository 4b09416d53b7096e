using System.Data.Common;
using System.Diagnostics;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Checks;

/// <summary>
/// Follows the ledger table past the hubs, entry by entry: moves the model on, and compares each entry, its rows, the
/// cursors of what is under way, and from time to time the whole table of current values.
/// </summary>
internal sealed class LedgerFollower(StoreReader store, ReportBook book, LedgerModel model, StoreProperties properties)
{
    private const int CursorsPerLook = 3;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan CompareEvery = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _committed = [];
    private DateTimeOffset _last;
    private long _rows;

    public long Rows => Interlocked.Read(ref _rows);

    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var compared = Stopwatch.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (store.Exists)
                {
                    ReadNew();
                    CompareCursors();
                    if (Stopwatch.GetElapsedTime(compared) > CompareEvery)
                    {
                        CompareCurrent();
                        compared = Stopwatch.GetTimestamp();
                    }
                }
            }
            catch (DbException exception) when (store.IsPassing(exception))
            {
                // Look again.
            }
            await Task.Delay(Look, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Everything once more, when all is quiet.</summary>
    public void CompareAll()
    {
        ReadNew();
        CompareCurrent();
        foreach (var report in book.Committed) properties.ReceiptHasItsEntry(report, model.At(report.Receipt!.Position).Report);
    }

    /// <summary>An older copy of the database took its place; nobody follows it at the moment.</summary>
    public void Rewind(long position)
    {
        foreach (var report in model.Rewind(position)) _committed.Remove(report);
        _last = DateTimeOffset.UnixEpoch;
        store.Forget();
    }

    private void ReadNew()
    {
        foreach (var stored in store.Ledger(model.Head, 500))
        {
            properties.LedgerIsDense(model.Head, stored.Position);
            properties.InstantsHold(stored.Position, _last, stored.CommittedAt, TimeProvider.System.GetUtcNow());
            _last = stored.CommittedAt;
            if (stored.Kind == WatchChangeKind.CatalogChanged)
            {
                model.AppendCatalog(stored.Position);
                continue;
            }
            var report = book.Find(stored.Report) ?? throw new InvalidOperationException($"The ledger names {stored.Report}, which nobody sent.");
            if (stored.Kind == WatchChangeKind.ReportWithdrawn)
            {
                model.AppendWithdrawal(stored.Position, report);
                continue;
            }
            properties.ReportIsInTheLedgerOnce(report.Name, _committed.Add(report.Name));
            var entry = model.AppendCommit(stored.Position, report);
            properties.ReceiptIsTheLedgerEntry(report, entry, stored.Counts);
            properties.RowsAreStoredOnce(report, store.Rows(stored.Changeset));
            Interlocked.Add(ref _rows, stored.Counts.Submitted);
        }
    }

    private void CompareCursors()
    {
        // A few at each look: reading past the hubs must not become their load.
        foreach (var report in book.UnderWay.Where(report => report.Promise.Acked > 0).Take(CursorsPerLook))
        {
            var promise = report.Promise;
            if (store.Cursor(report) is { } cursor) properties.CursorHoldsWhatWasAcked(report, promise, cursor.Offset, cursor.Rows);
        }
    }

    private void CompareCurrent()
    {
        var (position, cells) = store.Current();
        while (model.Head < position) ReadNew();
        properties.CurrentIsTheModel(position, model.StateAt(position, _ => true), cells);
        properties.EachChangeIsLoggedOnce(store.LoggedOtherwise());
    }
}
