using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Identity;

/// <summary>Tokens of an OpenID Connect issuer.</summary>
public sealed class IssuerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_issuer_speaks_for_the_organisations_and_roles_that_it_was_given()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var hub = await SecuredHub.StartAsync(Access(issuer));
        var reader = hub.Connect(token: issuer.Token(SecuredHub.Yaan, "reader"));
        await SecuredHub.ReadAsync(reader);
        await SecuredHub.ReadAsync(hub.Connect(token: issuer.Token(SecuredHub.Yaan, "reader admin")));

        // It may give no other roles, nor speak for anybody else; whoever it names nothing of may do nothing.
        var load = await Refused.ByAsync(new AdminService.AdminServiceClient(hub.Connect(token: issuer.Token(SecuredHub.Yaan, "admin")))
            .LoadCatalogAsync(new LoadCatalogRequest(), cancellationToken: Cancelled));
        Assert.Equal(ErrorReason.AuthorityMissing, load.Reason);
        Assert.Equal(ErrorReason.CredentialRefused, (await SecuredHub.RefuseAsync(hub.Connect(token: issuer.Token(SecuredHub.Wanzhou, "reader")))).Reason);
        Assert.Equal(ErrorReason.AuthorityMissing, (await SecuredHub.RefuseAsync(hub.Connect(token: issuer.Token(SecuredHub.Yaan, null)))).Reason);
        // Without an organisation it reads the catalogue, and nobody's rows.
        var nobody = hub.Connect(token: issuer.Token(null, "reader"));
        await SecuredHub.ReadAsync(nobody);
        await new ReportService.ReportServiceClient(hub.ConnectAs(SecuredHub.Yaan)).SubmitReportAsync(Rows.Report("r1", Rows.Tonnes("2022", "1")), cancellationToken: Cancelled);
        Assert.Empty((await new MetricService.MetricServiceClient(nobody).QueryObservationsAsync(new QueryObservationsRequest(), cancellationToken: Cancelled)).Observations);
        Assert.Single((await new MetricService.MetricServiceClient(reader).QueryObservationsAsync(new QueryObservationsRequest(), cancellationToken: Cancelled)).Observations);
    }

    [Fact]
    public async Task Tokens_of_another_issuer_key_or_audience_are_refused()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var other = await Issuer.StartAsync();
        await using var hub = await SecuredHub.StartAsync(Access(issuer));
        await SecuredHub.ReadAsync(hub.Connect(token: issuer.Token(SecuredHub.Yaan, "reader")));
        Assert.Equal(ErrorReason.CredentialRefused, (await SecuredHub.RefuseAsync(hub.Connect(token: other.Token(SecuredHub.Yaan, "reader")))).Reason);
        Assert.Equal(ErrorReason.CredentialRefused, (await SecuredHub.RefuseAsync(hub.Connect(token: other.Token(SecuredHub.Yaan, "reader", issuer: issuer.Name)))).Reason);
        Assert.Equal(ErrorReason.CredentialRefused, (await SecuredHub.RefuseAsync(hub.Connect(token: issuer.Token(SecuredHub.Yaan, "reader", audience: "another")))).Reason);
    }

    [Fact]
    public async Task An_issuer_that_calls_itself_something_else_gives_no_keys()
    {
        await using var issuer = await Issuer.StartAsync();
        issuer.CallsItself = issuer.Name + "/";
        await using var hub = await SecuredHub.StartAsync(Access(issuer));
        Assert.Equal(ErrorReason.IssuerUnavailable, (await SecuredHub.RefuseAsync(hub.Connect(token: issuer.Token(SecuredHub.Yaan, "reader")))).Reason);
    }

    [Fact]
    public async Task A_new_key_of_the_issuer_is_fetched_when_a_token_names_it()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var hub = await SecuredHub.StartAsync(Access(issuer));
        await SecuredHub.ReadAsync(hub.Connect(token: issuer.Token(SecuredHub.Yaan, "reader")));
        issuer.NewKey();
        await SecuredHub.SoonAsync(async () => (await hub.Tokens.FindAsync(issuer.Token(SecuredHub.Yaan, "reader"))).Refusal is null);
    }

    [Fact]
    public async Task While_the_issuer_does_not_answer_callers_are_told_to_come_back_and_known_keys_go_on()
    {
        await using var issuer = await Issuer.StartAsync();
        var token = issuer.Token(SecuredHub.Yaan, "reader");
        await using (var knows = await SecuredHub.StartAsync(Access(issuer)))
        {
            await SecuredHub.ReadAsync(knows.Connect(token: token));
            await issuer.StopAsync();
            await SecuredHub.ReadAsync(knows.Connect(token: token));
        }
        await using var hub = await SecuredHub.StartAsync(Access(issuer));
        Assert.Equal(ErrorReason.IssuerUnavailable, (await SecuredHub.RefuseAsync(hub.Connect(token: token))).Reason);
    }

    [Fact]
    public async Task A_key_that_the_issuer_withdraws_counts_for_five_minutes_at_most_also_for_open_streams()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var issuer = await Issuer.StartAsync();
        await using var hub = await SecuredHub.StartAsync(Access(issuer), time);
        var token = issuer.Token(SecuredHub.Yaan, "reader");
        using var watch = new FeedService.FeedServiceClient(hub.Connect(token: token)).Watch(new WatchRequest { StartAt = WatchStart.Now }, cancellationToken: Cancelled);
        Assert.True(await watch.ResponseStream.MoveNext(Cancelled).WaitAsync(SecuredHub.Soon, Cancelled));

        issuer.NewKey();
        time.Advance(TimeSpan.FromMinutes(4.5));
        Assert.Null((await hub.Tokens.FindAsync(token)).Refusal);
        time.Advance(TimeSpan.FromSeconds(31));

        // At once, or a few seconds later where this machine is too busy to answer itself.
        await SecuredHub.SoonAsync(async () =>
        {
            if ((await hub.Tokens.FindAsync(token)).Refusal is { } refusal) return refusal.Reason == ErrorReason.CredentialRefused;
            time.Advance(TimeSpan.FromSeconds(1));
            return false;
        });
        Assert.Equal(ErrorReason.CredentialRefused, (await EndAsync(watch, time)).Reason);
    }

    [Fact]
    public async Task An_issuer_that_is_kept_from_answering_keeps_no_key_alive_for_longer_than_an_hour()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var issuer = await Issuer.StartAsync();
        await using var hub = await SecuredHub.StartAsync(Access(issuer), time);
        var token = issuer.Token(SecuredHub.Yaan, "reader", hours: 5);
        Assert.Null((await hub.Tokens.FindAsync(token)).Refusal);
        await issuer.StopAsync();
        time.Advance(TimeSpan.FromMinutes(40));
        using var watch = new FeedService.FeedServiceClient(hub.Connect(token: token)).Watch(new WatchRequest { StartAt = WatchStart.Now }, cancellationToken: Cancelled);
        Assert.True(await watch.ResponseStream.MoveNext(Cancelled).WaitAsync(SecuredHub.Soon, Cancelled));
        time.Advance(TimeSpan.FromMinutes(19));
        Assert.Null((await hub.Tokens.FindAsync(token)).Refusal);
        time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(ErrorReason.IssuerUnavailable, (await hub.Tokens.FindAsync(token)).Refusal?.Reason);
        Assert.Equal(ErrorReason.IssuerUnavailable, (await EndAsync(watch, time)).Reason);
    }

    /// <summary>The status with which the hub ends a stream, while its clock goes on.</summary>
    private static async Task<Refused> EndAsync(Grpc.Core.AsyncServerStreamingCall<WatchResponse> watch, FakeTimeProvider time)
    {
        var isTold = false;
        var ended = Refused.ByAsync(async () =>
        {
            while (await watch.ResponseStream.MoveNext(Cancelled)) isTold |= watch.ResponseStream.Current.GoAway is not null;
        });
        await SecuredHub.SoonAsync(() =>
        {
            // Who is told has two seconds of the hub's clock to go.
            if (!Volatile.Read(ref isTold)) time.Advance(TimeSpan.FromMilliseconds(250));
            return Task.FromResult(ended.IsCompleted);
        });
        return await ended;
    }

    private static AccessList Access(Issuer issuer) => SecuredHub.TwoCities with
    {
        Issuers = [new AccessIssuer { Issuer = issuer.Name, Organizations = [SecuredHub.Yaan], Roles = [Roles.Reader] }],
    };

    /// <summary>An issuer on this machine, with discovery and keys.</summary>
    private sealed class Issuer : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private RsaSecurityKey _key = Made();

        private Issuer(WebApplication app)
        {
            _app = app;
            _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = CallsItself ?? Name, jwks_uri = $"{Name}/keys" }));
            _app.MapGet("/keys", () => Results.Text(JsonSerializer.Serialize(new
            {
                keys = new[] { new { kty = "RSA", use = "sig", kid = _key.KeyId, n = Base64UrlEncoder.Encode(_key.Rsa.ExportParameters(false).Modulus), e = Base64UrlEncoder.Encode(_key.Rsa.ExportParameters(false).Exponent) } },
            }), "application/json"));
        }

        public string Name { get; private set; } = "";

        /// <summary>In its discovery document; null: by its name.</summary>
        public string? CallsItself { get; set; }

        public static async Task<Issuer> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var issuer = new Issuer(app);
            await app.StartAsync(Cancelled);
            issuer.Name = app.Urls.Single();
            return issuer;
        }

        public void NewKey() => _key = Made();

        public Task StopAsync() => _app.StopAsync(Cancelled);

        public string Token(string? organization, string? roles, string? issuer = null, string audience = SecuredHub.Audience, int hours = 1)
        {
            var claims = new Dictionary<string, object> { ["sub"] = "analyst" };
            if (organization is not null) claims["organization"] = organization;
            if (roles is not null) claims["roles"] = roles.Contains(' ') ? roles.Split(' ') : roles;
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
            {
                Issuer = issuer ?? Name, Audience = audience, IssuedAt = now, NotBefore = now, Expires = now.AddHours(hours), Claims = claims,
                SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
            });
        }

        public async ValueTask DisposeAsync() => await _app.DisposeAsync();

        private static RsaSecurityKey Made() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };
    }
}
