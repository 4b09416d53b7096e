using System.Globalization;

namespace WasteFree.Exchange.Benchmarks;

/// <summary>Times of equal calls, in milliseconds.</summary>
internal sealed class Percentiles
{
    private readonly List<double> _times = [];
    private bool _sorted;

    public double P50 => At(0.50);

    public double P99 => At(0.99);

    public void Add(TimeSpan time)
    {
        _times.Add(time.TotalMilliseconds);
        _sorted = false;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p50 {P50:F1} p99 {P99:F1} ms");

    private double At(double share)
    {
        if (!_sorted) _times.Sort();
        _sorted = true;
        return _times.Count == 0 ? double.NaN : _times[Math.Min(_times.Count - 1, (int)(_times.Count * share))];
    }
}
