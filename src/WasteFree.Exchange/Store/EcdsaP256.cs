using System.Security.Cryptography;

namespace WasteFree.Exchange.Store;

/// <summary>
/// ECDSA on P-256 over SHA-256 of the 32 bytes of the entry's hash; signatures are r || s, 64 bytes (IEEE P1363).
/// </summary>
public sealed class EcdsaP256 : ILedgerSigner, IDisposable
{
    public const string Name = "ECDSA-P256-SHA256";

    private readonly ECDsa _key;

    /// <param name="privateKeyPem">A private key on P-256, PKCS#8 PEM.</param>
    /// <exception cref="CryptographicException">The text holds no such key.</exception>
    public EcdsaP256(string privateKeyPem)
    {
        _key = ECDsa.Create();
        _key.ImportFromPem(privateKeyPem);
        if (_key.ExportParameters(false).Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
            throw new CryptographicException("The key is not on the curve P-256.");
        // A public key imports as well, and would fail only at the first commit.
        _ = Sign(new byte[32]);
        PublicKey = _key.ExportSubjectPublicKeyInfo();
        KeyId = KeyIdOf(PublicKey);
    }

    public string Algorithm => Name;

    public string KeyId { get; }

    public byte[] PublicKey { get; }

    /// <summary>A new private key, PKCS#8 PEM.</summary>
    public static string NewKeyPem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <returns>Whether the signature is one over the hash by the owner of the public key (SubjectPublicKeyInfo).</returns>
    /// <exception cref="CryptographicException">The public key is not one.</exception>
    public static bool Verify(ReadOnlySpan<byte> entryHash, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> publicKey)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        return key.VerifyData(entryHash, signature, HashAlgorithmName.SHA256);
    }

    /// <summary>Whether it is a public key on P-256 (SubjectPublicKeyInfo).</summary>
    public static bool IsPublicKey(ReadOnlySpan<byte> publicKey)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(publicKey, out var read);
            return read == publicKey.Length && key.ExportParameters(false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public static string KeyIdOf(ReadOnlySpan<byte> publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, 8));

    public byte[] Sign(ReadOnlySpan<byte> entryHash) => _key.SignData(entryHash, HashAlgorithmName.SHA256);

    public void Dispose() => _key.Dispose();
}
