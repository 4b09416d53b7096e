namespace WasteFree.Exchange.Faults.Clients;

/// <summary>
/// Time eight times as fast for pauses and limits: a client that backs off for half a minute, as it should, would sit a
/// campaign out.
/// </summary>
internal sealed class HurriedTime : TimeProvider
{
    private const int Factor = 8;

    public static HurriedTime Instance { get; } = new();

    public override long TimestampFrequency => base.TimestampFrequency / Factor;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Hurry(dueTime), Hurry(period));

    private static TimeSpan Hurry(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Factor;
}
