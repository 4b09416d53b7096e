namespace WasteFree.Exchange.Server.Limits;

/// <summary>Slows one stream of answers down to its organisation's quota.</summary>
/// <param name="quota">Of its organisation.</param>
/// <param name="counts">What passes between two messages is work of the hub.</param>
/// <param name="time">The hub's clock.</param>
internal sealed class Pace(Quota quota, bool counts, TimeProvider time)
{
    private long _since = time.GetTimestamp();

    /// <summary>Returns when the next message may go out.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (counts) quota.Work(time.GetElapsedTime(_since));
        while (quota.SendWait is var wait && wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
    }

    public void Sent(int bytes)
    {
        quota.Send(bytes);
        _since = time.GetTimestamp();
    }
}
