using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Validation;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Store;

/// <summary>Where a report stands. The numbers are stored and never change.</summary>
public enum ReportState
{
    Open = 1,
    Committed = 2,
    Rejected = 3,
    Withdrawn = 4,
    Aborted = 5,
}

/// <summary>What happens to good rows when others of the report are bad. The numbers are stored and never change.</summary>
public enum RowPolicy
{
    RejectReport = 1,
    Quarantine = 2,
}

/// <summary>Asks the store to start, resume or take over an upload.</summary>
public sealed record OpenUpload
{
    public required ReportName Report { get; init; }
    public required RowPolicy RowPolicy { get; init; }

    /// <summary>Position of the catalogue that the rows are checked against.</summary>
    public required long CatalogVersion { get; init; }

    /// <summary>Drop the rows of an unfinished attempt, unless its own writer comes back.</summary>
    public bool Restart { get; init; }

    /// <summary>Names the run of the client; refused where another writer has opened the report since. Empty: none.</summary>
    public string Writer { get; init; } = "";

    /// <summary>An upload without a name that is always dropped at its end.</summary>
    public bool ValidateOnly { get; init; }
}

/// <summary>An open upload: its attempt (changeset), the fencing epoch and where to go on.</summary>
public sealed record UploadCursor
{
    /// <summary>Number of the attempt; the rows of a report belong to it.</summary>
    public required long Changeset { get; init; }

    public required long Epoch { get; init; }

    /// <summary>Rows durable, bad ones included.</summary>
    public required long NextOffset { get; init; }

    /// <summary>Of the digest over those rows as sent: <see cref="RowDigest.State"/>.</summary>
    public required byte[] DigestState { get; init; }

    /// <summary>Of the digest over the good ones as stored: <see cref="StoredDigest.State"/>.</summary>
    public required byte[] StoredState { get; init; }

    public required ReportState State { get; init; }
    public required long CatalogVersion { get; init; }
    public required RowPolicy RowPolicy { get; init; }
    public required long Rejected { get; init; }
}

/// <summary>Rows of an upload, validated, to be made durable as one.</summary>
public sealed record UploadChunk
{
    public required long Changeset { get; init; }
    public required long Epoch { get; init; }

    /// <summary>Offset of the first row.</summary>
    public required long Offset { get; init; }

    /// <summary>Rows in the chunk, bad ones included: the cursor moves by so many.</summary>
    public required int RowCount { get; init; }

    /// <summary>Of the digest over the rows as sent, after the chunk.</summary>
    public required byte[] DigestState { get; init; }

    /// <summary>Of the digest over the good rows as stored, after the chunk.</summary>
    public required byte[] StoredState { get; init; }

    public required string Organization { get; init; }

    /// <summary>The good rows with their offsets.</summary>
    public required IReadOnlyList<OffsetRow> Rows { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Rows not taken.</summary>
    public required int Rejected { get; init; }
}

/// <summary>A good row and its offset in the report.</summary>
public readonly record struct OffsetRow(long Offset, Observation Observation);

/// <summary>What became of a chunk.</summary>
public enum AppendResult
{
    /// <summary>Durable.</summary>
    Appended,

    /// <summary>Another writer has taken the upload over, or it has ended.</summary>
    Fenced,
}

/// <summary>Asks the store to end an upload: release it whole or refuse it.</summary>
public sealed record CommitUpload
{
    public required ReportName Report { get; init; }
    public required long Changeset { get; init; }
    public required long Epoch { get; init; }
    public required long RowCount { get; init; }

    /// <summary>32 bytes.</summary>
    public required byte[] Digest { get; init; }

    public bool ValidateOnly { get; init; }

    /// <summary>As in <see cref="OpenUpload"/>.</summary>
    public string Writer { get; init; } = "";

    /// <summary>Who commits, for the audit log.</summary>
    public required AuditCall By { get; init; }

    /// <summary>
    /// The catalogue in which the rows are known to hold. If it has moved since, the store answers
    /// <see cref="CommitOutcome.CatalogMoved"/>; the caller checks what the rows use and commits again.
    /// </summary>
    public required long CatalogVersion { get; init; }

    /// <summary>That catalogue: what rows make of each other is looked at in it. Null: it is not looked at.</summary>
    public CatalogSnapshot? Catalog { get; init; }
}

/// <summary>What became of a commit.</summary>
public abstract record CommitOutcome
{
    private CommitOutcome()
    {
    }

    /// <summary>How many findings of each rule, in order of rules; of what is neither committed nor refused: none.</summary>
    public IReadOnlyList<RuleCount> Rules { get; init; } = [];

    /// <summary>Committed, now or before with the same content. For <c>ValidateOnly</c> the receipt is null.</summary>
    public sealed record Committed(Receipt? Receipt, RowCounts Counts, IReadOnlyList<Finding> Findings) : CommitOutcome
    {
        /// <summary>Null: by this very commit. Otherwise it was before, and nothing was stored now.</summary>
        public Replay? Replay { get; init; }
    }

    /// <summary>Refused because of its rows.</summary>
    public sealed record Rejected(RowCounts Counts, IReadOnlyList<Finding> Findings) : CommitOutcome;

    /// <summary>Count or digest are not those of the rows received.</summary>
    public sealed record DigestMismatch(long NextOffset) : CommitOutcome;

    /// <summary>The name is committed with other content.</summary>
    public sealed record ContentConflict : CommitOutcome;

    /// <summary>Another writer has taken the upload over.</summary>
    public sealed record Fenced : CommitOutcome;

    /// <summary>The catalogue has moved to <paramref name="Version"/> since the rows were checked.</summary>
    public sealed record CatalogMoved(long Version, IReadOnlyList<UsedDefinition> Used, IReadOnlyList<UsedPlace> Places) : CommitOutcome;

    /// <summary>By the catalogue of now the organisation may not report that; the upload says so, never the store.</summary>
    public sealed record AuthorityMissing(UsedPlace Place) : CommitOutcome;
}

/// <summary>What rows of an upload report on, and where.</summary>
public sealed record UsedPlace(string Indicator, string Region);

/// <summary>Where a report stands that is committed again.</summary>
/// <param name="State">Committed or withdrawn.</param>
/// <param name="Superseded">
/// Its rows whose value is no longer the current one: replaced by a later report, or withdrawn. Counted up to
/// <see cref="MostCounted"/>.
/// </param>
/// <param name="IsOwn">The writer that committed it asks again: its answer was lost.</param>
public sealed record Replay(ReportState State, long Superseded, bool IsOwn)
{
    public const int MostCounted = 100_000;
}

/// <summary>A definition version that rows of an upload use, and a period that they use it in.</summary>
public sealed record UsedDefinition(string Indicator, string Version, Period Period);

/// <summary>Row counts of a report.</summary>
public sealed record RowCounts
{
    public long Submitted { get; init; }
    public long Rejected { get; init; }
    public long Created { get; init; }
    public long Revised { get; init; }
    public long Unchanged { get; init; }
    public long Duplicate { get; init; }
    public long Findings { get; init; }
}

/// <summary>Proof that a report was committed.</summary>
public sealed record Receipt
{
    public required ReportName Report { get; init; }
    public required long Position { get; init; }
    public required DateTimeOffset CommittedAt { get; init; }
    public required RowCounts Counts { get; init; }

    /// <summary>Of the rows as sent, 32 bytes.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>Of the rows as stored, 32 bytes.</summary>
    public required byte[] StoredDigest { get; init; }

    /// <inheritdoc cref="LedgerEntry.LedgerId"/>
    public required string LedgerId { get; init; }

    /// <summary>Of the entry, 32 bytes: a receipt is its owner's alone.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>32 bytes; zeros at the first entry.</summary>
    public required byte[] PreviousHash { get; init; }

    /// <summary>32 bytes.</summary>
    public required byte[] EntryHash { get; init; }

    /// <summary>Null: the hub did not sign.</summary>
    public LedgerSignature? Signature { get; init; }
}
