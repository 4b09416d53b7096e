using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>
/// Pauses between attempts: exponential with full jitter, so that many clients do not come back at the same moment
/// after a restart of the hub. Gives up when the time since the first failure after the last progress is over.
/// </summary>
internal sealed class Backoff(TimeProvider time, TimeSpan giveUpAfter, TimeSpan longest, bool hasTokens = false)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    private int _failures;
    private long _failingSince;
    private bool _renewed;

    public static Backoff Of(ConnectionOptions options) => new(options.Time, options.GiveUpAfter, options.LongestPause, options.Token is not null);

    public void Progressed()
    {
        _failures = 0;
        _renewed = false;
    }

    /// <summary>The pause after a trouble; null: it does not pass by itself, or it is time to give up.</summary>
    public TimeSpan? After(Exception trouble)
    {
        switch (trouble)
        {
            case ExchangeException { Reason: ErrorReason.CredentialExpired } when hasTokens && !_renewed:
                // The next call asks for a token again; one that has ended as well says that there is no better one.
                _renewed = true;
                return TimeSpan.Zero;
            case HubUnreachableException:
                return Next(null);
            case ExchangeException { Retriable: true } refused:
                return Next(refused.RetryAfter);
            default:
                return null;
        }
    }

    /// <summary>The pause before the next attempt; null: give up.</summary>
    public TimeSpan? Next(TimeSpan? retryAfter)
    {
        if (_failures++ == 0) _failingSince = time.GetTimestamp();
        var elapsed = time.GetElapsedTime(_failingSince);
        if (elapsed >= giveUpAfter) return null;

        var ceiling = Math.Min(longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, Math.Min(_failures - 1, 16)));
        var pause = TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * ceiling);
        if (retryAfter > pause) pause = retryAfter.Value + pause;
        // The last attempt is made when the time is over, not given away to a long pause.
        var left = giveUpAfter - elapsed;
        return pause < left ? pause : left;
    }
}
