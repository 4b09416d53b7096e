using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage;

/// <summary>A ledger entry with its changeset and report.</summary>
internal sealed class LedgerRow : CountColumns
{
    public long Position { get; init; }
    public long CommittedAt { get; init; }
    public long Kind { get; init; }
    public long Changeset { get; init; }
    public long CatalogVersion { get; init; }
    public byte[] PreviousHash { get; init; } = [];
    public byte[] Salt { get; init; } = [];
    public byte[] EntryHash { get; init; } = [];
    public string LedgerId { get; init; } = "";
    public string? Algorithm { get; init; }
    public string? KeyId { get; init; }
    public byte[]? Signature { get; init; }
    public string? Organization { get; init; }
    public string? Name { get; init; }
    public byte[] DigestState { get; init; } = [];
    public byte[] StoredState { get; init; } = [];

    public LedgerRecord ToRecord() => new()
    {
        Position = Position,
        CommittedAt = Instants.FromMicroseconds(CommittedAt),
        Kind = (LedgerEntryKind)Kind,
        Changeset = Changeset,
        Report = Organization is null ? null : new ReportName(Organization, Name!),
        Counts = ToCounts(),
        Digest = Sha256State.DigestOf(DigestState),
        StoredDigest = Sha256State.DigestOf(StoredState),
        LedgerId = LedgerId,
        Salt = Salt,
        CatalogVersion = CatalogVersion,
        PreviousHash = PreviousHash,
        EntryHash = EntryHash,
        Signature = LedgerSignatures.Of(Algorithm, KeyId, Signature),
    };
}
