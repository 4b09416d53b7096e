namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// What was issued, to whom and until when, as <c>issued.json</c> of the security folder says. It is for people and for
/// renewing; whether a certificate is taken, the access list decides. Tokens are not in it: their callers sign them elsewhere,
/// they end within a day, and the audit log names each by its id.
/// </summary>
public sealed record IssuedRegister
{
    /// <summary>In the order in which they were issued.</summary>
    public IReadOnlyList<IssuedEntry> Certificates { get; init; } = [];

    /// <summary>Empty where nothing was issued yet.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">It holds no register; the message says what is wrong and where.</exception>
    public static IssuedRegister Read(SecurityFolder folder) => File.Exists(folder.RegisterFile)
        ? SettingsFile.Read<IssuedRegister>(folder.RegisterFile, "不是签发登记。 This is no register of what was issued.")
        : new IssuedRegister();

    /// <summary>
    /// Takes a certificate of the hub itself down. It ends the others of it: their keys are gone from the folder.
    /// </summary>
    /// <inheritdoc cref="Add"/>
    public static void AddHub(SecurityFolder folder, IssuedCertificate certificate, DateTimeOffset now) => Add(folder, IssuedEntry.Hub, certificate, now);

    /// <summary>Takes a certificate down before it is handed over. The folder is locked, or new.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="caller">Whose it is.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="now">The time.</param>
    /// <returns>The certificates whose place it takes: those of the caller that have not ended.</returns>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    /// <exception cref="ArgumentException">It holds no register.</exception>
    public static IReadOnlyList<IssuedEntry> Add(SecurityFolder folder, string caller, IssuedCertificate certificate, DateTimeOffset now)
    {
        var register = Read(folder);
        List<IssuedEntry> replaced = [.. register.Certificates.Where(entry => entry.Caller == caller && entry.End > now && entry.Replaced is null)];
        var kept = register.Certificates.Select(entry => replaced.Contains(entry) ? entry with { Replaced = now } : entry);
        PrivateFile.Replace(folder.RegisterFile, SettingsFile.Write(register with { Certificates = [.. kept, IssuedEntry.Of(caller, certificate)] }));
        return replaced;
    }
}
