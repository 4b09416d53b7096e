using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

/// <summary>A report with its last attempt and its place in the ledger.</summary>
internal sealed class ReportRow : CountColumns
{
    public long Id { get; init; }
    public string Organization { get; init; } = "";
    public string Name { get; init; } = "";
    public long State { get; init; }
    public string WithdrawReason { get; init; } = "";
    public long CreatedAt { get; init; }
    public long RowPolicy { get; init; }
    public byte[] DigestState { get; init; } = [];
    public byte[] StoredState { get; init; } = [];
    public long CatalogVersion { get; init; }
    public long? Position { get; init; }
    public long? CommittedAt { get; init; }
    public byte[]? PreviousHash { get; init; }
    public byte[]? Salt { get; init; }
    public byte[]? EntryHash { get; init; }
    public string LedgerId { get; init; } = "";
    public string? Algorithm { get; init; }
    public string? KeyId { get; init; }
    public byte[]? Signature { get; init; }
    public long? WithdrawPosition { get; init; }
    public string RetractReason { get; init; } = "";
    public long? RetractPosition { get; init; }

    public ReportRecord ToRecord()
    {
        var name = new ReportName(Organization, Name);
        var counts = ToCounts();
        return new ReportRecord
        {
            Name = name,
            State = (ReportState)State,
            RowPolicy = (RowPolicy)RowPolicy,
            DurableOffset = Submitted,
            Counts = counts,
            Receipt = Position is not { } position ? null : new Receipt
            {
                Report = name,
                Position = position,
                CommittedAt = Instants.FromMicroseconds(CommittedAt!.Value),
                Counts = counts,
                Digest = Sha256State.DigestOf(DigestState),
                StoredDigest = Sha256State.DigestOf(StoredState),
                LedgerId = LedgerId,
                Salt = Salt!,
                PreviousHash = PreviousHash!,
                EntryHash = EntryHash!,
                Signature = LedgerSignatures.Of(Algorithm, KeyId, Signature),
            },
            ReleasePosition = Position ?? 0,
            WithdrawPosition = WithdrawPosition ?? 0,
            WithdrawReason = WithdrawReason,
            RetractPosition = RetractPosition ?? 0,
            RetractReason = RetractReason,
            CreatedAt = Instants.FromMicroseconds(CreatedAt),
            CatalogVersion = CatalogVersion,
            Sequence = Id,
        };
    }
}
