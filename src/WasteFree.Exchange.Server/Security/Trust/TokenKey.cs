using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace WasteFree.Exchange.Server.Security;

/// <summary>Public keys with which callers sign their own tokens.</summary>
public static class TokenKey
{
    private const int SmallestRsa = 2048;

    /// <summary>Algorithms of tokens that are taken: signatures with key pairs only, never a shared secret, never none.</summary>
    internal static IReadOnlyList<string> Algorithms { get; } =
    [
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
    ];

    /// <summary>The key of a PEM text; null: it holds no public key that is strong enough.</summary>
    public static AsymmetricSecurityKey? Find(string pem)
    {
        // Whatever else may be in the text, a private key has no business there.
        if (pem.Contains("PRIVATE", StringComparison.Ordinal)) return null;
        return FindEcdsa(pem) ?? (AsymmetricSecurityKey?)FindRsa(pem);
    }

    /// <summary>Whether a signature of the algorithm may be one of the key: each curve has its own (RFC 7518), and RSA has to be strong enough.</summary>
    internal static bool Fits(SecurityKey key, string algorithm) => algorithm switch
    {
        SecurityAlgorithms.EcdsaSha256 => EcdsaOf(key) is { } ecdsa && IsOn(ecdsa, ECCurve.NamedCurves.nistP256),
        SecurityAlgorithms.EcdsaSha384 => EcdsaOf(key) is { } ecdsa && IsOn(ecdsa, ECCurve.NamedCurves.nistP384),
        SecurityAlgorithms.EcdsaSha512 => EcdsaOf(key) is { } ecdsa && IsOn(ecdsa, ECCurve.NamedCurves.nistP521),
        _ => key is RsaSecurityKey or X509SecurityKey { PublicKey: RSA } && key.KeySize >= SmallestRsa,
    };

    private static ECDsa? EcdsaOf(SecurityKey key) => key switch
    {
        ECDsaSecurityKey own => own.ECDsa,
        X509SecurityKey { PublicKey: ECDsa own } => own,
        _ => null,
    };

    private static bool IsOn(ECDsa key, ECCurve curve) => key.ExportParameters(false).Curve.Oid.Value == curve.Oid.Value;

    private static ECDsaSecurityKey? FindEcdsa(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (IsOn(key, ECCurve.NamedCurves.nistP256)) return new ECDsaSecurityKey(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            // Another kind of key, or none.
        }
        key.Dispose();
        return null;
    }

    private static RsaSecurityKey? FindRsa(string pem)
    {
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize >= SmallestRsa) return new RsaSecurityKey(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            // Another kind of key, or none.
        }
        key.Dispose();
        return null;
    }
}
