using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Feed;

/// <summary>
/// The newest entries of the ledger, read once for all watchers of this hub. It keeps a bounded number of them; a watcher
/// that is further behind reads the store. It waits for nobody, so that a slow watcher costs neither memory nor time.
/// </summary>
public sealed class LedgerTail : IAsyncDisposable
{
    private const int PageEntries = 500;

    /// <summary>Another hub on the same store gives no signal: its entries are found by looking.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly IExchangeStore _store;
    private readonly int _capacity;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly Task _loop;
    private long _lastRetraction;
    private volatile Window _window = new([], -1, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <param name="store">The store.</param>
    /// <param name="capacity">Entries kept in memory.</param>
    public LedgerTail(IExchangeStore store, int capacity = 1_024)
    {
        _store = store;
        _capacity = capacity;
        _loop = FollowAsync();
    }

    /// <summary>Position of the last retraction that it has met: what was read before is not to be told any more.</summary>
    public long LastRetraction => Volatile.Read(ref _lastRetraction);

    /// <summary>Says that this hub has committed something. It only means "look again".</summary>
    public void Signal()
    {
        try
        {
            if (_signal.CurrentCount == 0) _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another commit has said it already.
        }
    }

    /// <summary>Ends when the tail does, which is before it is disposed of only by a fault.</summary>
    public Task Following => _loop;

    /// <summary>The newest entries as they are now.</summary>
    public Window Current => _window;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _signal.Dispose();
        _stopping.Dispose();
    }

    private async Task FollowAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await ReadNewAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch (StoreUnavailableException)
            {
                // Watchers wait; the next look may succeed.
            }
            await _signal.WaitAsync(Poll, _stopping.Token).ConfigureAwait(false);
        }
    }

    private async Task ReadNewAsync(CancellationToken cancellationToken)
    {
        if (_window.Head < 0)
        {
            var head = await _store.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
            Publish([], head.Position);
        }
        IReadOnlyList<LedgerRecord> entries;
        do
        {
            entries = await _store.ReadLedgerAsync(_window.Head, PageEntries, cancellationToken).ConfigureAwait(false);
            if (entries.LastOrDefault(entry => entry.Kind == LedgerEntryKind.ReportRetracted) is { } retraction) Volatile.Write(ref _lastRetraction, retraction.Position);
            if (entries.Count > 0) Publish(entries, entries[^1].Position);
        }
        while (entries.Count == PageEntries);
    }

    private void Publish(IReadOnlyList<LedgerRecord> entries, long head)
    {
        var before = _window;
        LedgerRecord[] kept = [.. before.Entries, .. entries];
        if (kept.Length > _capacity) kept = kept[^_capacity..];
        _window = new Window(kept, head, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        before.Replaced();
    }

    /// <summary>A stretch of the ledger up to its head. It never changes; a newer one takes its place.</summary>
    public sealed class Window
    {
        private readonly TaskCompletionSource _replaced;

        internal Window(LedgerRecord[] entries, long head, TaskCompletionSource replaced)
        {
            Entries = entries;
            Head = head;
            _replaced = replaced;
        }

        /// <summary>Dense, in order, the last one at <see cref="Head"/>.</summary>
        public IReadOnlyList<LedgerRecord> Entries { get; }

        /// <summary>Position of the head; -1: not yet read.</summary>
        public long Head { get; }

        /// <summary>Completes when there is a newer window.</summary>
        public Task Next => _replaced.Task;

        /// <summary>Whether everything after <paramref name="position"/> is in this window.</summary>
        public bool Holds(long position) => Head >= 0 && position >= Head - Entries.Count;

        /// <summary>The entries after a position that the window holds.</summary>
        public IEnumerable<LedgerRecord> After(long position) => Entries.Skip((int)(position - (Head - Entries.Count)));

        internal void Replaced() => _replaced.TrySetResult();
    }
}
