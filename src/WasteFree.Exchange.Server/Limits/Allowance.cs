namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// So much a minute, refilled evenly. What something costs is often known only afterwards, so it is taken whole and may
/// leave a debt: what comes next waits until that is paid. (The rate limiters of .NET refuse what they do not hold.)
/// </summary>
internal sealed class Allowance(double perMinute, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly double _perMinute = perMinute;
    private double _left = perMinute;
    private long _at = time.GetTimestamp();

    /// <summary>How long until there is something left; zero: there is.</summary>
    public TimeSpan Wait => WaitFor(double.Epsilon);

    /// <summary>How long until there is so much left.</summary>
    public TimeSpan WaitFor(double amount)
    {
        lock (_lock)
        {
            Refill();
            return _left >= amount ? TimeSpan.Zero : TimeSpan.FromMilliseconds(1 + 60_000 * (amount - _left) / _perMinute);
        }
    }

    public void Take(double amount)
    {
        lock (_lock)
        {
            Refill();
            _left -= amount;
        }
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        _left = Math.Min(_perMinute, _left + _perMinute * time.GetElapsedTime(_at, now).TotalMinutes);
        _at = now;
    }
}
