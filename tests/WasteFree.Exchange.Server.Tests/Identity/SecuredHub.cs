using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Identity;

/// <summary>A hub with TLS and an access list of its own, on a free port of this machine.</summary>
internal sealed class SecuredHub : IAsyncDisposable
{
    /// <summary>The hub's own address, which tokens name as their audience.</summary>
    public const string Audience = "https://hub.example:5443";

    public const string Yaan = "yaan";
    public const string Wanzhou = "wanzhou-eeb";

    /// <summary>The access list is looked at every second; the rest is for a busy machine.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly HubFolder _data;
    private readonly WebApplication _app;
    private readonly string _authorityKey;
    private bool _ownsData;
    private readonly List<GrpcChannel> _channels = [];

    private SecuredHub(HubFolder data, WebApplication app, SecurityFolder security, CertificateAuthority authority, string authorityKey)
    {
        (_data, _app, Security, Authority, _authorityKey) = (data, app, security, authority, authorityKey);
        Address = new Uri(app.Urls.Single());
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(Errors);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(Warnings);
    }

    public Uri Address { get; }

    public SecurityFolder Security { get; }

    public CertificateAuthority Authority { get; }

    public IServiceProvider Services => _app.Services;

    public BearerTokens Tokens => _app.Services.GetRequiredService<BearerTokens>();

    public ClientCertificates Certificates => _app.Services.GetRequiredService<ClientCertificates>();

    public ErrorLog Errors { get; } = new();

    public WarningLog Warnings { get; } = new();

    /// <summary>Two cities, an administrator and an auditor.</summary>
    public static AccessList TwoCities { get; } = new()
    {
        Address = Audience,
        Callers =
        [
            Caller(Yaan), Caller(Wanzhou),
            new AccessCaller { Name = "administrator", Roles = [Roles.Admin] },
            new AccessCaller { Name = "auditor", Roles = [Roles.Auditor] },
        ],
    };

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <param name="access">Who may call; null: <see cref="TwoCities"/>.</param>
    /// <param name="time">The hub's clock.</param>
    /// <param name="shared">Another hub's data, which outlive this one; null: data of its own.</param>
    public static async Task<SecuredHub> StartAsync(AccessList? access = null, TimeProvider? time = null, HubFolder? shared = null)
    {
        var data = shared ?? await HubFolder.CreateAsync();
        var security = new SecurityFolder(Directory.CreateDirectory(Path.Combine(data.FullName, "security")).FullName);
        // As old as the oldest certificate of a test, and as lasting as the clock of one may run.
        var authority = CertificateAuthority.Make("test", Now - TimeSpan.FromDays(30), TimeSpan.FromDays(3_650), out var key);
        File.WriteAllText(security.AuthorityFile, authority.Pem);
        (access ?? TwoCities).Write(security.AccessFile);
        WriteServer(security, authority);
        var app = Hub.Build(data.Options(allowIllustrative: false, time) with { Url = "https://127.0.0.1:0", SecurityDirectory = security.FullName });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new SecuredHub(data, app, security, authority, key) { _ownsData = shared is null };
    }

    public static AccessCaller Caller(string organization) =>
        new() { Name = organization, Organization = organization, Roles = [Roles.Reporter, Roles.Reader] };

    public static IssuedCertificate WriteServer(SecurityFolder security, CertificateAuthority authority)
    {
        var server = authority.IssueServer(["127.0.0.1"], Now, TimeSpan.FromDays(300));
        PrivateFile.Replace(security.ServerKeyFile, server.KeyPem!);
        PrivateFile.Replace(security.ServerFile, server.Pem);
        return server;
    }

    public void Change(Func<AccessList, AccessList> change) => change(AccessList.Read(Security.AccessFile)).Write(Security.AccessFile);

    public X509Certificate2 Issue(string name) => Usable(Authority.IssueClient(name, Now, TimeSpan.FromDays(30)));

    /// <summary>To sign what the authority itself would not.</summary>
    public X509Certificate2 AuthorityWithKey() => X509Certificate2.CreateFromPem(Authority.Pem, _authorityKey);

    public static X509Certificate2 Usable(IssuedCertificate issued) => X509Certificate2.CreateFromPem(issued.Pem, issued.KeyPem!);

    public GrpcChannel Connect(X509Certificate2? certificate = null, string? token = null, SslProtocols protocols = SslProtocols.None)
    {
        var channel = GrpcChannel.ForAddress(Address, new GrpcChannelOptions
        {
            Credentials = token is null ? null : ChannelCredentials.Create(
                ChannelCredentials.SecureSsl, CallCredentials.FromInterceptor((_, metadata) =>
                {
                    metadata.Add("authorization", $"Bearer {token}");
                    return Task.CompletedTask;
                })),
            HttpHandler = new SocketsHttpHandler
            {
                SslOptions = Tls(certificate, protocols),
            },
            DisposeHttpClient = true,
        });
        _channels.Add(channel);
        return channel;
    }

    /// <summary>A client that trusts the hub's authority alone.</summary>
    public SslClientAuthenticationOptions Tls(X509Certificate2? certificate = null, SslProtocols protocols = SslProtocols.None) => new()
    {
        TargetHost = Address.Host,
        EnabledSslProtocols = protocols,
        ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { X509Certificate2.CreateFromPem(Authority.Pem) },
        },
    };

    public GrpcChannel ConnectAs(string name) => Connect(Issue(name));

    /// <summary>Whom the hub takes a call for: it is asked for something that only a reader may.</summary>
    public static async Task ReadAsync(GrpcChannel channel, Metadata? headers = null) =>
        await new CatalogService.CatalogServiceClient(channel).ListRegionsAsync(
            new ListRegionsRequest(), headers, cancellationToken: TestContext.Current.CancellationToken);

    public static Task<Refused> RefuseAsync(GrpcChannel channel, Metadata? headers = null) => Refused.ByAsync(() => ReadAsync(channel, headers));

    /// <summary>The log and the audit log name the one rule by which a credential was refused, and say nothing of the credential itself.</summary>
    public async Task RequireRuleAsync(string rule, string credential)
    {
        Assert.Contains($"refused by {rule} ", Assert.Single(Warnings.Messages), StringComparison.Ordinal);
        Assert.DoesNotContain(credential, Warnings.Messages.Single(), StringComparison.Ordinal);
        var log = await new AuditService.AuditServiceClient(ConnectAs("auditor"))
            .ListAuditEntriesAsync(new ListAuditEntriesRequest(), cancellationToken: TestContext.Current.CancellationToken);
        var entry = Assert.Single(log.Entries, entry => entry.Status == AuditStatus.Unauthenticated);
        Assert.Equal($"refused:{rule}", entry.Credential.Split(' ')[0]);
    }

    /// <summary>Tries until it holds: changes of the folder are taken within seconds.</summary>
    public static async Task SoonAsync(Func<Task<bool>> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Soon, "It does not come about.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels) channel.Dispose();
        await _app.DisposeAsync();
        Authority.Dispose();
        if (_ownsData) await _data.DisposeAsync();
        Assert.Empty(Errors.Messages);
    }
}
