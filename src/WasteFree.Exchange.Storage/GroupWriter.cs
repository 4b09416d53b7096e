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

    /// <summary>Something is queued.</summary>
    protected bool IsWanted => _queue.Reader.TryPeek(out _);

    /// <summary>
    /// Runs an operation in the next transaction. It is not taken back once it is queued: cancelling ends only the wait.
    /// </summary>
    public async Task<T> WriteAsync<T>(int rows, Func<WriteSession, Task<T>> operation, CancellationToken cancellationToken)
    {
        var write = new WriteOperation<T>(rows, operation);
        try
        {
            await _queue.Writer.WriteAsync(write, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw new StoreUnavailableException("The store is closing.", e);
        }
        return await write.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
    }

    /// <summary>To be called once, when everything that <see cref="RunAsync"/> needs is there.</summary>
    protected void Start() =>
        _loop = Task.Factory.StartNew(LoopAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

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
        catch (Exception e) when (e is StoreUnavailableException || group.Count == 1)
        {
            foreach (var operation in group) operation.Fail(e);
            return;
        }
        catch (Exception)
        {
            // One bad operation must not take the others with it: each again by itself.
            foreach (var operation in group) await CommitAsync([operation]).ConfigureAwait(false);
            return;
        }
        foreach (var operation in group) operation.Complete();
    }

    private async Task LoopAsync()
    {
        var group = new List<WriteOperation>();
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            group.Clear();
            var rows = 0;
            while (rows < groupRows && _queue.Reader.TryRead(out var operation))
            {
                group.Add(operation);
                rows += operation.Rows;
            }
            await CommitAsync(group).ConfigureAwait(false);
            await RestAsync().ConfigureAwait(false);
        }
    }
}

/// <summary>Work for the writer and the promise of its result.</summary>
internal abstract class WriteOperation(int rows)
{
    public int Rows => rows;

    public abstract Task ExecuteAsync(WriteSession session);

    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

internal sealed class WriteOperation<T>(int rows, Func<WriteSession, Task<T>> operation) : WriteOperation(rows)
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _completion.Task;

    public override async Task ExecuteAsync(WriteSession session) => _result = await operation(session).ConfigureAwait(false);

    public override void Complete() => _completion.TrySetResult(_result);

    public override void Fail(Exception exception) => _completion.TrySetException(exception);
}
