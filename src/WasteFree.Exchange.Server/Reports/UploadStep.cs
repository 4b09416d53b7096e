using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Reports;

/// <summary>What a client sent for an upload, to be answered in order.</summary>
internal abstract record UploadStep
{
    /// <summary>New rows, on their way to the store.</summary>
    public sealed record Append(Store.UploadChunk Chunk, Task<AppendResult> Stored, long RejectedRows) : UploadStep;

    /// <summary>Rows that were received before.</summary>
    public sealed record Again : UploadStep;

    /// <summary>What is not taken: the last step.</summary>
    public sealed record Refused(Refusal Refusal) : UploadStep;

    /// <summary>The commit.</summary>
    public sealed record End(UploadCommit Commit) : UploadStep;
}
