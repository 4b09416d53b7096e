namespace WasteFree.Exchange.Store;

/// <summary>
/// The clock of the ledger and of the audit log. Instants there never go back, so that one from the future would be followed by
/// others of the future for as long as it is ahead. A step of the wall clock forward by more than <see cref="Bound"/>, against
/// the monotonic clock since the start and against what other hubs have written, is therefore refused until the wall clock has
/// come back. Only a new start takes it over. A clock that goes back is none of this: the ledger counts on from its head.
/// </summary>
public sealed class StoreClock(TimeProvider time)
{
    /// <summary>How far the wall clock may step forward: more than a correction by a time server, less than matters in a period.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    /// <summary>Two good clocks of one machine may part by so much, and no more.</summary>
    private const int Drift = 1_000;

    private readonly Lock _lock = new();
    private DateTimeOffset _expected = time.GetUtcNow();
    private long _expectedAt = time.GetTimestamp();
    private (long Position, DateTimeOffset CommittedAt, long LookedAt)? _seen;

    /// <summary>How far the wall clock is ahead of where it should be; nothing or less: it is not.</summary>
    public TimeSpan Ahead
    {
        get
        {
            lock (_lock) return Look().Ahead;
        }
    }

    public bool IsAhead => Ahead > Bound;

    /// <exception cref="StoreUnavailableException">The wall clock is too far ahead.</exception>
    public DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            var (now, ahead) = Look();
            return ahead <= Bound
                ? now
                : throw new StoreUnavailableException($"The clock of this machine is ahead by {ahead}.") { Trouble = StoreTrouble.ClockAhead };
        }
    }

    /// <summary>The monotonic clock.</summary>
    public long GetTimestamp() => time.GetTimestamp();

    /// <summary>
    /// Tells the clock where the ledger ended when a hub looked. An entry that has come since the look before is no older than that
    /// look, so that its instant bounds what the time is now, whichever hub wrote it. One that was only counted on from the entry
    /// before it says nothing of anybody's clock.
    /// </summary>
    /// <param name="position">Of the last entry.</param>
    /// <param name="committedAt">Its instant; null: it is not known anew, no other entry has come.</param>
    /// <param name="lookedAt">What <see cref="GetTimestamp"/> said before the look.</param>
    public void Witness(long position, DateTimeOffset? committedAt, long lookedAt)
    {
        lock (_lock)
        {
            if (_seen is not { } seen || position > seen.Position)
            {
                if ((committedAt ?? (position == 0 ? DateTimeOffset.UnixEpoch : null)) is not { } instant) return;
                if (_seen is { } before && instant - before.CommittedAt > TimeSpan.FromMicroseconds(position - before.Position)) Bind(instant, before.LookedAt);
                _seen = (position, instant, lookedAt);
            }
            else if (position == seen.Position)
            {
                _seen = seen with { LookedAt = lookedAt };
            }
        }
    }

    /// <summary>The time was no later than the instant when the monotonic clock said that.</summary>
    private void Bind(DateTimeOffset instant, long at)
    {
        if (instant < _expected + time.GetElapsedTime(_expectedAt, at)) (_expected, _expectedAt) = (instant, at);
    }

    private (DateTimeOffset Now, TimeSpan Ahead) Look()
    {
        var stamp = time.GetTimestamp();
        var now = time.GetUtcNow();
        var elapsed = time.GetElapsedTime(_expectedAt, stamp);
        var ahead = now - _expected - elapsed;
        if (ahead.Duration() <= elapsed / Drift) (_expected, _expectedAt) = (now, stamp);
        return (now, ahead);
    }
}
