using System.Threading.Channels;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.SqlServer;

/// <summary>Deletes the rows of refused and dropped attempts in the background, when it is told that there may be some.</summary>
internal sealed class SqlServerSweeper : IAsyncDisposable
{
    private readonly Channel<bool> _told = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _loop;

    public SqlServerSweeper(Func<CancellationToken, Task<bool>> sweepSome) => _loop = RunAsync(sweepSome);

    /// <summary>Ends when the sweeper does, which is before it is disposed of only by a fault.</summary>
    public Task Working => _loop;

    public void Tell() => _told.Writer.TryWrite(true);

    /// <summary>At once: the next hub sweeps what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        _told.Writer.TryComplete();
        await _ending.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, Task<bool>> sweepSome)
    {
        try
        {
            while (await _told.Reader.WaitToReadAsync(_ending.Token).ConfigureAwait(false))
            {
                _told.Reader.TryRead(out _);
                await SweepAsync(sweepSome).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The hub ends.
        }
    }

    private async Task SweepAsync(Func<CancellationToken, Task<bool>> sweepSome)
    {
        try
        {
            while (await sweepSome(_ending.Token).ConfigureAwait(false))
            {
            }
        }
        catch (StoreUnavailableException)
        {
            // Another time: nobody waits for it.
        }
    }
}
