using System.Security.Cryptography;
using System.Text;

namespace WasteFree.Exchange.Cli.Receipts;

/// <summary>The public key of a hub as a file: SubjectPublicKeyInfo in PEM.</summary>
internal static class HubKey
{
    private const string Label = "PUBLIC KEY";

    public static void Write(string path, ReadOnlySpan<byte> publicKey) =>
        File.WriteAllText(path, PemEncoding.WriteString(Label, publicKey) + "\n", new UTF8Encoding(false));

    /// <returns>SubjectPublicKeyInfo in DER.</returns>
    /// <exception cref="InvalidDataException">The file holds no public key on P-256.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(path, Encoding.UTF8));
            if (key.ExportParameters(false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value) return key.ExportSubjectPublicKeyInfo();
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException($"{path} 不是PEM公钥。 The file holds no key in PEM: {exception.Message}", exception);
        }
        throw new InvalidDataException($"{path} 不是 P-256 公钥。 The file holds no key on the curve P-256.");
    }
}
