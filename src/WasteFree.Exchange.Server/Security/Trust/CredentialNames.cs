using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// How a credential is named, in the audit log and where it is denied: <c>caller:NAME</c>, <c>certificate:SPKI</c> (SHA-256
/// of its public key), <c>fingerprint:SHA-256</c> (of the whole certificate), <c>token:JTI</c>, <c>subject:SUB</c>, <c>issuer:ISS</c>, <c>organization:ID</c>. Never the secret itself.
/// </summary>
public static class CredentialNames
{
    /// <summary>Kinds of names.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["caller", "certificate", "fingerprint", "token", "subject", "issuer", "organization"];

    /// <summary>A caller of the access list.</summary>
    public static string Caller(string name) => $"caller:{name}";

    /// <summary>Whoever acts for an organisation.</summary>
    public static string Organization(string id) => $"organization:{id}";

    /// <summary>One key, in whatever certificates.</summary>
    public static string Certificate(string fingerprint) => $"certificate:{fingerprint}";

    /// <summary>One certificate alone, whatever its key.</summary>
    public static string Single(string fingerprint) => $"fingerprint:{fingerprint}";

    /// <summary>SHA-256 of the whole certificate, in lower-case hexadecimal.</summary>
    public static string FingerprintOfAll(X509Certificate2 certificate) => Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));

    /// <summary>The fingerprint of a certificate's public key: SHA-256 of its SPKI, in lower-case hexadecimal.</summary>
    public static string Fingerprint(X509Certificate2 certificate) =>
        Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    internal static string Token(string id) => $"token:{Joined(id)}";

    internal static string Subject(string subject) => $"subject:{Joined(subject)}";

    internal static string Issuer(string issuer) => $"issuer:{Joined(issuer)}";

    /// <summary>Names stand beside each other with a blank between: one of an issuer's choice must not look like two.</summary>
    private static string Joined(string text) => text.Replace(" ", "%20", StringComparison.Ordinal);
}
