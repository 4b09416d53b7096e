using System.Security.Cryptography;
using WasteFree.Exchange.Storage.Sqlite;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server.Security;

/// <summary>The key that signs receipts, from its file.</summary>
/// <param name="Key">The key.</param>
/// <param name="Path">Its file.</param>
/// <param name="IsNew">This start has made it.</param>
internal sealed record SigningKey(EcdsaP256 Key, string Path, bool IsNew)
{
    private const string FileName = "signing-key.pem";

    public static string PathOf(HubOptions options) => options.SigningKeyFile ?? System.IO.Path.Combine(options.DataDirectory, FileName);

    /// <summary>
    /// Reads it. On a first start it is made, after the database: so that a key without one is a database that was lost, and never
    /// a start that was cut off.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read or made, holds no such key, or its database is gone; the message says which.</exception>
    public static SigningKey Read(HubOptions options)
    {
        var path = PathOf(options);
        var database = options.SqlServer is null && options.SigningKeyFile is null ? System.IO.Path.Combine(options.DataDirectory, HubOptions.DatabaseFile) : null;
        var isNew = options.SigningKeyFile is null && !File.Exists(path);
        if (isNew)
        {
            if (database is not null) SqliteStore.MakeFile(database);
            Make(path);
        }
        else if (database is not null && !File.Exists(database) && !options.MakeNew)
        {
            throw new IOException(
                $"{path} 有签名密钥，但数据库 {database} 不存在：请从备份恢复数据库；若确要以此密钥新建数据库，请加 --new。 "
                + $"There is a signing key in {path} and no database {database}: restore the database from a backup; to begin a new one with this key, start with --new.");
        }
        return new SigningKey(Load(path), path, isNew);
    }

    /// <summary>Takes back what this start has made.</summary>
    public void Undo()
    {
        if (IsNew) File.Delete(Path);
    }

    private static EcdsaP256 Load(string path)
    {
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
