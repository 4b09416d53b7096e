namespace WasteFree.Exchange.Audit;

/// <summary>
/// Follows the entries of an audit log from the first on and finds what does not follow from the one before. After a fault
/// it goes on from what is stored, so that one changed entry is one fault and not a fault of every entry after it.
/// </summary>
public sealed class AuditChain
{
    private DateTimeOffset _recordedAt = DateTimeOffset.MinValue;

    /// <summary>Position of the last entry; 0: none.</summary>
    public long Position { get; private set; }

    /// <summary>Hash of the last entry; 32 zero bytes: none.</summary>
    public byte[] Hash { get; private set; } = new byte[32];

    public long Entries { get; private set; }

    /// <summary>Checks the entry that comes next.</summary>
    public void Check(AuditRecord record, ICollection<AuditFault> faults)
    {
        void Fault(AuditFaultKind kind, string zh, string en) =>
            faults.Add(new AuditFault(kind, record.Position, $"审计记录 {record.Position}：{zh}", $"Audit entry {record.Position}: {en}"));

        if (record.Position != Position + 1)
            Fault(AuditFaultKind.PositionMissing, $"前一条是 {Position}，中间缺记录。", $"follows {Position}; entries between them are missing.");
        if (record.RecordedAt <= _recordedAt)
            Fault(AuditFaultKind.InstantOrder, "时间不晚于前一条。", "is not later than the entry before it.");
        if (!record.PreviousHash.AsSpan().SequenceEqual(Hash))
            Fault(AuditFaultKind.ChainBroken, "所记的前一条哈希不是前一条的哈希。", "does not name the hash of the entry before it.");
        if (!record.Entry.Hash(record.LedgerId, record.Position, Microseconds(record.RecordedAt), record.PreviousHash, record.Salt).AsSpan().SequenceEqual(record.Hash))
            Fault(AuditFaultKind.EntryChanged, "内容与哈希不符，记录被改动过。", "its content does not have its hash; it was changed.");

        Entries++;
        Position = record.Position;
        Hash = record.Hash;
        _recordedAt = record.RecordedAt;
    }

    private static long Microseconds(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
