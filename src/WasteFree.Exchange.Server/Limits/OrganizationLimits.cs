namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// What one organisation may use of one hub, for its questions and for its reports apart (<see cref="V1.QuotaClass"/>). Each number
/// is greater than zero.
/// </summary>
public sealed record OrganizationLimits
{
    /// <summary>For a hub whose callers are its own machine's.</summary>
    internal static OrganizationLimits None { get; } = new()
    {
        Streams = int.MaxValue,
        Questions = int.MaxValue,
        QuestionsPerCaller = int.MaxValue,
        CallsPerMinute = int.MaxValue,
        RowsPerMinute = long.MaxValue,
        BytesPerMinute = long.MaxValue,
        QuerySecondsPerMinute = 1e9,
    };

    /// <summary>Streams at one time: of reports, and of watches and exports.</summary>
    public int Streams { get; init; } = 100;

    /// <summary>Questions that are computed at one time.</summary>
    public int Questions { get; init; } = 8;

    /// <summary>Of these, those of one of its callers.</summary>
    public int QuestionsPerCaller { get; init; } = 4;

    /// <summary>Calls that begin within a minute.</summary>
    public int CallsPerMinute { get; init; } = 6_000;

    /// <summary>Rows that it sends within a minute.</summary>
    public long RowsPerMinute { get; init; } = 20_000_000;

    /// <summary>Bytes of messages, sent and received, within a minute.</summary>
    public long BytesPerMinute { get; init; } = 8L << 30;

    /// <summary>
    /// Seconds that the hub works on its questions and exports within a minute. More than 60 is more than one at a time
    /// without a pause.
    /// </summary>
    public double QuerySecondsPerMinute { get; init; } = 120;

    /// <summary>Rows that it has sent and that are kept, those of unfinished uploads too; standard: any number.</summary>
    public long StoredRows { get; init; } = long.MaxValue;
}
