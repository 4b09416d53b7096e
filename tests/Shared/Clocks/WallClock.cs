namespace WasteFree.Exchange.Tests.Shared;

/// <summary>A wall clock that somebody sets: the monotonic clock, and the timers, know nothing of it.</summary>
internal sealed class WallClock(TimeProvider inner) : TimeProvider
{
    /// <summary>How far it is ahead.</summary>
    public TimeSpan Step { get; set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Step;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
}
