using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Store;
using Receipt = WasteFree.Exchange.V1.Receipt;

namespace WasteFree.Exchange.Cli.Receipts;

/// <summary>One thing that a receipt promises, and whether it holds.</summary>
/// <param name="Name">What was checked, Chinese and English.</param>
/// <param name="Holds">Whether it holds.</param>
/// <param name="Said">What the receipt says, or why it does not hold.</param>
internal sealed record ReceiptCheck(string Name, bool Holds, string Said)
{
    private const int HashSize = 32;

    /// <summary>Checks a receipt against the rows that were sent and the hub's public key; needs no hub.</summary>
    public static async Task<IReadOnlyList<ReceiptCheck>> RunAsync(
        Receipt receipt, string rows, string? encoding, byte[] publicKey, CancellationToken cancellationToken)
    {
        var file = await RowsOfFile.ReadAsync(rows, encoding, cancellationToken);
        return [Readable(file), Rows(receipt, file), Counts(receipt), Digest(receipt, file), Entry(receipt), Key(receipt, publicKey), Signature(receipt, publicKey)];
    }

    private static ReceiptCheck Readable(RowsOfFile file) => new(
        "文件可读 file", file.Faults.Count == 0,
        file.Faults.Count == 0 ? $"{file.Count} 行 rows" : $"第 {file.Faults[0].Line} 行 line {file.Faults[0].Line}: {file.Faults[0].MessageZh} {file.Faults[0].MessageEn}");

    private static ReceiptCheck Rows(Receipt receipt, RowsOfFile file) => new(
        "行数 rows", receipt.Counts?.Submitted == file.Count, $"回执 receipt {receipt.Counts?.Submitted ?? 0}, 文件 file {file.Count}");

    private static ReceiptCheck Counts(Receipt receipt)
    {
        var counts = receipt.Counts ?? new V1.RowCounts();
        var parts = counts.Rejected + counts.Created + counts.Revised + counts.Unchanged + counts.Duplicate;
        return new ReceiptCheck("计数 counts", parts == counts.Submitted,
            $"{counts.Submitted} = {counts.Rejected} rejected + {counts.Created} created + {counts.Revised} revised + {counts.Unchanged} unchanged + {counts.Duplicate} duplicate");
    }

    private static ReceiptCheck Digest(Receipt receipt, RowsOfFile file) => new(
        "摘要 digest", receipt.Digest.Span.SequenceEqual(file.Digest),
        receipt.Digest.Span.SequenceEqual(file.Digest) ? Hex(file.Digest) : $"回执 receipt {Hex(receipt.Digest.Span)}, 文件 file {Hex(file.Digest)}");

    private static ReceiptCheck Entry(Receipt receipt)
    {
        const string name = "账本条目 entry";
        if (receipt is not { CommitTime: { } time, Counts: { } counts, PreviousHash.Length: HashSize, EntryHash.Length: HashSize, Salt.Length: LedgerEntry.SaltSize })
            return new ReceiptCheck(name, false, "回执不完整 the receipt is not complete");
        if (receipt is not { HashAlgorithm: LedgerEntry.HashAlgorithm, DigestRule: V1.DigestRule.RowsSha256, StoredDigestRule: V1.DigestRule.StoredSha256 })
            return new ReceiptCheck(name, false, $"算法 rules {receipt.HashAlgorithm}, {receipt.DigestRule}, {receipt.StoredDigestRule}");
        var entry = new LedgerEntry
        {
            LedgerId = receipt.LedgerId,
            Position = receipt.Position,
            CommittedAtMicroseconds = time.Seconds * 1_000_000 + time.Nanos / 1_000,
            Kind = LedgerEntryKind.ReportCommitted,
            Subject = receipt.Report,
            Digest = receipt.Digest.ToByteArray(),
            StoredDigest = receipt.StoredDigest.ToByteArray(),
            SignatureAlgorithm = receipt.SignatureAlgorithm,
            KeyId = receipt.KeyId,
            Salt = receipt.Salt.ToByteArray(),
            Counts = new RowCounts
            {
                Submitted = counts.Submitted,
                Rejected = counts.Rejected,
                Created = counts.Created,
                Revised = counts.Revised,
                Unchanged = counts.Unchanged,
                Duplicate = counts.Duplicate,
                Findings = counts.Findings,
            },
        };
        var hash = entry.Hash(receipt.PreviousHash.ToByteArray());
        return hash.AsSpan().SequenceEqual(receipt.EntryHash.Span)
            ? new ReceiptCheck(name, true, $"位置 position {receipt.Position}, {Hex(hash)}")
            : new ReceiptCheck(name, false, $"回执 receipt {Hex(receipt.EntryHash.Span)}, 重算 recomputed {Hex(hash)}");
    }

    private static ReceiptCheck Key(Receipt receipt, byte[] publicKey)
    {
        var id = EcdsaP256.KeyIdOf(publicKey);
        return new ReceiptCheck("密钥 key", receipt.KeyId == id,
            receipt.KeyId == id ? id : receipt.KeyId.Length == 0 ? "回执没有签名 the receipt is not signed" : $"回执 receipt {receipt.KeyId}, 文件 file {id}");
    }

    private static ReceiptCheck Signature(Receipt receipt, byte[] publicKey)
    {
        const string name = "签名 signature";
        if (receipt.SignatureAlgorithm != EcdsaP256.Name)
            return new ReceiptCheck(name, false, $"算法 signature algorithm '{receipt.SignatureAlgorithm}', 应为 expected {EcdsaP256.Name}");
        return EcdsaP256.Verify(receipt.EntryHash.Span, receipt.Signature.Span, publicKey)
            ? new ReceiptCheck(name, true, EcdsaP256.Name)
            : new ReceiptCheck(name, false, "签名无效 not a signature of this key over this entry");
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>Count and digest of a native CSV file, read as <c>wfx submit</c> reads it, with the built-in names.</summary>
    private sealed record RowsOfFile(long Count, byte[] Digest, IReadOnlyList<Fault> Faults)
    {
        public static async Task<RowsOfFile> ReadAsync(string path, string? encoding, CancellationToken cancellationToken)
        {
            using var digest = new Client.RowDigest();
            var scan = await FileScan.ReadAsync(path, encoding, cancellationToken);
            if (scan.OtherKind is { } kind) return new RowsOfFile(0, [], [FileFaults.NotCsv(kind)]);
            if (scan.Encoding is null) return new RowsOfFile(0, [], [FileFaults.NotInEncoding(scan, encoding)]);
            var faults = new List<Fault>();
            var reader = new NativeReader(path, scan.Encoding, CatalogNames.BuiltIn());
            await foreach (var row in reader.ReadAsync(faults.Add, cancellationToken)) digest.Add(row.Observation);
            return new RowsOfFile(digest.Count, digest.Value, faults);
        }
    }
}
