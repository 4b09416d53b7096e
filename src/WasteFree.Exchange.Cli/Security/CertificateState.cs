using WasteFree.Exchange.Server.Security;

namespace WasteFree.Exchange.Cli.Security;

/// <summary>What has become of a certificate that was issued, in a word for programs.</summary>
internal static class CertificateState
{
    public const string EndsSoon = "ends-soon";

    private const string Valid = "valid";
    private const string Ended = "ended";
    private const string Denied = "denied";
    private const string Replaced = "replaced";

    private static readonly TimeSpan Ahead = TimeSpan.FromDays(30);

    public static string Of(IssuedEntry entry, AccessList access, Denials denials, DateTimeOffset now)
    {
        if (entry.End <= now) return Ended;
        var organization = access.Find(entry.Caller)?.Organization;
        string[] names = [CredentialNames.Caller(entry.Caller), CredentialNames.Certificate(entry.Key), CredentialNames.Single(entry.Fingerprint)];
        if (denials.Of(names, organization) <= now) return Denied;
        if (entry.Replaced is not null) return Replaced;
        return entry.End - now < Ahead ? EndsSoon : Valid;
    }
}
