using System.Security.Cryptography;

namespace WasteFree.Exchange.Server.Security;

/// <summary>The files of a security folder, as <c>wfx admin init</c> makes them.</summary>
public sealed class SecurityFolder(string path)
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    /// <summary>Certificates of the authorities whose client certificates are taken, PEM.</summary>
    public string AuthorityFile { get; } = Path.Combine(path, "ca.pem");

    /// <summary>The authority's private key. The hub never reads it; it may be kept elsewhere.</summary>
    public string AuthorityKeyFile { get; } = Path.Combine(path, "ca-key.pem");

    /// <summary>The hub's certificate, followed by those between it and its authority, PEM.</summary>
    public string ServerFile { get; } = Path.Combine(path, "server.pem");

    /// <summary>The hub's private key, PEM.</summary>
    public string ServerKeyFile { get; } = Path.Combine(path, "server-key.pem");

    /// <summary>Lists of certificates that the authorities have taken back (CRL, PEM or DER); there may be none.</summary>
    public string RevocationFile { get; } = Path.Combine(path, "crl.pem");

    /// <summary>Who may call.</summary>
    public string AccessFile { get; } = Path.Combine(path, "access.json");

    /// <summary>Where the folders of issued certificates lie; the hub never reads them.</summary>
    public string IssuedFolder { get; } = Path.Combine(path, "issued");

    /// <summary>What was issued, to whom and until when; the hub never reads it.</summary>
    public string RegisterFile { get; } = Path.Combine(path, "issued.json");

    /// <summary>As given.</summary>
    public string FullName { get; } = path;

    /// <summary>Whoever changes the folder holds it, so that no change is lost to another one.</summary>
    public string LockFile { get; } = Path.Combine(path, "changing.lock");

    /// <summary>Waits until nobody else changes the folder, in whatever process; dispose of it when the change is made.</summary>
    /// <exception cref="IOException">Somebody has been at it for half a minute, or the folder cannot be written.</exception>
    public IDisposable Lock() => PrivateFile.Lock(LockFile, LockPatience);

    /// <summary>Everybody's eyes on a key and everybody's hands on a list are refused.</summary>
    /// <exception cref="IOException">Others have such rights; the message says on which file.</exception>
    internal void RequireRights()
    {
        foreach (var file in new[] { FullName, AuthorityFile, ServerFile, ServerKeyFile, AccessFile }) FileRights.RefuseWritable(file);
        if (File.Exists(RevocationFile)) FileRights.RefuseWritable(RevocationFile);
        foreach (var key in new[] { ServerKeyFile, AuthorityKeyFile }.Where(File.Exists)) FileRights.RefuseReadable(key);
    }

    /// <summary>Tells one state of the files from another; null: they cannot be read.</summary>
    internal string? FindState()
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var file in new[] { AuthorityFile, ServerFile, ServerKeyFile, AccessFile, RevocationFile })
            {
                if (file == RevocationFile && !File.Exists(file)) continue;
                hash.AppendData(BitConverter.GetBytes(FileRights.Of(file)));
                hash.AppendData(File.ReadAllBytes(file));
            }
            hash.AppendData(BitConverter.GetBytes(FileRights.Of(FullName)));
            return Convert.ToHexString(hash.GetHashAndReset());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
