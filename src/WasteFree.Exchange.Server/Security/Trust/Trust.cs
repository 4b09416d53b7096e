using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.Tokens;

namespace WasteFree.Exchange.Server.Security;

/// <summary>What the hub believes at one time: one state of its security folder, whole and checked.</summary>
internal sealed class Trust
{
    private readonly Dictionary<string, AccessCaller> _byFingerprint;
    private readonly Dictionary<string, IReadOnlyList<SecurityKey>> _keys;

    private Trust(
        AccessList access, X509Certificate2Collection authorities, Revocations revocations, X509Certificate2 server, SslStreamCertificateContext context)
    {
        Access = access;
        Authorities = authorities;
        Revocations = revocations;
        Server = server;
        ServerContext = context;
        Denials = new Denials(access);
        _byFingerprint = access.Callers
            .SelectMany(caller => caller.Certificates.Select(fingerprint => (fingerprint, caller)))
            .ToDictionary(entry => entry.fingerprint, entry => entry.caller, StringComparer.Ordinal);
        _keys = access.Callers.ToDictionary(
            caller => caller.Name, IReadOnlyList<SecurityKey> (caller) => [.. caller.Keys.Select(TokenKey.Find).OfType<SecurityKey>()], StringComparer.Ordinal);
    }

    public AccessList Access { get; }

    public Denials Denials { get; }

    public X509Certificate2Collection Authorities { get; }

    /// <summary>What the authorities have taken back.</summary>
    public Revocations Revocations { get; }

    public X509Certificate2 Server { get; }

    public SslStreamCertificateContext ServerContext { get; }

    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="ArgumentException">A file does not hold what it should; the message says which, and what.</exception>
    public static Trust Read(SecurityFolder folder, DateTimeOffset now)
    {
        var access = AccessList.Read(folder.AccessFile);
        var authorities = ReadCertificates(folder.AuthorityFile);
        var chain = ReadCertificates(folder.ServerFile);
        var server = ReadServer(folder);
        if (server.NotAfter.ToUniversalTime() <= now.UtcDateTime)
            throw new ArgumentException($"{folder.ServerFile}: 证书已于 {server.NotAfter:yyyy-MM-dd} 过期；请运行 wfx admin renew。 The certificate has expired: run wfx admin renew.");
        folder.RequireRights();
        var revocations = Revocations.Read(folder.RevocationFile, authorities, now);
        return new Trust(access, authorities, revocations, server, SslStreamCertificateContext.Create(server, chain, offline: true));
    }

    public AccessCaller? FindByFingerprint(string fingerprint) => _byFingerprint.GetValueOrDefault(fingerprint);

    /// <summary>Keys of the tokens that the caller signs itself.</summary>
    public IReadOnlyList<SecurityKey> KeysOf(AccessCaller caller) => _keys[caller.Name];

    private static X509Certificate2Collection ReadCertificates(string file)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new ArgumentException($"{file}: 没有PEM证书。 It holds no certificate in PEM.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{file} 无法读取。 It cannot be read.", e);
        }
        return certificates.Count > 0 ? certificates : throw new ArgumentException($"{file}: 没有PEM证书。 It holds no certificate in PEM.");
    }

    private static X509Certificate2 ReadServer(SecurityFolder folder)
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(folder.ServerFile, folder.ServerKeyFile);
            if (!OperatingSystem.IsWindows()) return certificate;
            // Windows takes no key for TLS that was never in one of its containers.
            using (certificate) return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new ArgumentException($"{folder.ServerFile}, {folder.ServerKeyFile}: 证书和私钥不成对。 They are no certificate and its private key in PEM.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{folder.ServerKeyFile} 无法读取。 It cannot be read.", e);
        }
    }
}
