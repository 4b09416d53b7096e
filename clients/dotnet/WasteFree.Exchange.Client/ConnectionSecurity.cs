using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;

namespace WasteFree.Exchange.Client;

/// <summary>What a connection shows of itself, and what it asks of the hub.</summary>
internal static class ConnectionSecurity
{
    /// <summary>TLS 1.2 or 1.3, with the caller's certificate and the hub's authority as the options name them.</summary>
    public static SslClientAuthenticationOptions Tls(ConnectionOptions options)
    {
        var (certificate, key) = (options.CertificateFile, options.KeyFile);
        if (options.Hub.Scheme != Uri.UriSchemeHttps && (certificate ?? key ?? options.AuthorityFile) is not null)
            throw new ArgumentException($"{options.Hub} has no TLS: a certificate is for an https address.");
        if ((certificate is null) != (key is null)) throw new ArgumentException("A certificate and its private key go together.");
        return new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateContext = certificate is null ? null : Own(certificate, key!),
            CertificateChainPolicy = options.AuthorityFile is null ? null : Only(Read(options.AuthorityFile)),
        };
    }

    /// <summary>The token of each call; null: there is none.</summary>
    public static ChannelCredentials? Credentials(ConnectionOptions options)
    {
        if (options.Token is not { } token) return null;
        if (options.Hub.Scheme != Uri.UriSchemeHttps) throw new ArgumentException($"{options.Hub} has no TLS: a token is for an https address.");
        return ChannelCredentials.Create(
            ChannelCredentials.SecureSsl,
            CallCredentials.FromInterceptor(async (context, metadata) =>
                metadata.Add("authorization", $"Bearer {await token(context.CancellationToken).ConfigureAwait(false)}")));
    }

    /// <summary>An authority of the hub's own: no other one's word counts.</summary>
    private static X509ChainPolicy Only(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private static SslStreamCertificateContext Own(string certificateFile, string keyFile)
    {
        try
        {
            var chain = Read(certificateFile);
            var certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            if (OperatingSystem.IsWindows())
            {
                // Windows takes no key for TLS that was never in one of its containers.
                using var ephemeral = certificate;
                certificate = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pfx), password: null);
            }
            return SslStreamCertificateContext.Create(certificate, chain, offline: true);
        }
        catch (Exception exception) when (exception is CryptographicException or UnauthorizedAccessException)
        {
            throw Unusable($"{certificateFile}, {keyFile}: no certificate and its private key in PEM.", exception);
        }
    }

    private static X509Certificate2Collection Read(string file)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(file);
        }
        catch (Exception exception) when (exception is CryptographicException or UnauthorizedAccessException)
        {
            throw Unusable($"{file}: no certificate in PEM.", exception);
        }
        return certificates.Count > 0 ? certificates : throw new ArgumentException($"{file}: no certificate in PEM.");
    }

    private static Exception Unusable(string message, Exception exception) =>
        exception is UnauthorizedAccessException ? new IOException(exception.Message, exception) : new ArgumentException(message, exception);
}
