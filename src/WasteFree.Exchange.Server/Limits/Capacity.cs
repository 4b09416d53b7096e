namespace WasteFree.Exchange.Server.Limits;

/// <summary>How much a hub takes on at one time, so that it refuses what its machine does not bear instead of ending.</summary>
internal sealed record Capacity
{
    /// <summary>Memory of one connection that sends and is not read: its window, and headers on their way.</summary>
    public const int ConnectionWindowBytes = 512 << 10;

    private const int MostConnections = 10_000;
    private const int FewestConnections = 8;
    private const int MostNewcomersOfAddress = 100;
    private const int MostQuestions = 100;
    private const long FewestMessageBytes = 16 << 20;
    private const long MostMessageBytes = 1 << 30;

    /// <summary>A comparison reads so many rows that it takes about so much.</summary>
    private const long QuestionBytes = 128 << 20;

    /// <summary>
    /// What the hub opens itself: some 350 files of assemblies, which stay open (<see cref="OwnAssemblies"/>), database
    /// connections of three files each, certificates.
    /// </summary>
    private const int OwnDescriptors = 600;

    /// <summary>Connections at one time.</summary>
    public required int Connections { get; init; }

    /// <summary>Those from one address that have shown no credential.</summary>
    public required int NewcomersOfAddress { get; init; }

    /// <summary>Bytes of messages in memory.</summary>
    public required long MessageBytes { get; init; }

    /// <summary>Questions that are computed at one time.</summary>
    public required int Questions { get; init; }

    /// <exception cref="ArgumentException">The machine grants too little; the message says of what.</exception>
    public static Capacity Of(MachineGrant grant)
    {
        var descriptors = grant.Descriptors is { } left ? left - OwnDescriptors : long.MaxValue;
        if (descriptors < FewestConnections)
            throw new ArgumentException(
                $"文件描述符不足：还可打开 {grant.Descriptors} 个，至少需要 {OwnDescriptors + FewestConnections} 个；请提高上限（ulimit -n，systemd 的 LimitNOFILE）。 "
                + $"The process may open {grant.Descriptors} more files and needs {OwnDescriptors + FewestConnections} at least: raise the limit (ulimit -n, LimitNOFILE of systemd).");
        var connections = (int)Math.Clamp(Math.Min(descriptors, grant.MemoryBytes / 4 / ConnectionWindowBytes), FewestConnections, MostConnections);
        return new Capacity
        {
            Connections = connections,
            NewcomersOfAddress = Math.Clamp(connections / 4, FewestConnections / 2, MostNewcomersOfAddress),
            MessageBytes = Math.Clamp(grant.MemoryBytes / 16, FewestMessageBytes, MostMessageBytes),
            Questions = (int)Math.Clamp(grant.MemoryBytes / 2 / QuestionBytes, 2, MostQuestions),
        };
    }
}
