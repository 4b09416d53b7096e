namespace WasteFree.Exchange.Benchmarks.LargeStore;

/// <summary>The time of a store that is filled: years of reports within minutes.</summary>
internal sealed class StoreClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
