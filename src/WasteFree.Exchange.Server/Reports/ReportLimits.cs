using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Reports;

/// <summary>What bounds an upload. The numbers are told to clients; they bound the hub's memory.</summary>
internal static class ReportLimits
{
    public const int MaxMessageBytes = 1 << 20;
    public const long MaxRows = 5_000_000;

    /// <summary>
    /// Far more than a chunk of the target size holds. Without it a message of empty rows, two bytes each, would become a
    /// gigabyte of findings.
    /// </summary>
    public const int MaxMessageRows = 20_000;

    /// <summary>
    /// Chunks of one upload on their way to the store, enough to keep its writer busy; beyond it the stream is not read on, and
    /// HTTP/2 holds the sender back.
    /// </summary>
    public const int MaxPendingChunks = 16;

    /// <summary>Findings that an answer carries; all are listable.</summary>
    public const int AnswerFindings = 20;

    /// <summary>Findings that one message carries where all of them are told: below the 4 MB that clients receive.</summary>
    public const int MessageFindings = 1_000;

    public static UploadLimits Message { get; } = new()
    {
        MaxMessageBytes = MaxMessageBytes,
        MaxRows = MaxRows,
    };
}
