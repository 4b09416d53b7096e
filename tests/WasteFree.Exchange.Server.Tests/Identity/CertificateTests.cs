using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Limits;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.V1;
using Xunit;
using static WasteFree.Exchange.Server.Tests.Identity.MadeCertificates;

namespace WasteFree.Exchange.Server.Tests.Identity;

/// <summary>Callers are who their certificates say, and nobody else gets in.</summary>
public sealed class CertificateTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_partner_sends_and_reads_its_own_and_another_city_is_told_nothing_of_it()
    {
        await using var hub = await SecuredHub.StartAsync();
        var mine = new ReportService.ReportServiceClient(hub.ConnectAs(SecuredHub.Yaan));
        var sent = await mine.SubmitReportAsync(Rows.Report("r1", Rows.Tonnes("2022", "526710.770")), cancellationToken: Cancelled);
        Assert.Equal(1, sent.Committed.Receipt.Counts.Created);
        Assert.Equal(Rows.Name("r1"), (await mine.GetReportAsync(new GetReportRequest { Name = Rows.Name("r1") }, cancellationToken: Cancelled)).Report.Name);

        var other = new ReportService.ReportServiceClient(hub.ConnectAs(SecuredHub.Wanzhou));
        var there = await Refused.ByAsync(other.GetReportAsync(new GetReportRequest { Name = Rows.Name("r1") }, cancellationToken: Cancelled));
        var notThere = await Refused.ByAsync(other.GetReportAsync(new GetReportRequest { Name = Rows.Name("r2") }, cancellationToken: Cancelled));
        var send = await Refused.ByAsync(other.SubmitReportAsync(Rows.Report("r3", Rows.Tonnes("2022", "1")), cancellationToken: Cancelled));
        Assert.All([there, notThere, send], refused => Assert.Equal(ErrorReason.AuthorityMissing, refused.Reason));
        Assert.Equal(there.MessageEn, notThere.MessageEn);
    }

    [Fact]
    public async Task Roles_are_those_of_the_access_list()
    {
        await using var hub = await SecuredHub.StartAsync();
        var (city, administrator, auditor) = (hub.ConnectAs(SecuredHub.Yaan), hub.ConnectAs("administrator"), hub.ConnectAs("auditor"));

        Assert.Equal(ErrorReason.AuthorityMissing, (await Refused.ByAsync(() => VerifyAsync(city))).Reason);
        await VerifyAsync(administrator);
        Assert.Equal(ErrorReason.AuthorityMissing, (await SecuredHub.RefuseAsync(administrator)).Reason);
        await new AuditService.AuditServiceClient(auditor).ListAuditEntriesAsync(new ListAuditEntriesRequest(), cancellationToken: Cancelled);
        Assert.Equal(ErrorReason.AuthorityMissing, (await SecuredHub.RefuseAsync(auditor)).Reason);

        static async Task VerifyAsync(ChannelBase channel)
        {
            using var call = new AdminService.AdminServiceClient(channel).VerifyLedger(new VerifyLedgerRequest(), cancellationToken: Cancelled);
            while (await call.ResponseStream.MoveNext(Cancelled))
            {
            }
        }
    }

    [Fact]
    public async Task Whoever_shows_nothing_or_speaks_for_itself_is_refused()
    {
        await using var hub = await SecuredHub.StartAsync();
        Assert.Equal(ErrorReason.IdentityMissing, (await SecuredHub.RefuseAsync(hub.Connect())).Reason);
        Assert.Equal(ErrorReason.IdentityMissing, (await SecuredHub.RefuseAsync(hub.Connect(), RunningHub.As(SecuredHub.Yaan))).Reason);
        // Not even one that has a certificate says more of itself than that.
        Assert.Equal(ErrorReason.IdentityMissing, (await SecuredHub.RefuseAsync(hub.ConnectAs(SecuredHub.Yaan), new Metadata { { "wfx-roles", "admin" } })).Reason);
        Assert.Equal(ErrorReason.IdentityMissing, (await SecuredHub.RefuseAsync(hub.ConnectAs(SecuredHub.Yaan), new Metadata { { "authorization", "Basic eWFhbjp5YWFu" } })).Reason);
    }

    [Fact]
    public async Task Health_needs_no_certificate()
    {
        await using var hub = await SecuredHub.StartAsync();
        var answer = await new Grpc.Health.V1.Health.HealthClient(hub.Connect()).CheckAsync(new Grpc.Health.V1.HealthCheckRequest(), cancellationToken: Cancelled);
        Assert.Equal(Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [Theory]
    [InlineData("another authority", ErrorReason.CredentialRefused, "CertificateAuthorityUnknown")]
    [InlineData("its own authority", ErrorReason.CredentialRefused, "CertificateAuthorityUnknown")]
    [InlineData("a partner as authority", ErrorReason.CredentialRefused, "CertificateAuthorityUnknown")]
    [InlineData("a name that is not in the list", ErrorReason.CredentialRefused, "CertificateCallerUnknown")]
    [InlineData("the hub's own certificate", ErrorReason.CredentialRefused, "CertificateUse")]
    [InlineData("for servers", ErrorReason.CredentialRefused, "CertificateUse")]
    [InlineData("for nothing in particular, from another authority", ErrorReason.CredentialRefused, "CertificateAuthorityUnknown")]
    [InlineData("a common name alone", ErrorReason.CredentialRefused, "CertificateNameless")]
    [InlineData("a DNS name", ErrorReason.CredentialRefused, "CertificateNameless")]
    [InlineData("two names", ErrorReason.CredentialRefused, "CertificateNameless")]
    [InlineData("a name with a tail", ErrorReason.CredentialRefused, "CertificateCallerUnknown")]
    [InlineData("ended", ErrorReason.CredentialExpired, "CertificateEnded")]
    [InlineData("not begun", ErrorReason.CredentialExpired, "CertificateNotBegun")]
    [InlineData("ended, from another authority", ErrorReason.CredentialRefused, "CertificateAuthorityUnknown")]
    public async Task A_certificate_that_is_not_wholly_right_is_refused_and_the_logs_name_the_rule(string what, ErrorReason reason, string rule)
    {
        await using var hub = await SecuredHub.StartAsync();
        using var stranger = CertificateAuthority.Make("test", Now - TimeSpan.FromDays(30), TimeSpan.FromDays(60), out _);
        var day = TimeSpan.FromDays(1);
        const string Yaan = ClientCertificates.NamePrefix + SecuredHub.Yaan;
        using var certificate = what switch
        {
            "another authority" => SecuredHub.Usable(stranger.IssueClient(SecuredHub.Yaan, Now, day)),
            "its own authority" => Made(ClientAuthentication, Uris(Yaan)),
            "a partner as authority" => Signed(hub, hub.Issue(SecuredHub.Wanzhou), ClientAuthentication, Uris(Yaan)),
            "a name that is not in the list" => hub.Issue("somebody"),
            "the hub's own certificate" => X509Certificate2.CreateFromPemFile(hub.Security.ServerFile, hub.Security.ServerKeyFile),
            "for servers" => Signed(hub, null, ServerAuthentication, Uris(Yaan)),
            "for nothing in particular, from another authority" => Made(null, Uris(Yaan)),
            "a common name alone" => Signed(hub, null, ClientAuthentication, null),
            "a DNS name" => Signed(hub, null, ClientAuthentication, names => names.AddDnsName(SecuredHub.Yaan)),
            "two names" => Signed(hub, null, ClientAuthentication, Uris(Yaan, ClientCertificates.NamePrefix + SecuredHub.Wanzhou)),
            "a name with a tail" => Signed(hub, null, ClientAuthentication, Uris(Yaan + "/../" + SecuredHub.Wanzhou)),
            "ended" => SecuredHub.Usable(hub.Authority.IssueClient(SecuredHub.Yaan, Now - 3 * day, day)),
            "not begun" => SecuredHub.Usable(hub.Authority.IssueClient(SecuredHub.Yaan, Now + day, day)),
            "ended, from another authority" => SecuredHub.Usable(stranger.IssueClient(SecuredHub.Yaan, Now - 3 * day, day)),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

        var refused = await SecuredHub.RefuseAsync(hub.Connect(certificate));

        Assert.Equal(reason, refused.Reason);
        Assert.DoesNotContain(SecuredHub.Yaan, refused.MessageEn + refused.MessageZh, StringComparison.Ordinal);
        await hub.RequireRuleAsync(rule, certificate.ExportCertificatePem());
    }

    [Fact]
    public async Task Names_that_cannot_be_read_get_nobody_in_and_disturb_nobody()
    {
        await using var hub = await SecuredHub.StartAsync();
        using var certificate = Signed(hub, null, ClientAuthentication, null, new X509Extension("2.5.29.17", [0x30, 0x7F, 0x86], critical: false));
        await Assert.ThrowsAsync<RpcException>(() => SecuredHub.ReadAsync(hub.Connect(certificate)));
        await SecuredHub.ReadAsync(hub.ConnectAs(SecuredHub.Yaan));
    }

    [Fact]
    public async Task What_signs_those_certificates_gets_the_right_one_in()
    {
        await using var hub = await SecuredHub.StartAsync();
        await SecuredHub.ReadAsync(hub.Connect(Signed(hub, null, ClientAuthentication, Uris(ClientCertificates.NamePrefix + SecuredHub.Yaan))));
    }

    [Fact]
    public async Task A_certificate_of_any_authority_is_taken_by_the_key_that_it_is_pinned_to()
    {
        using var own = Made(ClientAuthentication, null);
        var pinned = SecuredHub.Caller(SecuredHub.Yaan) with { Certificates = [CredentialNames.Fingerprint(own)] };
        await using var hub = await SecuredHub.StartAsync(new AccessList { Callers = [pinned] });
        await SecuredHub.ReadAsync(hub.Connect(own));

        using var another = Made(ClientAuthentication, null);
        Assert.Equal(ErrorReason.CredentialRefused, (await SecuredHub.RefuseAsync(hub.Connect(another))).Reason);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task TLS_1_2_and_1_3_are_spoken(SslProtocols protocol)
    {
        await using var hub = await SecuredHub.StartAsync();
        await SecuredHub.ReadAsync(hub.Connect(hub.Issue(SecuredHub.Yaan), protocols: protocol));
    }

    [Fact]
    public async Task A_session_is_neither_resumed_nor_renegotiated()
    {
        await using var hub = await SecuredHub.StartAsync();

        var options = await TlsEndPoint.Options(hub.Services.GetRequiredService<TrustStore>()).OnConnection(new TlsHandshakeCallbackContext());

        Assert.Equal((false, false, true), (options.AllowTlsResume, options.AllowRenegotiation, options.ClientCertificateRequired));
    }

    [Fact]
    public async Task Older_TLS_and_plain_text_are_not()
    {
        await using var hub = await SecuredHub.StartAsync();
        using (var tcp = new TcpClient())
        {
            await tcp.ConnectAsync(IPAddress.Loopback, hub.Address.Port, Cancelled);
            // A ClientHello of TLS 1.1, byte by byte: this machine's own library would refuse to speak it.
            byte[] hello =
            [
                0x16, 0x03, 0x01, 0x00, 0x2D, 0x01, 0x00, 0x00, 0x29, 0x03, 0x02, .. new byte[32], 0x00, 0x00, 0x02, 0xC0, 0x13, 0x01, 0x00,
            ];
            await tcp.GetStream().WriteAsync(hello, Cancelled);
            var answer = new byte[7];
            var read = await tcp.GetStream().ReadAtLeastAsync(answer, 7, throwOnEndOfStream: false, Cancelled).AsTask().WaitAsync(SecuredHub.Soon, Cancelled);
            // Closed, or a fatal alert; never a ServerHello.
            Assert.True(read == 0 || (answer[0] == 0x15 && answer[5] == 2), Convert.ToHexString(answer));
        }
        using (var tcp = new TcpClient())
        {
            await tcp.ConnectAsync(IPAddress.Loopback, hub.Address.Port, Cancelled);
            await tcp.GetStream().WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), Cancelled);
            var answer = new byte[64];
            var read = await tcp.GetStream().ReadAsync(answer, Cancelled).AsTask().WaitAsync(SecuredHub.Soon, Cancelled);
            Assert.True(read == 0 || answer[0] == 0x15, Convert.ToHexString(answer, 0, read));
        }
        await SecuredHub.ReadAsync(hub.ConnectAs(SecuredHub.Yaan));
    }

    [Fact]
    public async Task A_secured_hub_holds_everybody_to_limits_unless_told_otherwise()
    {
        await using var folder = await HubFolder.CreateAsync();
        var options = folder.Options(allowIllustrative: false, time: null);
        Assert.Same(HubLimits.None, options.LimitsInForce);
        Assert.Equal(new OrganizationLimits(), (options with { SecurityDirectory = "somewhere" }).LimitsInForce.Default);
    }

    [Theory]
    [InlineData("http://127.0.0.1:0", "https only")]
    [InlineData("https://hub.example:5443", "no IP address")]
    [InlineData("https://127.0.0.1:0/path", "no address")]
    public void A_secured_hub_does_not_listen_in_plain_text(string url, string why)
    {
        var options = new HubOptions { DataDirectory = "x", SecurityDirectory = "y", Url = url };
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => options.EndPoint).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("https://127.0.0.1:0")]
    public void A_hub_without_security_listens_on_loopback_only_and_says_what_to_do(string url)
    {
        var options = new HubOptions { DataDirectory = "x", Url = url };
        Assert.Contains("wfx admin init", Assert.Throws<ArgumentException>(() => options.EndPoint).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("as it should be", true)]
    [InlineData("for nothing in particular", true)]
    [InlineData("for servers", false)]
    [InlineData("SHA-1", false)]
    [InlineData("RSA of 1024 bits", false)]
    [InlineData("RSA of 2048 bits", true)]
    public async Task A_pinned_certificate_is_for_clients_and_strong(string what, bool isTaken)
    {
        using var rsa = RSA.Create(what.Contains("1024", StringComparison.Ordinal) ? 1024 : 2048);
        using var certificate = what switch
        {
            "for nothing in particular" => Made(null, null),
            "for servers" => Made(ServerAuthentication, null),
            "SHA-1" => X509Certificate2.CreateFromPem(SignedWithSha1),
            "as it should be" => Made(ClientAuthentication, null),
            _ => new CertificateRequest("CN=yaan", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1)),
        };
        var pinned = SecuredHub.Caller(SecuredHub.Yaan) with { Certificates = [CredentialNames.Fingerprint(certificate)] };
        await using var hub = await SecuredHub.StartAsync(new AccessList { Callers = [pinned] });

        Assert.Equal(isTaken ? null : ErrorReason.CredentialRefused, hub.Certificates.Find(certificate).Refusal?.Reason);
    }
}
