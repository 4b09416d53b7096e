using System.Security.Cryptography;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server.Security;

/// <summary>The key that signs receipts, from its file.</summary>
internal static class SigningKey
{
    private const string FileName = "signing-key.pem";

    /// <exception cref="IOException">The file cannot be read or made, or holds no such key; the message says which.</exception>
    public static EcdsaP256 Read(HubOptions options)
    {
        var path = options.SigningKeyFile ?? Path.Combine(options.DataDirectory, FileName);
        if (options.SigningKeyFile is null && !File.Exists(path)) Make(path);
        EcdsaP256 key;
        try
        {
            key = new EcdsaP256(File.ReadAllText(path));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new IOException($"签名密钥文件 {path} 中没有 P-256 私钥（PKCS#8 PEM）。 The signing key file holds no P-256 private key in PKCS#8 PEM.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"签名密钥文件 {path} 无法读取。 The signing key file cannot be read: {e.Message}", e);
        }
        FileRights.RefuseReadable(path);
        return key;
    }

    /// <summary>Two hubs that start together on one folder agree: the file appears whole, and only the first one's.</summary>
    private static void Make(string path)
    {
        var mine = $"{path}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(mine, options)) writer.Write(EcdsaP256.NewKeyPem());
        try
        {
            File.Move(mine, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(mine);
        }
    }
}
