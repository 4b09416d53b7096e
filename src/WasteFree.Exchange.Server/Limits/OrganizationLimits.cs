namespace WasteFree.Exchange.Server.Limits;

/// <summary>What one organisation may use of one hub. Each number is greater than zero.</summary>
public sealed record OrganizationLimits
{
    /// <summary>Report streams, watches and exports at one time.</summary>
    public int Streams { get; init; } = 100;

    /// <summary>Calls that begin within a minute.</summary>
    public int CallsPerMinute { get; init; } = 6_000;

    /// <summary>Rows that it sends within a minute.</summary>
    public long RowsPerMinute { get; init; } = 20_000_000;

    /// <summary>Bytes of messages, sent and received, within a minute.</summary>
    public long BytesPerMinute { get; init; } = 8L << 30;

    /// <summary>
    /// Seconds that the hub works on its single calls within a minute: what its questions cost. More than 60 is more than
    /// one at a time without a pause.
    /// </summary>
    public double QuerySecondsPerMinute { get; init; } = 120;
}
