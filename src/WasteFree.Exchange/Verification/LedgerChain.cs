using System.Security.Cryptography;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Verification;

/// <summary>
/// Follows the entries of a ledger from the first on and finds what does not follow from the one before. After a fault
/// it goes on from what is stored, so that one changed entry is one fault and not a fault of every entry after it.
/// </summary>
/// <param name="publicKeys">The keys whose signatures can be checked, SubjectPublicKeyInfo in DER.</param>
public sealed class LedgerChain(params IReadOnlyList<byte[]> publicKeys)
{
    private readonly Dictionary<string, byte[]> _keys = publicKeys.DistinctBy(key => EcdsaP256.KeyIdOf(key)).ToDictionary(key => EcdsaP256.KeyIdOf(key));
    private readonly SortedDictionary<string, long> _unknownKeys = new(StringComparer.Ordinal);
    private long _catalogVersion;
    private DateTimeOffset _committedAt = DateTimeOffset.MinValue;

    /// <summary>Position of the last entry; 0: none.</summary>
    public long Position { get; private set; }

    /// <summary>Hash of the last entry; 32 zero bytes: none.</summary>
    public byte[] EntryHash { get; private set; } = new byte[32];

    public long Entries { get; private set; }

    /// <summary>Entries with a valid signature of one of these keys.</summary>
    public long Signed { get; private set; }

    public long Unsigned { get; private set; }

    /// <summary>Key ids whose signatures could not be checked, and how many each has.</summary>
    public IReadOnlyDictionary<string, long> UnknownKeys => _unknownKeys;

    /// <summary>Checks the entry that comes next.</summary>
    public void Check(LedgerRecord record, ICollection<LedgerFault> faults)
    {
        var subject = record.Report?.ToString() ?? "catalog";
        void Fault(LedgerFaultKind kind, string zh, string en) => faults.Add(new LedgerFault
        {
            Kind = kind,
            Position = record.Position,
            Subject = subject,
            MessageZh = $"账本位置 {record.Position}（{subject}）：{zh}",
            MessageEn = $"Position {record.Position} ({subject}): {en}",
        });

        if (record.Position != Position + 1)
            Fault(LedgerFaultKind.PositionMissing, $"前一条是 {Position}，中间缺记录。", $"follows {Position}; entries between them are missing.");
        if (record.CommittedAt <= _committedAt)
            Fault(LedgerFaultKind.InstantOrder, "时间不晚于前一条。", "is not later than the entry before it.");
        if (!record.PreviousHash.AsSpan().SequenceEqual(EntryHash))
            Fault(LedgerFaultKind.ChainBroken, "所记的前一条哈希不是前一条的哈希。", "does not name the hash of the entry before it.");
        CheckHash(record, subject, Fault);
        CheckSignature(record, Fault);
        var catalogVersion = record.Kind == LedgerEntryKind.CatalogChanged ? record.Position : _catalogVersion;
        if (record.CatalogVersion != catalogVersion)
            Fault(LedgerFaultKind.EntryChanged, $"目录版本应为 {catalogVersion}。", $"has catalogue version {record.CatalogVersion} instead of {catalogVersion}.");

        Entries++;
        Position = record.Position;
        EntryHash = record.EntryHash;
        _committedAt = record.CommittedAt;
        _catalogVersion = record.CatalogVersion;
    }

    private static void CheckHash(LedgerRecord record, string subject, Action<LedgerFaultKind, string, string> fault)
    {
        var entry = new LedgerEntry
        {
            LedgerId = record.LedgerId,
            Position = record.Position,
            CommittedAtMicroseconds = (record.CommittedAt.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
            Kind = record.Kind,
            Subject = subject,
            Digest = record.Digest,
            StoredDigest = record.StoredDigest,
            Counts = record.Counts,
            SignatureAlgorithm = record.Signature?.Algorithm ?? "",
            KeyId = record.Signature?.KeyId ?? "",
            Salt = record.Salt,
        };
        // What was altered into no kind at all has no line that could be hashed.
        if (!Enum.IsDefined(record.Kind) || !entry.Hash(record.PreviousHash).AsSpan().SequenceEqual(record.EntryHash))
            fault(LedgerFaultKind.EntryChanged, "内容与哈希不符，记录被改动过。", "its content does not have its hash; it was changed.");
    }

    private void CheckSignature(LedgerRecord record, Action<LedgerFaultKind, string, string> fault)
    {
        if (record.Signature is not { } signature)
        {
            Unsigned++;
            if (Signed > 0 || _unknownKeys.Count > 0)
                fault(LedgerFaultKind.SignatureMissing, "没有签名，而更早的记录有签名。", "is not signed, though an earlier entry is.");
            return;
        }
        if (!_keys.TryGetValue(signature.KeyId, out var publicKey))
        {
            _unknownKeys[signature.KeyId] = _unknownKeys.GetValueOrDefault(signature.KeyId) + 1;
            return;
        }
        if (signature.Algorithm == EcdsaP256.Name && IsValid(record.EntryHash, signature.Value, publicKey)) Signed++;
        else fault(LedgerFaultKind.SignatureInvalid, "签名无效。", "its signature is not valid.");
    }

    private static bool IsValid(byte[] entryHash, byte[] signature, byte[] publicKey)
    {
        try
        {
            return EcdsaP256.Verify(entryHash, signature, publicKey);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
