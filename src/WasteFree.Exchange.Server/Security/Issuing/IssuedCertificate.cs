using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WasteFree.Exchange.Server.Security;

/// <summary>A certificate as it was issued.</summary>
public sealed record IssuedCertificate
{
    /// <summary>The certificate, PEM.</summary>
    public required string Pem { get; init; }

    /// <summary>Its private key, PKCS#8 PEM; null: its holder has it.</summary>
    public string? KeyPem { get; init; }

    /// <summary>SHA-256 of the public key, as the access list names it.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>SHA-256 of the whole certificate: it alone is denied by it.</summary>
    public required string CertificateFingerprint { get; init; }

    /// <summary>Serial number, hexadecimal, as a revocation list names it.</summary>
    public required string Serial { get; init; }

    /// <summary>When it begins.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset End { get; init; }

    internal static IssuedCertificate Of(X509Certificate2 certificate, ECDsa? key) => new()
    {
        Pem = certificate.ExportCertificatePem() + "\n",
        KeyPem = key is null ? null : key.ExportPkcs8PrivateKeyPem() + "\n",
        Fingerprint = CredentialNames.Fingerprint(certificate),
        CertificateFingerprint = CredentialNames.FingerprintOfAll(certificate),
        Serial = certificate.SerialNumber,
        Start = certificate.NotBefore.ToUniversalTime(),
        End = certificate.NotAfter.ToUniversalTime(),
    };
}
