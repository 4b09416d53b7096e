using System.Text.Json.Serialization;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Ingest;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// Who may call a secured hub, as <c>access.json</c> of its security folder says. Whoever is not in it is refused.
/// </summary>
public sealed record AccessList
{
    /// <summary>Address under which partners reach the hub, for their connection sheets, and for tokens as their audience.</summary>
    public string? Address { get; init; }

    /// <summary>What tokens must name as their audience; null: <see cref="Address"/>, so that a token for one hub is none for another.</summary>
    public string? Audience { get; init; }

    /// <summary>What tokens must name; null: the list has neither, and no token is taken.</summary>
    [JsonIgnore]
    public string? AudienceInForce => Audience ?? Address;

    /// <summary>Holders of certificates and of keys of their own for tokens.</summary>
    public IReadOnlyList<AccessCaller> Callers { get; init; } = [];

    /// <summary>OpenID Connect issuers whose tokens are taken.</summary>
    public IReadOnlyList<AccessIssuer> Issuers { get; init; } = [];

    /// <summary>What is refused although it would be taken; see <see cref="CredentialNames"/> for how things are named.</summary>
    public IReadOnlyList<AccessDenial> Denied { get; init; } = [];

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">It holds no access list; the message says what is wrong and where.</exception>
    public static AccessList Read(string path)
    {
        if (!File.Exists(path)) throw new IOException($"{path} 不存在；请先运行 wfx admin init。 It is not there: make a security folder with wfx admin init.");
        var list = SettingsFile.Read<AccessList>(path, "不是访问名单。 This is no access list.");
        if (list.Faults().FirstOrDefault() is { } fault) throw new ArgumentException($"{path}: {fault}");
        return list;
    }

    /// <summary>
    /// Changes the list of a folder: one change at a time, put in place whole, and read back before anybody is told that it
    /// is done.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="change">Makes the new list of the one that is there; an exception leaves that.</param>
    /// <exception cref="IOException">The file cannot be read or written, or something else has written it meanwhile.</exception>
    /// <exception cref="ArgumentException">The file, or what it would be, holds no access list; the message says what is wrong and where.</exception>
    public static void Change(SecurityFolder folder, Func<AccessList, AccessList> change)
    {
        using var alone = folder.Lock();
        var found = Read(folder.AccessFile);
        var changed = change(found);
        if (ReferenceEquals(changed, found)) return;
        if (changed.Faults().FirstOrDefault() is { } fault) throw new ArgumentException($"{folder.AccessFile}: {fault}");
        changed.Write(folder.AccessFile);
        if (File.ReadAllText(folder.AccessFile) != changed.Text)
            throw new IOException($"{folder.AccessFile} 同时被别处改动，本次修改未保留；请再试。 Something else has written the file meanwhile and the change is lost: do it again.");
    }

    /// <summary>Puts the list in place whole: a hub that reads at the same time sees the old one or the new one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path) => PrivateFile.Replace(path, Text);

    private string Text => SettingsFile.Write(this);

    /// <summary>The caller of this name, or null.</summary>
    public AccessCaller? Find(string name) => Callers.FirstOrDefault(caller => caller.Name == name);

    private IEnumerable<string> Faults()
    {
        foreach (var caller in Callers)
        {
            if (!AccessCaller.IsName(caller.Name)) yield return $"callers: '{caller.Name}' 不能作名称。 It is no name: lower-case letters, digits, '.', '_', '-', at most 100.";
            if (Callers.Count(other => other.Name == caller.Name) > 1) yield return $"callers: '{caller.Name}' 重复。 It is there twice.";
            if (caller.Organization is { } id && !ReportName.IsOrganization(id)) yield return $"callers: {caller.Name}: '{id}' 不是机构编号。 It is no organisation id.";
            foreach (var fault in RoleFaults($"callers: {caller.Name}", caller.Roles)) yield return fault;
            foreach (var certificate in caller.Certificates.Where(text => !AccessCaller.IsFingerprint(text)))
                yield return $"callers: {caller.Name}: '{certificate}' 不是公钥指纹。 It is no fingerprint: SHA-256 of the public key (SPKI), 64 hexadecimal digits.";
            foreach (var key in caller.Keys.Where(pem => TokenKey.Find(pem) is null))
                yield return $"callers: {caller.Name}: keys: 不是P-256公钥或至少2048位的RSA公钥（PEM）。 A key is a P-256 or RSA (2048 bits or more) public key in PEM.";
        }
        var pinned = Callers.SelectMany(caller => caller.Certificates).GroupBy(text => text).FirstOrDefault(group => group.Count() > 1);
        if (pinned is not null) yield return $"callers: {pinned.Key} 属于多个调用者。 The fingerprint belongs to several callers.";
        foreach (var issuer in Issuers)
        {
            if (!Uri.TryCreate(issuer.Issuer, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
                yield return $"issuers: '{issuer.Issuer}' 应为 https 地址。 It must be an https address.";
            if (Issuers.Count(other => other.Issuer == issuer.Issuer) > 1) yield return $"issuers: '{issuer.Issuer}' 重复。 It is there twice.";
            foreach (var id in issuer.Organizations.Where(id => !ReportName.IsOrganization(id)))
                yield return $"issuers: {issuer.Issuer}: '{id}' 不是机构编号。 It is no organisation id.";
            foreach (var fault in RoleFaults($"issuers: {issuer.Issuer}", issuer.Roles)) yield return fault;
        }
        if (AudienceInForce is not { Length: > 0 } && (Issuers.Count > 0 || Callers.Any(caller => caller.Keys.Count > 0)))
            yield return "audience: 没有 audience 也没有 address，令牌无从写明受众。 There is neither audience nor address, so that no token can name this hub: add one of them.";
        foreach (var denial in Denied.Where(denial => !CanMatch(denial.What)))
            yield return $"denied: '{denial.What}' 不对应名单中的任何人，什么也拒绝不了；请核对拼写和大小写，或删去此项。 It matches nobody of this list and would deny nothing: compare spelling and case, or take it out.";
    }

    /// <summary>
    /// Whether somebody can be denied by this name: those of the list are known; of keys, subjects and tokens only the form is.
    /// </summary>
    private bool CanMatch(string what)
    {
        var colon = what.IndexOf(':', StringComparison.Ordinal);
        var (kind, name) = colon < 0 ? ("", what) : (what[..colon], what[(colon + 1)..]);
        return kind switch
        {
            "caller" => Find(name) is not null,
            "organization" => Callers.Any(caller => caller.Organization == name) || Issuers.Any(issuer => issuer.Organizations.Contains(name)),
            "issuer" => Issuers.Any(issuer => CredentialNames.Issuer(issuer.Issuer) == what),
            "certificate" or "fingerprint" => AccessCaller.IsFingerprint(name),
            "token" or "subject" => name.Length > 0 && !name.Contains(' ', StringComparison.Ordinal),
            _ => false,
        };
    }

    private static IEnumerable<string> RoleFaults(string of, IReadOnlyList<string> roles) => roles
        .Where(role => !Roles.All.Contains(role))
        .Select(role => $"{of}: '{role}' 不是角色，可用：{string.Join('、', Roles.All)}。 It is no role; there are: {string.Join(", ", Roles.All)}.");
}
