using System.Threading.Channels;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

/// <summary>
/// Operations of all streams queue here and commit together: many chunks, one sync of the disk. An operation's task
/// completes only after that commit, so what a caller acknowledges is durable.
/// </summary>
/// <param name="groupRows">Rows in one commit, about: larger groups gain no rate and make others wait.</param>
internal abstract class GroupWriter(int groupRows) : IAsyncDisposable
{
    private const int QueueLength = 256;

    private readonly Channel<WriteOperation> _queue = Channel.CreateBounded<WriteOperation>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private Task _loop = Task.CompletedTask;

    /// <summary>Ends when the writer does, which is before it is disposed of only by a fault.</summary>
    public Task Working => _loop;

    /// <summary>Something is queued.</summary>
    protected bool IsWanted => _queue.Reader.TryPeek(out _);

    /// <summary>Nothing more comes.</summary>
    protected bool IsEnding => _queue.Reader.Completion.IsCompleted;

    /// <summary>
    /// Runs an operation in the next transaction. It is not taken back once it is queued: cancelling ends only the wait.
    /// </summary>
    public async Task<T> WriteAsync<T>(WriteOperation<T> operation, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw new StoreUnavailableException("The store is closing.", e);
        }
        return await operation.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        // Whoever watches it has been told of its fault.
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await CloseAsync().ConfigureAwait(false);
    }

    /// <summary>To be called once, when everything that <see cref="RunAsync"/> needs is there.</summary>
    protected void Start() =>
        _loop = Task.Factory.StartNew(WorkAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    /// <summary>Runs the operations in one transaction, and answers when it is durable.</summary>
    /// <exception cref="StoreUnavailableException">The database does not answer, or nobody knows whether it has committed: none may run again.</exception>
    /// <exception cref="Exception">Any other: all was undone.</exception>
    protected abstract Task RunAsync(IReadOnlyList<WriteOperation> group);

    /// <summary>After each group.</summary>
    protected virtual Task RestAsync() => Task.CompletedTask;

    protected virtual Task CloseAsync() => Task.CompletedTask;

    protected async Task CommitAsync(IReadOnlyList<WriteOperation> group)
    {
        try
        {
            await RunAsync(group).ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            foreach (var operation in group) operation.Fail(e);
            return;
        }
        catch (Exception e)
        {
            var parts = group.SelectMany(operation => operation.Part()).ToList();
            if (parts.Count == 1)
            {
                parts[0].Fail(e);
                return;
            }
            // One bad operation must not take the others with it: each again by itself.
            foreach (var operation in parts) await CommitAsync([operation]).ConfigureAwait(false);
            return;
        }
        foreach (var operation in group) operation.Complete();
    }

    /// <summary>A writer that ends by a fault leaves nobody waiting for an answer that never comes.</summary>
    private async Task WorkAsync()
    {
        var group = new List<WriteOperation>();
        try
        {
            await LoopAsync(group).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _queue.Writer.TryComplete(e);
            while (_queue.Reader.TryRead(out var operation)) group.Add(operation);
            foreach (var operation in group) operation.Fail(new StoreUnavailableException("The writer of the store has ended.", e));
            throw;
        }
    }

    private async Task LoopAsync(List<WriteOperation> group)
    {
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            group.Clear();
            var rows = 0;
            while (rows < groupRows && _queue.Reader.TryRead(out var operation))
            {
                rows += operation.Rows;
                if (!group.Exists(earlier => earlier.TryJoin(operation))) group.Add(operation);
            }
            await CommitAsync(group).ConfigureAwait(false);
            await RestAsync().ConfigureAwait(false);
        }
    }
}
