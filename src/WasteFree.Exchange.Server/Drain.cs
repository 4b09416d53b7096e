using Microsoft.Extensions.Hosting;

namespace WasteFree.Exchange.Server;

/// <summary>
/// Ends long streams before the server closes connections: a peer that reads gets the hub's last words and its status.
/// It has a token of its own, since nothing can be written any more once a call's own token has fired.
/// </summary>
internal sealed class Drain : IHostedLifecycleService, IDisposable
{
    /// <summary>Peers that do not read are left to the server, which aborts them when the host's time is up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>
    /// A client library drops what it has received and not yet handed on when the connection closes under it.
    /// </summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _begun = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private int _streams;

    /// <summary>Fires when the hub is about to stop.</summary>
    public CancellationToken Begun => _begun.Token;

    /// <summary>Counts a stream for as long as the result is not disposed of.</summary>
    public IDisposable Enter()
    {
        lock (_lock) _streams++;
        return new Stream(this);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        bool any;
        lock (_lock) any = _streams > 0;
        await _begun.CancelAsync().ConfigureAwait(false);
        if (!any) return;
        await Task.WhenAny(_ended.Task, Task.Delay(Patience, cancellationToken)).ConfigureAwait(false);
        await Task.Delay(Linger, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _begun.Dispose();

    private void Leave()
    {
        lock (_lock)
        {
            _streams--;
            if (_streams == 0 && _begun.IsCancellationRequested) _ended.TrySetResult();
        }
    }

    private sealed class Stream(Drain drain) : IDisposable
    {
        public void Dispose() => drain.Leave();
    }
}
