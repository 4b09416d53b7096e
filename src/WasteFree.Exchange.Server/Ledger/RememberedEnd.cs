using System.Text.Json;
using System.Text.Json.Serialization;
using WasteFree.Exchange.Server.Security;

namespace WasteFree.Exchange.Server.Ledger;

/// <summary>What a hub knows of the end of its ledger and of its audit log, beside its key and out of the database.</summary>
/// <param name="Position">Of the last entry of the ledger.</param>
/// <param name="EntryHash">Of that entry, in hexadecimal.</param>
/// <param name="AuditPosition">Of the last entry of the audit log.</param>
/// <param name="AuditHash">Of that entry, in hexadecimal.</param>
/// <param name="SeenAt">When the hub saw that.</param>
internal sealed record RememberedEnd(
    [property: JsonRequired] long Position,
    [property: JsonRequired] string EntryHash,
    [property: JsonRequired] long AuditPosition,
    [property: JsonRequired] string AuditHash,
    [property: JsonRequired] DateTimeOffset SeenAt)
{
    private const string Prefix = "ledger-end.";
    private const string Suffix = ".json";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>One key may sign several ledgers, each of which has an id.</summary>
    /// <exception cref="InvalidDataException">The id is none: somebody has changed it.</exception>
    public static string PathOf(string folder, string ledgerId) => ledgerId.Length > 0 && ledgerId.All(char.IsAsciiHexDigit)
        ? Path.Combine(folder, $"{Prefix}{ledgerId}{Suffix}")
        : throw new InvalidDataException("账本编号不是十六进制数，数据库被改动过。 The id of the ledger is no hexadecimal number: the database was changed.");

    /// <summary>Files of any ledger in a folder.</summary>
    public static IReadOnlyList<string> AllIn(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder, $"{Prefix}*{Suffix}") : [];

    /// <summary>Null: there is no such file.</summary>
    /// <exception cref="IOException">It cannot be read, or somebody has changed it.</exception>
    public static RememberedEnd? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<RememberedEnd>(File.ReadAllText(path), Form) ?? throw new JsonException();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new IOException($"{path} 不是完整的账本末端记录；请恢复该文件，或删除它。 It is no whole record of the ledger's end: restore the file, or remove it.", e);
        }
    }

    /// <summary>Whole or not at all, its owner's alone.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path) => PrivateFile.Replace(path, JsonSerializer.Serialize(this, Form) + "\n");
}
