using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>What to be told of, and from where on.</summary>
public sealed record WatchSubscription
{
    /// <summary>
    /// Go on after the message that came with this token; the filter and the detail must be those of then. Null: start
    /// at <see cref="Since"/> or <see cref="StartAt"/>.
    /// </summary>
    public string? ResumeToken { get; init; }

    /// <summary>Start after this instant of the ledger; null: at <see cref="StartAt"/>.</summary>
    public AsOf? Since { get; init; }

    /// <summary>Where to start without a token or an instant.</summary>
    public WatchStart StartAt { get; init; } = WatchStart.Now;

    /// <summary>Which observations; a report without any of them is not told.</summary>
    public ObservationFilter Filter { get; init; } = new();

    /// <summary>How much of a change is told.</summary>
    public WatchDetail Detail { get; init; } = WatchDetail.Observations;

    /// <summary>How often the hub speaks while nothing happens, from 1 s to 1 hour.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Told each time the stream breaks and is about to be taken up again; null: nobody.</summary>
    public IProgress<WatchInterruption>? Interruptions { get; init; }
}

/// <summary>The stream broke and is taken up again.</summary>
/// <param name="Trouble">Why it broke.</param>
/// <param name="RetryIn">The pause before the next attempt.</param>
public sealed record WatchInterruption(Exception Trouble, TimeSpan RetryIn);
