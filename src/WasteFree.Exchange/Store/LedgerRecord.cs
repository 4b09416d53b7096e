using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Store;

/// <summary>A stored ledger entry and where its rows are.</summary>
public sealed record LedgerRecord
{
    public required long Position { get; init; }
    public required DateTimeOffset CommittedAt { get; init; }
    public required LedgerEntryKind Kind { get; init; }

    /// <summary>The set of rows that became visible with it.</summary>
    public required long Changeset { get; init; }

    /// <summary>Null for a catalogue load.</summary>
    public required ReportName? Report { get; init; }

    public required RowCounts Counts { get; init; }

    /// <summary>What the entry's hash covers: see <see cref="LedgerEntry.Digest"/>.</summary>
    public required byte[] Digest { get; init; }

    /// <inheritdoc cref="LedgerEntry.StoredDigest"/>
    public required byte[] StoredDigest { get; init; }

    /// <inheritdoc cref="LedgerEntry.LedgerId"/>
    public required string LedgerId { get; init; }

    /// <summary>Whoever has it can test guesses of the entry's content against its hash.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>As of this position.</summary>
    public required long CatalogVersion { get; init; }

    public required byte[] PreviousHash { get; init; }
    public required byte[] EntryHash { get; init; }

    /// <summary>Null: the hub did not sign.</summary>
    public LedgerSignature? Signature { get; init; }
}

/// <summary>Observations that a ledger entry set, removed or retracted, in row order.</summary>
/// <param name="Rows">The rows. Of a removed one only the key means something; of a retraction they are those of the report.</param>
/// <param name="Next">Read on after this; null at the end.</param>
public sealed record ChangePage(IReadOnlyList<ChangeRow> Rows, long? Next);

/// <summary>One observation that a ledger entry set, removed or retracted.</summary>
/// <param name="Removed">It has no value any more.</param>
/// <param name="Revision">The value, or of one removed its key.</param>
/// <param name="SpellingOnly">The value it replaced says the same quantity: see <see cref="Observation.DiffersInSpellingOnly"/>.</param>
public readonly record struct ChangeRow(bool Removed, ObservationRevision Revision, bool SpellingOnly);
