using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WasteFree.Exchange.Server.Security;

/// <summary>What a certificate must be to be looked at at all, whether it is pinned or issued.</summary>
internal static class CertificateStrength
{
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private const int SmallestRsa = 2048;
    private const int SmallestCurve = 256;

    private const string EcdsaSignatures = "1.2.840.10045.4.3.";

    /// <summary>Where it says what it is for, clients are among that.</summary>
    public static bool IsForClients(X509Certificate2 certificate) => certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
        .All(usages => usages.EnhancedKeyUsages.Cast<Oid>().Any(usage => usage.Value == ClientAuthentication));

    public static bool HasStrongSignature(X509Certificate2 certificate) => HashOf(certificate.SignatureAlgorithm.Value) is not null;

    /// <summary>
    /// The hash of a signature that is strong: SHA-256, 384 and 512 with ECDSA, and with RSA (PKCS#1). Nobody finds a second
    /// text for a signature of them. Null: it is another one.
    /// </summary>
    public static HashAlgorithmName? HashOf(string? algorithm) => algorithm switch
    {
        EcdsaSignatures + "2" or "1.2.840.113549.1.1.11" => HashAlgorithmName.SHA256,
        EcdsaSignatures + "3" or "1.2.840.113549.1.1.12" => HashAlgorithmName.SHA384,
        EcdsaSignatures + "4" or "1.2.840.113549.1.1.13" => HashAlgorithmName.SHA512,
        _ => null,
    };

    public static bool IsEcdsa(string algorithm) => algorithm.StartsWith(EcdsaSignatures, StringComparison.Ordinal);

    public static bool HasStrongKey(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null) return rsa.KeySize >= SmallestRsa;
        using var ecdsa = certificate.GetECDsaPublicKey();
        return ecdsa?.KeySize >= SmallestCurve;
    }
}
