using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace WasteFree.Exchange.Server.Security;

/// <summary>How connections are secured: TLS 1.2 or 1.3, with the certificate of now, and the client asked for one.</summary>
internal static class TlsEndPoint
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    [SuppressMessage("Security", "CA5359", Justification = "ClientCertificates decides on each call.")]
    public static TlsHandshakeCallbackOptions Options(TrustStore trust) => new()
    {
        HandshakeTimeout = HandshakeTimeout,
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = trust.Current.ServerContext,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = DecidedLater,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            AllowRenegotiation = false,
            // A session that is resumed would bring the client's certificate of long ago.
            AllowTlsResume = false,
        }),
    };

    /// <summary>Any certificate passes here, and none does, too: calls are decided on one by one, with reasons, and again later on.</summary>
    private static bool DecidedLater(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;
}
