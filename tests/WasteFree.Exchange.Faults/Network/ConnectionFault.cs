namespace WasteFree.Exchange.Faults.Network;

internal enum Direction
{
    ToHub,
    ToClient,
}

internal enum FaultKind
{
    /// <summary>Both sides see the connection end.</summary>
    Cut,

    /// <summary>Nothing passes for a while, then everything.</summary>
    Stall,

    /// <summary>Nothing passes any more in either direction, and nobody is told.</summary>
    Blackhole,

    /// <summary>One byte at a time from here on.</summary>
    Throttle,
}

/// <summary>What becomes of one connection.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Direction">Whose bytes are counted.</param>
/// <param name="After">Bytes that pass unharmed.</param>
internal sealed record ConnectionFault(FaultKind Kind, Direction Direction, long After)
{
    /// <summary>How long a stall lasts, or how long a throttled byte takes.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);
}
