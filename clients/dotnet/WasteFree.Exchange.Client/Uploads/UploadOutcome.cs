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
    }

    /// <summary>The report is refused because of its rows; nothing of it is visible.</summary>
    public sealed record Rejected : UploadOutcome
    {
        /// <summary>How many findings there are.</summary>
        public long FindingsTotal { get; init; }
    }
}
