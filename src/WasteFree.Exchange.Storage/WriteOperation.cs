namespace WasteFree.Exchange.Storage;

/// <summary>Work for the writer and the promise of its result.</summary>
internal abstract class WriteOperation(int rows)
{
    public int Rows => rows;

    /// <summary>Takes a later operation into this one; false: it does not belong here.</summary>
    public virtual bool TryJoin(WriteOperation later) => false;

    /// <summary>Gives up what it took in of other callers: each of them runs by itself then.</summary>
    public virtual IReadOnlyList<WriteOperation> Part() => [this];

    /// <summary>May run more than once.</summary>
    public abstract Task ExecuteAsync(WriteSession session);

    /// <summary>What it did is durable.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

internal abstract class WriteOperation<T>(int rows) : WriteOperation(rows)
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _completion.Task;

    public sealed override async Task ExecuteAsync(WriteSession session) => _result = await RunAsync(session).ConfigureAwait(false);

    public override void Complete() => Answer(_result);

    public override void Fail(Exception exception) => _completion.TrySetException(exception);

    protected abstract Task<T> RunAsync(WriteSession session);

    protected virtual void Answer(T result) => _completion.TrySetResult(result);
}

/// <summary>Work that stands for itself.</summary>
internal sealed class SingleOperation<T>(int rows, Func<WriteSession, Task<T>> run) : WriteOperation<T>(rows)
{
    protected override Task<T> RunAsync(WriteSession session) => run(session);
}
