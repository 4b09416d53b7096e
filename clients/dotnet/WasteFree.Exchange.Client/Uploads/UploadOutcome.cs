using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>What became of a report; one of the nested records.</summary>
public abstract record UploadOutcome
{
    private UploadOutcome()
    {
    }

    /// <summary>Row counts.</summary>
    public required RowCounts Counts { get; init; }

    /// <summary>
    /// With <see cref="ReportUpload.ValidateOnly"/> every finding in row order; otherwise the first of them, and
    /// <see cref="ExchangeClient.ListFindingsAsync"/> reads all.
    /// </summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The report is committed, or would be.</summary>
    public sealed record Committed : UploadOutcome
    {
        /// <summary>Proof; null with <see cref="ReportUpload.ValidateOnly"/>.</summary>
        public Receipt? Receipt { get; init; }

        /// <summary>
        /// Where the report stands: committed, or withdrawn since it was; nothing of a withdrawn one is visible that no other
        /// report says. Unspecified with <see cref="ReportUpload.ValidateOnly"/>.
        /// </summary>
        public ReportState State { get; init; }

        /// <summary>
        /// The report had been committed before this upload began: the receipt is of that time, and nothing was stored now. To
        /// say the same anew, upload the rows under a new name. Not for an upload that lost the answer to its own commit.
        /// </summary>
        public bool Replayed { get; init; }

        /// <summary>
        /// Of a replayed report: rows whose value is no longer the current one, because a later report replaced it or it was
        /// withdrawn. Counted up to 100,000.
        /// </summary>
        public long SupersededRows { get; init; }
    }

    /// <summary>The report is refused because of its rows; nothing of it is visible.</summary>
    public sealed record Rejected : UploadOutcome;
}
