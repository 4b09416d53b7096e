using WasteFree.Exchange.Server.Errors;

namespace WasteFree.Exchange.Server.Reports;

/// <summary>
/// How long a stream may last: a hub has no say over old connections otherwise, and load would never move to a new hub.
/// Ages differ by up to a tenth, so that streams that began together do not come back together.
/// </summary>
internal sealed class StreamLifetime(HubOptions options, TimeProvider time)
{
    private const double Jitter = 0.1;

    public TimeProvider Time => time;

    public TimeSpan Idle => options.StreamIdleTimeout;

    public TimeSpan NewAge() => options.StreamMaxAge * (1 - Jitter * Random.Shared.NextDouble());

    /// <summary>What ends the waiting for a client's next message.</summary>
    /// <returns>Why the stream ends; null: the message is there, or the client is done.</returns>
    public async Task<Refusal?> WaitAsync(Task next, Task stopped, Task aged)
    {
        using var waiting = new CancellationTokenSource();
        var idle = Task.Delay(Idle, time, waiting.Token);
        var first = await Task.WhenAny(next, stopped, aged, idle).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        return first == next ? null : first == idle ? Refusals.StreamIdle : Refusals.HubDraining;
    }
}
