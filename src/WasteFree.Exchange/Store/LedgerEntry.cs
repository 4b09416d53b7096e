using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WasteFree.Exchange.Digests;

namespace WasteFree.Exchange.Store;

/// <summary>What a ledger entry records. The numbers are stored and hashed and never change.</summary>
public enum LedgerEntryKind
{
    ReportCommitted = 1,
    ReportWithdrawn = 2,
    CatalogChanged = 3,
    ReportRetracted = 4,
}

/// <summary>
/// One entry of the ledger. Its hash covers the hash before it, so that a changed entry breaks the chain from there on, and a
/// salt that only its owner is told: to everybody else the hash is a number that says nothing of what it covers, however few
/// values that may have. SHA-256 of one line, UTF-8, fields joined by TAB, ended by LF: see <see cref="Line"/>.
/// </summary>
public sealed record LedgerEntry
{
    public const string Prefix = "wfx-entry-v1";

    public const string HashAlgorithm = "SHA-256";

    public const int SaltSize = 32;

    /// <summary>Random, made with the store.</summary>
    public required string LedgerId { get; init; }

    public required long Position { get; init; }
    public required long CommittedAtMicroseconds { get; init; }
    public required LedgerEntryKind Kind { get; init; }

    /// <summary>The report's name; <c>catalog</c> for a catalogue load.</summary>
    public required string Subject { get; init; }

    /// <summary>
    /// Of the report's rows as sent; of a withdrawal's or retraction's reason; of a catalogue load's rows (see <see cref="CatalogState"/>).
    /// </summary>
    public required byte[] Digest { get; init; }

    /// <summary>Of the rows as they are stored: <see cref="StoredDigest"/>; of a catalogue load the same as <see cref="Digest"/>.</summary>
    public required byte[] StoredDigest { get; init; }

    public required RowCounts Counts { get; init; }

    /// <summary>Of the signature; empty: there is none.</summary>
    public required string SignatureAlgorithm { get; init; }

    /// <summary>Of the key that signs; empty: none does.</summary>
    public required string KeyId { get; init; }

    /// <summary>Random, 32 bytes.</summary>
    public required byte[] Salt { get; init; }

    public DigestRule Rule => Kind switch
    {
        LedgerEntryKind.ReportCommitted => DigestRule.Rows,
        LedgerEntryKind.ReportWithdrawn or LedgerEntryKind.ReportRetracted => DigestRule.Reason,
        LedgerEntryKind.CatalogChanged => DigestRule.Catalog,
    };

    public DigestRule StoredRule => Kind == LedgerEntryKind.CatalogChanged ? DigestRule.Catalog : DigestRule.Stored;

    public byte[] Hash(byte[] previousHash) => SHA256.HashData(Encoding.UTF8.GetBytes(Line(previousHash)));

    private string Line(byte[] previousHash) => string.Join('\t', (ReadOnlySpan<string>)
    [
        Prefix, LedgerId, Text(Position), Text(CommittedAtMicroseconds), Text((long)Kind), Subject, HashAlgorithm,
        Rule.Code(), Convert.ToHexStringLower(Digest), StoredRule.Code(), Convert.ToHexStringLower(StoredDigest),
        Text(Counts.Submitted), Text(Counts.Rejected), Text(Counts.Created), Text(Counts.Revised), Text(Counts.Unchanged), Text(Counts.Duplicate), Text(Counts.Findings),
        SignatureAlgorithm, KeyId, Convert.ToHexStringLower(previousHash), Convert.ToHexStringLower(Salt),
    ]) + "\n";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The state of SHA-256 over kind, key and content of each row, joined by TAB, ended by LF, in order of kind and key.
    /// </summary>
    public static byte[] CatalogState(IEnumerable<CatalogRow> rows)
    {
        var hash = new Sha256State();
        foreach (var row in rows.OrderBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.Key, StringComparer.Ordinal))
            hash.Update(Encoding.UTF8.GetBytes($"{row.Kind}\t{row.Key}\t{row.Content}\n"));
        return hash.Export();
    }

    /// <summary>The state of SHA-256 over the reason, UTF-8.</summary>
    public static byte[] ReasonState(string reason) => Sha256State.StateOf(Encoding.UTF8.GetBytes(reason));
}
