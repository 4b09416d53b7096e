using System.Diagnostics.Metrics;

namespace WasteFree.Exchange.Benchmarks;

/// <summary>How long a hub in this process takes from a request's first byte to the last of its answer, as it measures itself.</summary>
internal sealed class HubTimes : IDisposable
{
    private readonly MeterListener _listener = new();
    private Percentiles? _times;

    public HubTimes()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "http.server.request.duration") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => _times?.Add(TimeSpan.FromSeconds(seconds)));
        _listener.Start();
    }

    /// <summary>Where the times of the calls that follow go; one call at a time.</summary>
    public void Into(Percentiles times) => _times = times;

    public void Dispose() => _listener.Dispose();
}
