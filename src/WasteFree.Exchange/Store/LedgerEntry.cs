using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WasteFree.Exchange.Store;

/// <summary>What a ledger entry records. The numbers are stored and hashed and never change.</summary>
public enum LedgerEntryKind
{
    ReportCommitted = 1,
    ReportWithdrawn = 2,
    CatalogChanged = 3,
}

/// <summary>
/// One entry of the ledger. Its hash covers the hash before it, so that a changed entry breaks the chain from there on:
/// SHA-256(previous hash || UTF-8 of position, microseconds since 1970, kind, subject, digest in hexadecimal, and the
/// row counts submitted, rejected, created, revised, unchanged, duplicate; joined by TAB, ended by LF).
/// </summary>
public sealed record LedgerEntry
{
    public required long Position { get; init; }
    public required long CommittedAtMicroseconds { get; init; }
    public required LedgerEntryKind Kind { get; init; }

    /// <summary>The report's name; <c>catalog</c> for a catalogue load.</summary>
    public required string Subject { get; init; }

    /// <summary>
    /// Of the report's rows; of a withdrawal's reason; of a catalogue load's rows (see <see cref="CatalogDigest"/>).
    /// </summary>
    public required byte[] Digest { get; init; }

    public required RowCounts Counts { get; init; }

    public byte[] Hash(byte[] previousHash)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Position}\t{CommittedAtMicroseconds}\t{(int)Kind}\t{Subject}\t{Convert.ToHexStringLower(Digest)}\t{Counts.Submitted}\t{Counts.Rejected}\t{Counts.Created}\t{Counts.Revised}\t{Counts.Unchanged}\t{Counts.Duplicate}\n");
        return SHA256.HashData([.. previousHash, .. Encoding.UTF8.GetBytes(text)]);
    }

    /// <summary>SHA-256 over kind, key and content of each row, joined by TAB, ended by LF, in order of kind and key.</summary>
    public static byte[] CatalogDigest(IEnumerable<CatalogRow> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows.OrderBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.Key, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{row.Kind}\t{row.Key}\t{row.Content}\n"));
        return hash.GetHashAndReset();
    }

    /// <summary>SHA-256 of the reason, UTF-8.</summary>
    public static byte[] ReasonDigest(string reason) => SHA256.HashData(Encoding.UTF8.GetBytes(reason));
}
