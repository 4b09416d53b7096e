using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WasteFree.Exchange.Server.Tests.Identity;

/// <summary>Certificates that no authority of a hub would issue.</summary>
internal static class MadeCertificates
{
    /// <summary>Self-signed on P-256 with ecdsa-with-SHA1, for a hundred years: .NET makes none.</summary>
    public const string SignedWithSha1 = """
        -----BEGIN CERTIFICATE-----
        MIIBdDCCARqgAwIBAgIUAsD0a6L240ZBHLOu3fZq9lPw1BowCQYHKoZIzj0EATAP
        MQ0wCwYDVQQDDAR5YWFuMCAXDTI2MTEzMDAwNTkxN1oYDzIxMjYxMTA2MDA1OTE3
        WjAPMQ0wCwYDVQQDDAR5YWFuMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEamkC
        xM9tk+7wmkZrFB6KFI6Dor/Vw5JluVBILy1vzqWrxjc82JquPu+CrqKXn3qIeifF
        PLyV6jqex2dvQt14ZaNTMFEwHQYDVR0OBBYEFDWOACT5v1smC5aC6G+V2bdfJo92
        MB8GA1UdIwQYMBaAFDWOACT5v1smC5aC6G+V2bdfJo92MA8GA1UdEwEB/wQFMAMB
        Af8wCQYHKoZIzj0EAQNJADBGAiEAw41HwZypGInYL3ACTaW95n2Fr8PES9U3hgjI
        E56N7nwCIQD9wjDkOI9WWV1wC4y4whhN29MiTpFsu78zLKh/rnynfA==
        -----END CERTIFICATE-----
        """;

    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static Action<SubjectAlternativeNameBuilder> Uris(params string[] uris) => names =>
    {
        foreach (var uri in uris) names.AddUri(new Uri(uri));
    };

    /// <summary>A certificate that vouches for itself.</summary>
    public static X509Certificate2 Made(string? usage, Action<SubjectAlternativeNameBuilder>? names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Request(key, usage, names).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
    }

    /// <summary>A certificate by the hub's own authority, or by somebody it vouches for.</summary>
    public static X509Certificate2 Signed(
        SecuredHub hub, X509Certificate2? issuer, string usage, Action<SubjectAlternativeNameBuilder>? names, X509Extension? further = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(key, usage, names);
        if (further is not null) request.CertificateExtensions.Add(further);
        using var authority = issuer ?? hub.AuthorityWithKey();
        using var certificate = request.Create(
            authority.SubjectName, X509SignatureGenerator.CreateForECDsa(authority.GetECDsaPrivateKey()!), Now.AddDays(-1), Now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private static CertificateRequest Request(ECDsa key, string? usage, Action<SubjectAlternativeNameBuilder>? names)
    {
        var request = new CertificateRequest("CN=yaan", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        if (usage is not null) request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        if (names is null) return request;
        var builder = new SubjectAlternativeNameBuilder();
        names(builder);
        request.CertificateExtensions.Add(builder.Build());
        return request;
    }
}
