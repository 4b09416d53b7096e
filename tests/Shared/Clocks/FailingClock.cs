namespace WasteFree.Exchange.Tests.Shared;

/// <summary>A clock that fails whoever asks for the time right after it has made a timer of one period.</summary>
internal sealed class FailingClock(TimeSpan period) : TimeProvider
{
    private int _thread;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan every)
    {
        if (every == period) _thread = Environment.CurrentManagedThreadId;
        return base.CreateTimer(callback, state, dueTime, every);
    }

    public override DateTimeOffset GetUtcNow() => Interlocked.CompareExchange(ref _thread, 0, Environment.CurrentManagedThreadId) == Environment.CurrentManagedThreadId
        ? throw new InvalidOperationException("no time")
        : base.GetUtcNow();
}
