namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// So much a minute, refilled evenly. What something costs is often known only afterwards, so it is taken whole and may
/// leave a debt: what comes next waits until that is paid. A debt is a minute's worth at most, so that nobody waits for
/// longer. (The rate limiters of .NET refuse what they do not hold.)
/// </summary>
internal sealed class Allowance(double perMinute, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly double _perMinute = perMinute;
    private double _left = perMinute;
    private long _at = time.GetTimestamp();

    /// <summary>How long until there is something left; zero: there is.</summary>
    public TimeSpan Wait => WaitFor(double.Epsilon);

    /// <summary>How long until there is so much left; of more than a minute's worth, until there is that.</summary>
    public TimeSpan WaitFor(double amount)
    {
        amount = Math.Min(amount, _perMinute);
        lock (_lock)
        {
            Refill();
            return _left >= amount ? TimeSpan.Zero : TimeSpan.FromMilliseconds(1 + 60_000 * (amount - _left) / _perMinute);
        }
    }

    /// <param name="amount">Below zero: what was taken too much is given back.</param>
    public void Take(double amount)
    {
        lock (_lock)
        {
            Refill();
            _left = Math.Clamp(_left - amount, -_perMinute, _perMinute);
        }
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        _left = Math.Min(_perMinute, _left + _perMinute * time.GetElapsedTime(_at, now).TotalMinutes);
        _at = now;
    }
}
