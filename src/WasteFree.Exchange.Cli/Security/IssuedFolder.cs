using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.Storage;

namespace WasteFree.Exchange.Cli.Security;

/// <summary>
/// What a caller is handed: certificate, private key unless it has it itself, and the authority's certificate; the last alone
/// where it shows tokens.
/// </summary>
internal static class IssuedFolder
{
    public const string CertificateFile = "cert.pem";
    public const string KeyFile = "key.pem";
    public const string AuthorityFile = "ca.pem";
    public const string SheetFile = "CONNECT.md";

    public static DirectoryInfo Write(SecurityFolder security, string name, IssuedCertificate issued, CertificateAuthority authority)
    {
        var folder = Write(security, name, authority);
        PrivateFile.Replace(Path.Combine(folder.FullName, CertificateFile), issued.Pem);
        var key = Path.Combine(folder.FullName, KeyFile);
        if (issued.KeyPem is { } pem) PrivateFile.Replace(key, pem);
        else File.Delete(key);
        return folder;
    }

    public static DirectoryInfo Write(SecurityFolder security, string name, CertificateAuthority authority)
    {
        PrivateFolder.Make(security.IssuedFolder);
        var folder = PrivateFolder.Make(Path.Combine(security.IssuedFolder, name));
        PrivateFile.Replace(Path.Combine(folder.FullName, AuthorityFile), authority.Pem);
        return folder;
    }
}
