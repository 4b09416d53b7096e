using System.Security.Cryptography;
using System.Text;
using WasteFree.Exchange.Ingest;

namespace WasteFree.Exchange.Audit;

/// <summary>
/// Who did what to what, and what came of it. Never holds a value, a token or a secret. Texts of callers are bounded and
/// without control characters: see <see cref="Of"/>.
/// </summary>
public sealed record AuditEntry
{
    public const string Prefix = "wfx-audit-v1";

    /// <summary>Random bytes under the hash of each entry: whoever may not read it cannot test guesses against the chain.</summary>
    public const int SaltSize = 32;

    public const int MaxOrganization = 50;
    public const int MaxCredential = 200;
    public const int MaxRoles = 100;
    public const int MaxAction = 100;
    public const int MaxResource = 500;
    public const int MaxWord = 50;

    /// <summary>That one entry names; more are in entries of their own.</summary>
    public const int MostOwners = 50;

    /// <summary>The status of what was done.</summary>
    public const string Done = "OK";

    /// <summary>The status of a report that was refused for its rows.</summary>
    public const string Rejected = "REJECTED";

    /// <summary>The organisation that the caller acts for; empty: none, or the hub itself.</summary>
    public required string Organization { get; init; }

    /// <summary>What the caller proved itself with; empty: nothing.</summary>
    public required string Credential { get; init; }

    /// <summary>Separated by commas, in order.</summary>
    public required string Roles { get; init; }

    /// <summary>The method, for example <c>ReportService/WithdrawReport</c>; <c>hub/…</c>: the hub by itself.</summary>
    public required string Action { get; init; }

    /// <summary>A report's name, <c>catalog</c>, or the filter of a reading; empty: nothing is named.</summary>
    public required string Resource { get; init; }

    /// <summary><see cref="Done"/>, <see cref="Rejected"/>, or the gRPC code of a refusal, for example <c>PERMISSION_DENIED</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The error reason of the contract; empty: none.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// The other organisations that it concerns: whose rows were read, or whose report it was about. Ids in order, separated by
    /// commas; empty: none.
    /// </summary>
    public required string Owners { get; init; }

    /// <summary>Rows that were read, sent or withdrawn; null: not known.</summary>
    public required long? Rows { get; init; }

    /// <summary>How many calls it stands for: refusals that are alike are counted; 0: it goes on with the owners of an entry before it.</summary>
    public required long Calls { get; init; }

    /// <summary>An entry whose texts are made safe.</summary>
    public static AuditEntry Of(AuditCall call, string resource, string status = Done, string reason = "", long? rows = null, long calls = 1) => new()
    {
        Organization = AuditText.Of(call.Caller.Organization ?? "", MaxOrganization),
        Credential = AuditText.Of(call.Caller.Credential, MaxCredential),
        Roles = AuditText.Of(string.Join(',', call.Caller.Roles.Order(StringComparer.Ordinal)), MaxRoles),
        Action = AuditText.Of(call.Action, MaxAction),
        Resource = AuditText.Of(resource, MaxResource),
        Status = AuditText.Of(status, MaxWord),
        Reason = AuditText.Of(reason, MaxWord),
        Owners = OwnerOf(resource),
        Rows = rows,
        Calls = calls,
    };

    /// <summary>A reading of rows of organisations: one entry, or several where there are many of these.</summary>
    public static IReadOnlyList<AuditEntry> OfReading(AuditCall call, string resource, long? rows, IReadOnlyCollection<string> owners, bool isFirst)
    {
        var entry = Of(call, resource, rows: rows, calls: isFirst ? 1 : 0);
        AuditEntry[] parts =
        [
            .. owners.Order(StringComparer.Ordinal).Chunk(MostOwners)
                .Select((some, i) => entry with { Owners = string.Join(',', some), Rows = i == 0 ? entry.Rows : null, Calls = i == 0 ? entry.Calls : 0 }),
        ];
        return parts.Length == 0 ? [entry with { Owners = "" }] : parts;
    }

    /// <summary>Whose report a resource is.</summary>
    private static string OwnerOf(string resource)
    {
        const string prefix = "organizations/";
        if (!resource.StartsWith(prefix, StringComparison.Ordinal)) return "";
        var rest = resource.AsSpan(prefix.Length);
        var id = (rest.IndexOf('/') is >= 0 and var end ? rest[..end] : rest).ToString();
        return ReportName.IsOrganization(id) ? id : "";
    }

    /// <summary>
    /// SHA-256 over the texts <see cref="Prefix"/> and ledger id, the hash before it and the salt, then position, microseconds since 1970, the texts in the order above, rows (a byte
    /// that says whether there are any, then the number, 0 for none) and calls. A number is 8 bytes, little-endian; a text
    /// is its UTF-8 after its length in bytes, 7 bits to a byte, low bits first: no two entries have the same encoding.
    /// </summary>
    public byte[] Hash(string ledgerId, long position, long microseconds, byte[] previousHash, byte[] salt)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Prefix);
            writer.Write(ledgerId);
            writer.Write(previousHash);
            writer.Write(salt);
            writer.Write(position);
            writer.Write(microseconds);
            foreach (var text in (ReadOnlySpan<string>)[Organization, Credential, Roles, Action, Resource, Status, Reason, Owners]) writer.Write(text);
            writer.Write(Rows.HasValue);
            writer.Write(Rows ?? 0);
            writer.Write(Calls);
        }
        return SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
