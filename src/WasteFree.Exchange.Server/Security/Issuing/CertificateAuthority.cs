using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// A private authority for one hub and its callers: P-256 keys, certificates for servers or for clients, directly below it. A
/// public authority knows nothing of callers, and whoever it vouches for could then call.
/// </summary>
public sealed class CertificateAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Clocks of two machines differ: what is issued now is valid already a little before.</summary>
    private static readonly TimeSpan Backdated = TimeSpan.FromMinutes(5);

    private readonly X509Certificate2 _certificate;

    private CertificateAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>The authority's certificate, PEM.</summary>
    public string Pem => _certificate.ExportCertificatePem() + "\n";

    /// <summary>SHA-256 of its certificate, for people to compare.</summary>
    public string Fingerprint => Convert.ToHexStringLower(_certificate.GetCertHash(HashAlgorithmName.SHA256));

    /// <summary>Makes a new authority.</summary>
    /// <param name="name">Common name.</param>
    /// <param name="now">The time.</param>
    /// <param name="life">How long it vouches.</param>
    /// <param name="keyPem">Its private key, PKCS#8 PEM.</param>
    public static CertificateAuthority Make(string name, DateTimeOffset now, TimeSpan life, out string keyPem)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        keyPem = key.ExportPkcs8PrivateKeyPem() + "\n";
        return new CertificateAuthority(request.CreateSelfSigned(now - Backdated, now + life));
    }

    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="ArgumentException">They are no certificate and its key.</exception>
    public static CertificateAuthority Read(string certificateFile, string keyFile)
    {
        try
        {
            return new CertificateAuthority(X509Certificate2.CreateFromPemFile(certificateFile, keyFile));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new ArgumentException($"{certificateFile}, {keyFile}: 不是签发机构的证书和私钥。 They are no authority's certificate and its private key in PEM.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{keyFile} 无法读取。 It cannot be read.", e);
        }
    }

    /// <summary>Reads what is public of an authority: it issues nothing.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">It holds no certificate.</exception>
    public static CertificateAuthority ReadPublic(string certificateFile)
    {
        try
        {
            return new CertificateAuthority(X509Certificate2.CreateFromPem(File.ReadAllText(certificateFile)));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new ArgumentException($"{certificateFile}: 没有PEM证书。 It holds no certificate in PEM.", e);
        }
    }

    /// <summary>Issues a certificate for the hub.</summary>
    /// <param name="hosts">DNS names and IP addresses under which it is reached, the first one its common name.</param>
    /// <param name="now">The time.</param>
    /// <param name="life">How long it is valid, at most as long as the authority.</param>
    public IssuedCertificate IssueServer(IReadOnlyList<string> hosts, DateTimeOffset now, TimeSpan life)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(host, out var address)) names.AddIpAddress(address);
            else names.AddDnsName(host);
        }
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Issue(new CertificateRequest(Name(hosts[0]), key, HashAlgorithmName.SHA256), ServerAuthentication, names, now, life);
        return IssuedCertificate.Of(certificate, key);
    }

    /// <summary>Issues a certificate for a caller, with a new key.</summary>
    /// <param name="name">The caller's name in the access list.</param>
    /// <param name="now">The time.</param>
    /// <param name="life">How long it is valid, at most as long as the authority.</param>
    public IssuedCertificate IssueClient(string name, DateTimeOffset now, TimeSpan life)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Issue(new CertificateRequest(Name(name), key, HashAlgorithmName.SHA256), ClientAuthentication, NameOf(name), now, life);
        return IssuedCertificate.Of(certificate, key);
    }

    /// <summary>
    /// Issues a certificate for the key of a request (PKCS#10): the private key stays where it is. Of the request only the key
    /// counts, and that its holder signed it.
    /// </summary>
    /// <inheritdoc cref="IssueClient"/>
    /// <param name="requestPem">The request.</param>
    /// <param name="name">The caller's name in the access list.</param>
    /// <param name="now">The time.</param>
    /// <param name="life">How long it is valid, at most as long as the authority.</param>
    /// <exception cref="ArgumentException">The text holds no request with a key that is strong enough.</exception>
    public IssuedCertificate IssueClient(string requestPem, string name, DateTimeOffset now, TimeSpan life)
    {
        CertificateRequest asked;
        try
        {
            asked = CertificateRequest.LoadSigningRequestPem(requestPem, HashAlgorithmName.SHA256);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new ArgumentException("文件中没有签名有效的证书请求（PKCS#10 PEM）。 The file holds no certificate request (PKCS#10, PEM) with a valid signature.", e);
        }
        if (TokenKey.Find(PemEncoding.WriteString("PUBLIC KEY", asked.PublicKey.ExportSubjectPublicKeyInfo())) is null)
            throw new ArgumentException("请求的密钥应为P-256或至少2048位的RSA。 The key of the request must be P-256 or RSA of 2048 bits or more.");
        using var certificate = Issue(new CertificateRequest(Name(name), asked.PublicKey, HashAlgorithmName.SHA256), ClientAuthentication, NameOf(name), now, life);
        return IssuedCertificate.Of(certificate, key: null);
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();

    private X509Certificate2 Issue(CertificateRequest request, string usage, SubjectAlternativeNameBuilder names, DateTimeOffset now, TimeSpan life)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F;
        var (from, to) = (now - Backdated, now + life);
        var (first, last) = (new DateTimeOffset(_certificate.NotBefore.ToUniversalTime()), new DateTimeOffset(_certificate.NotAfter.ToUniversalTime()));
        return request.Create(_certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(_certificate.GetECDsaPrivateKey()!), from < first ? first : from, to > last ? last : to, serial);
    }

    private static SubjectAlternativeNameBuilder NameOf(string caller)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(ClientCertificates.NamePrefix + caller));
        return names;
    }

    private static X500DistinguishedName Name(string common)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName("WasteFree.Exchange");
        name.AddCommonName(common);
        return name.Build();
    }
}
