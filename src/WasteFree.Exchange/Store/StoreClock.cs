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
    private (long Position, DateTimeOffset CommittedAt, long SeenAt)? _entry;

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

    /// <summary>
    /// Tells the clock of an entry that a hub has just read, the last one that there is. Of entries that came since the last look
    /// it is known that they are no older than that look: their instants bound what the time is now. An entry that was only
    /// counted on from the one before says nothing of the clock of whoever wrote it.
    /// </summary>
    /// <param name="position">Of the entry.</param>
    /// <param name="committedAt">Its instant.</param>
    /// <param name="isCounted">It is the least instant after that of the entry before.</param>
    public void Witness(long position, DateTimeOffset committedAt, bool isCounted)
    {
        lock (_lock)
        {
            var stamp = time.GetTimestamp();
            if (_entry is { } last && position > last.Position && !isCounted)
            {
                var latest = committedAt + time.GetElapsedTime(last.SeenAt, stamp);
                if (latest < _expected + time.GetElapsedTime(_expectedAt, stamp)) (_expected, _expectedAt) = (latest, stamp);
            }
            if (_entry is null || position >= _entry.Value.Position) _entry = (position, committedAt, stamp);
        }
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
