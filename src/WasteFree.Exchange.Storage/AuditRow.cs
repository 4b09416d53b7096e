using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

/// <summary>A row of audit.</summary>
internal sealed class AuditRow
{
    public long Position { get; init; }
    public long RecordedAt { get; init; }
    public string Organization { get; init; } = "";
    public string Credential { get; init; } = "";
    public string Roles { get; init; } = "";
    public string Action { get; init; } = "";
    public string Resource { get; init; } = "";
    public string Status { get; init; } = "";
    public string Reason { get; init; } = "";
    public string Owners { get; init; } = "";
    public long? RowsRead { get; init; }
    public long Calls { get; init; }
    public byte[] PreviousHash { get; init; } = [];
    public byte[] Salt { get; init; } = [];
    public byte[] Hash { get; init; } = [];
    public string LedgerId { get; init; } = "";

    public static AuditRow Of(AuditEntry entry, string ledgerId, long position, long recordedAt, byte[] previousHash, byte[] salt) => new()
    {
        LedgerId = ledgerId,
        Position = position,
        RecordedAt = recordedAt,
        Organization = entry.Organization,
        Credential = entry.Credential,
        Roles = entry.Roles,
        Action = entry.Action,
        Resource = entry.Resource,
        Status = entry.Status,
        Reason = entry.Reason,
        Owners = entry.Owners,
        RowsRead = entry.Rows,
        Calls = entry.Calls,
        PreviousHash = previousHash,
        Salt = salt,
        Hash = entry.Hash(ledgerId, position, recordedAt, previousHash, salt),
    };

    public AuditRecord ToRecord()
    {
        var entry = new AuditEntry
        {
            Organization = Organization,
            Credential = Credential,
            Roles = Roles,
            Action = Action,
            Resource = Resource,
            Status = Status,
            Reason = Reason,
            Owners = Owners,
            Rows = RowsRead,
            Calls = Calls,
        };
        return new AuditRecord(LedgerId, Position, Instants.FromMicroseconds(RecordedAt), entry, PreviousHash, Salt, Hash);
    }
}

/// <summary>The row of audit_head, and the last position of audit where it is asked for.</summary>
internal sealed class AuditHeadRow
{
    public long Position { get; init; }
    public long RecordedAt { get; init; }
    public byte[] Hash { get; init; } = [];
    public string? Algorithm { get; init; }
    public string? KeyId { get; init; }
    public byte[]? Signature { get; init; }
    public long LastEntry { get; init; }
    public string LedgerId { get; init; } = "";

    public AuditHead ToHead() => new(Position, Hash, LedgerSignatures.Of(Algorithm, KeyId, Signature), LastEntry);
}
