using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Identity;

/// <summary>Tokens that an organisation signs with a key of its own.</summary>
public sealed class TokenTests
{
    private const string Analysts = "yaan-analysts";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private AccessList Access => SecuredHub.TwoCities with
    {
        Callers =
        [
            .. SecuredHub.TwoCities.Callers,
            new AccessCaller { Name = Analysts, Organization = SecuredHub.Yaan, Roles = [Roles.Reader, Roles.Reporter], Keys = [_key.ExportSubjectPublicKeyInfoPem()] },
        ],
    };

    [Fact]
    public async Task A_token_stands_for_its_caller_and_its_subject_is_in_the_audit_log()
    {
        await using var hub = await SecuredHub.StartAsync(Access);
        var channel = hub.Connect(token: Token(subject: "analyst-7"));
        await SecuredHub.ReadAsync(channel);
        var mine = new ReportService.ReportServiceClient(channel);
        await mine.SubmitReportAsync(Rows.Report("r1", Rows.Tonnes("2022", "1")), cancellationToken: Cancelled);
        var other = await Refused.ByAsync(mine.GetReportAsync(new GetReportRequest { Name = Rows.Name("r1", SecuredHub.Wanzhou) }, cancellationToken: Cancelled));
        Assert.Equal(ErrorReason.AuthorityMissing, other.Reason);

        var log = await new AuditService.AuditServiceClient(hub.ConnectAs("auditor")).ListAuditEntriesAsync(new ListAuditEntriesRequest(), cancellationToken: Cancelled);
        Assert.All(log.Entries.Where(entry => entry.Organization == SecuredHub.Yaan), entry =>
            Assert.StartsWith("caller:yaan-analysts subject:analyst-7 token:", entry.Credential, StringComparison.Ordinal));
        Assert.Equal(2, log.Entries.Count(entry => entry.Organization == SecuredHub.Yaan));
    }

    [Theory]
    [InlineData("9999999999999999")]
    [InlineData("-1")]
    [InlineData("1e400")]
    [InlineData("\"soon\"")]
    [InlineData("[1]")]
    [InlineData("null")]
    public async Task An_end_of_nonsense_is_no_fault_of_the_hub(string end)
    {
        await using var hub = await SecuredHub.StartAsync(Access);
        var found = await hub.Tokens.FindAsync(Signed($$"""{"iss":"{{Analysts}}","aud":"{{SecuredHub.Audience}}","exp":{{end}}}"""));
        // The first one is an end, further away than any may be.
        Assert.NotNull(found.Refusal);
    }

    [Fact]
    public void An_algorithm_belongs_to_its_curve_and_RSA_has_2048_bits()
    {
        var curves = new[] { ECCurve.NamedCurves.nistP256, ECCurve.NamedCurves.nistP384, ECCurve.NamedCurves.nistP521 };
        foreach (var (curve, fits) in curves.Zip(["ES256", "ES384", "ES512"]))
        {
            var key = new ECDsaSecurityKey(ECDsa.Create(curve));
            Assert.Equal([fits], TokenKey.Algorithms.Where(algorithm => TokenKey.Fits(key, algorithm)));
        }
        Assert.DoesNotContain(TokenKey.Algorithms, algorithm => TokenKey.Fits(new RsaSecurityKey(RSA.Create(1024)), algorithm));
        var strong = new RsaSecurityKey(RSA.Create(2048).ExportParameters(false));
        Assert.Equal(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"], TokenKey.Algorithms.Where(algorithm => TokenKey.Fits(strong, algorithm)));
    }

    [Fact]
    public async Task A_subject_does_not_look_like_another_name()
    {
        await using var hub = await SecuredHub.StartAsync(Access);
        var found = await hub.Tokens.FindAsync(Token(subject: "x caller:administrator"));
        Assert.Equal(["caller:yaan-analysts", "subject:x%20caller:administrator"], found.Principal.Credential.Split(' ')[..2]);
    }

    [Fact]
    public async Task A_token_may_ask_for_fewer_roles_and_never_for_more()
    {
        await using var hub = await SecuredHub.StartAsync(Access);
        var reader = hub.Connect(token: Token(roles: [Roles.Reader, Roles.Admin]));
        await SecuredHub.ReadAsync(reader);
        var sent = await Refused.ByAsync(new ReportService.ReportServiceClient(reader).SubmitReportAsync(Rows.Report("r1", Rows.Tonnes("2022", "1")), cancellationToken: Cancelled));
        Assert.Equal(ErrorReason.AuthorityMissing, sent.Reason);
        var loaded = await Refused.ByAsync(new AdminService.AdminServiceClient(reader).LoadCatalogAsync(new LoadCatalogRequest(), cancellationToken: Cancelled));
        Assert.Equal(ErrorReason.AuthorityMissing, loaded.Reason);
        Assert.Equal(ErrorReason.AuthorityMissing, (await SecuredHub.RefuseAsync(hub.Connect(token: Token(roles: [Roles.Admin])))).Reason);
        Assert.Equal(ErrorReason.AuthorityMissing, (await SecuredHub.RefuseAsync(hub.Connect(token: Token(roles: [])))).Reason);
    }

    [Theory]
    [InlineData("another audience", ErrorReason.CredentialRefused, "TokenAudience")]
    [InlineData("no audience", ErrorReason.CredentialRefused, "TokenAudience")]
    [InlineData("no end", ErrorReason.CredentialRefused, "TokenEndMissing")]
    [InlineData("the audience with a slash", ErrorReason.CredentialRefused, "TokenAudience")]
    [InlineData("a year", ErrorReason.CredentialRefused, "TokenLifeTooLong")]
    [InlineData("a year, its last hour", ErrorReason.CredentialRefused, "TokenLifeTooLong")]
    [InlineData("an extension that is critical", ErrorReason.CredentialRefused, "TokenExtensionCritical")]
    [InlineData("another algorithm than the curve's", ErrorReason.CredentialRefused, "TokenAlgorithm")]
    [InlineData("the caller in capitals", ErrorReason.CredentialRefused, "TokenIssuerUnknown")]
    [InlineData("another key", ErrorReason.CredentialRefused, "TokenSignature")]
    [InlineData("another caller that has no keys", ErrorReason.CredentialRefused, "TokenIssuerUnknown")]
    [InlineData("nobody", ErrorReason.CredentialRefused, "TokenIssuerUnknown")]
    [InlineData("no issuer", ErrorReason.CredentialRefused, "TokenUnreadable")]
    [InlineData("no signature", ErrorReason.CredentialRefused, "TokenAlgorithm")]
    [InlineData("the public key as a shared secret", ErrorReason.CredentialRefused, "TokenAlgorithm")]
    [InlineData("a key of its own in the header", ErrorReason.CredentialRefused, "TokenSignature")]
    [InlineData("encrypted nonsense", ErrorReason.CredentialRefused, "TokenUnreadable")]
    [InlineData("nonsense", ErrorReason.CredentialRefused, "TokenUnreadable")]
    [InlineData("16 KB", ErrorReason.CredentialRefused, "TokenUnreadable")]
    [InlineData("ended", ErrorReason.CredentialExpired, "TokenEnded")]
    [InlineData("not begun", ErrorReason.CredentialExpired, "TokenNotBegun")]
    [InlineData("ended, with another key", ErrorReason.CredentialRefused, "TokenSignature")]
    public async Task A_token_that_is_not_wholly_right_is_refused_and_the_logs_name_the_rule(string what, ErrorReason reason, string rule)
    {
        await using var hub = await SecuredHub.StartAsync(Access);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var day = TimeSpan.FromDays(1);
        var token = what switch
        {
            "another audience" => Token(audience: "another-hub"),
            "no audience" => Signed(new { iss = Analysts, exp = (Now + day).ToUnixTimeSeconds() }),
            "no end" => Signed(new { iss = Analysts, aud = SecuredHub.Audience }),
            "the audience with a slash" => Token(audience: SecuredHub.Audience + "/"),
            "a year" => Token(minutes: 365 * 24 * 60),
            "a year, its last hour" => Token(now: Now.AddDays(-365), minutes: (365 * 24 * 60) + 60),
            "an extension that is critical" => Signed(Claims, header: new { alg = "ES256", crit = new[] { "wfx" }, wfx = true }),
            "another algorithm than the curve's" => Signed(Claims, header: new { alg = "ES384" }, hash: HashAlgorithmName.SHA384),
            "the caller in capitals" => Token(caller: "Yaan-Analysts"),
            "another key" => Token(key: other),
            "another caller that has no keys" => Token(caller: SecuredHub.Yaan),
            "nobody" => Token(caller: "nobody"),
            "no issuer" => Signed(new { aud = SecuredHub.Audience, exp = (Now + day).ToUnixTimeSeconds() }),
            "no signature" => Plain(new { alg = "none", typ = "JWT" }),
            "the public key as a shared secret" => SharedSecret(),
            "a key of its own in the header" => Signed(Claims, other, new { alg = "ES256", jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(other)) }),
            "encrypted nonsense" => "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAA.BBBB.CCCC",
            "nonsense" => "nonsense",
            "16 KB" => Token() + new string('A', 16_000),
            "ended" => Token(now: Now - day),
            "not begun" => Token(now: Now + day),
            "ended, with another key" => Token(now: Now - day, key: other),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
        var refused = await SecuredHub.RefuseAsync(hub.Connect(token: token));
        Assert.Equal(reason, refused.Reason);
        Assert.DoesNotContain(Analysts, refused.MessageEn + refused.MessageZh, StringComparison.Ordinal);
        await hub.RequireRuleAsync(rule, token);
        await SecuredHub.ReadAsync(hub.Connect(token: Token()));
    }

    [Fact]
    public async Task A_token_altered_in_any_character_is_refused()
    {
        await using var hub = await SecuredHub.StartAsync(Access);
        var tokens = hub.Tokens;
        var good = Token();
        Assert.Null((await tokens.FindAsync(good)).Refusal);
        var tried = 0;
        for (var i = 0; i < good.Length; i++)
        {
            var altered = good.ToCharArray();
            altered[i] = altered[i] == 'x' ? 'y' : 'x';
            // The last character of a part holds bits that stand for nothing.
            if (SameBytes(good, new string(altered))) continue;
            tried++;
            Assert.NotNull((await tokens.FindAsync(new string(altered))).Refusal);
        }
        for (var length = 0; length < good.Length; length++) Assert.NotNull((await tokens.FindAsync(good[..length])).Refusal);
        Assert.InRange(tried, 300, int.MaxValue);
        TestContext.Current.TestOutputHelper?.WriteLine($"{tried + good.Length} forged tokens, none accepted");
    }

    [Fact]
    public async Task Where_there_is_a_token_it_alone_counts()
    {
        await using var hub = await SecuredHub.StartAsync(Access);
        using var certificate = hub.Issue(SecuredHub.Wanzhou);
        Assert.Equal(ErrorReason.CredentialExpired, (await SecuredHub.RefuseAsync(hub.Connect(certificate, Token(now: Now.AddDays(-1))))).Reason);
        var mine = new ReportService.ReportServiceClient(hub.Connect(certificate, Token()));
        await mine.SubmitReportAsync(Rows.Report("r1", Rows.Tonnes("2022", "1")), cancellationToken: Cancelled);
    }

    [Fact]
    public async Task A_stream_ends_with_its_token_and_a_little_patience_for_clocks()
    {
        var began = Now;
        var time = new FakeTimeProvider(began);
        await using var hub = await SecuredHub.StartAsync(Access, time);
        using var watch = new FeedService.FeedServiceClient(hub.Connect(token: Token(now: began, minutes: 10)))
            .Watch(new WatchRequest { StartAt = WatchStart.Now }, cancellationToken: Cancelled);
        Assert.True(await watch.ResponseStream.MoveNext(Cancelled));

        var refused = await Refused.ByAsync(async () =>
        {
            var next = watch.ResponseStream.MoveNext(Cancelled);
            for (var minute = 0; minute < 20; minute++)
            {
                time.Advance(TimeSpan.FromMinutes(1));
                await Task.WhenAny(next, Task.Delay(100, Cancelled));
                while (next.IsCompleted)
                {
                    await next;
                    Assert.True(watch.ResponseStream.Current.GoAway is null || time.GetUtcNow() >= began.AddMinutes(10.5));
                    next = watch.ResponseStream.MoveNext(Cancelled);
                }
            }
        });
        Assert.Equal(ErrorReason.CredentialExpired, refused.Reason);
    }

    [Fact]
    public async Task A_key_that_is_taken_out_of_the_list_ends_its_streams_and_a_token_can_be_denied_alone()
    {
        await using var hub = await SecuredHub.StartAsync(Access);
        var (one, other) = (Token(), Token(subject: "other"));
        using var watch = new FeedService.FeedServiceClient(hub.Connect(token: other)).Watch(new WatchRequest { StartAt = WatchStart.Now }, cancellationToken: Cancelled);
        Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
        await SecuredHub.ReadAsync(hub.Connect(token: one));

        var id = new JsonWebToken(one).Id;
        hub.Change(access => access with { Denied = [new AccessDenial { What = $"token:{id}" }] });
        await SecuredHub.SoonAsync(async () => (await hub.Tokens.FindAsync(one)).Refusal is not null);
        Assert.Null((await hub.Tokens.FindAsync(other)).Refusal);

        hub.Change(access => access with { Callers = [.. access.Callers.Select(caller => caller with { Keys = [] })] });
        var refused = await Refused.ByAsync(async () =>
        {
            while (await watch.ResponseStream.MoveNext(Cancelled).WaitAsync(SecuredHub.Soon, Cancelled))
            {
            }
        });
        Assert.Equal(ErrorReason.CredentialRefused, refused.Reason);
    }

    [Fact]
    public async Task What_a_forged_token_says_of_itself_is_not_in_the_log()
    {
        await using var hub = await SecuredHub.StartAsync(Access);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await SecuredHub.RefuseAsync(hub.Connect(token: Token(key: other, subject: "somebody-else")));
        await SecuredHub.RefuseAsync(hub.Connect(hub.Issue("not-in-the-list")));
        var log = await new AuditService.AuditServiceClient(hub.ConnectAs("auditor")).ListAuditEntriesAsync(new ListAuditEntriesRequest(), cancellationToken: Cancelled);
        Assert.DoesNotContain(log.Entries, entry => entry.Credential.Contains("somebody-else", StringComparison.Ordinal));
        Assert.Contains(log.Entries, entry => entry.Reason == ErrorReason.CredentialRefused && entry.Credential.StartsWith("refused:CertificateCallerUnknown certificate:", StringComparison.Ordinal));
    }

    private static object Claims => new { iss = Analysts, aud = SecuredHub.Audience, exp = Now.AddHours(1).ToUnixTimeSeconds() };

    private string Token(
        string caller = Analysts, string audience = SecuredHub.Audience, string? subject = null, string[]? roles = null, DateTimeOffset? now = null, ECDsa? key = null, int minutes = 60) =>
        CallerTokens.Make((key ?? _key).ExportPkcs8PrivateKeyPem(), caller, audience, subject, roles, now ?? Now, TimeSpan.FromMinutes(minutes)).Text;

    /// <summary>Signed as it should be, whatever it says.</summary>
    private string Signed(object claims, ECDsa? key = null, object? header = null, HashAlgorithmName? hash = null)
    {
        var text = $"{Part(header ?? new { alg = "ES256" })}.{Part(claims)}";
        return $"{text}.{Base64UrlEncoder.Encode((key ?? _key).SignData(Encoding.ASCII.GetBytes(text), hash ?? HashAlgorithmName.SHA256))}";
    }

    private static string Plain(object header) => $"{Part(header)}.{Part(Claims)}.";

    private string SharedSecret()
    {
        var text = $"{Part(new { alg = "HS256" })}.{Part(Claims)}";
        return $"{text}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.ASCII.GetBytes(_key.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Part(object value) => Base64UrlEncoder.Encode(value as string ?? System.Text.Json.JsonSerializer.Serialize(value));

    private static bool SameBytes(string one, string other)
    {
        var (a, b) = (one.Split('.'), other.Split('.'));
        try
        {
            return a.Length == b.Length && a.Zip(b).All(pair => Base64UrlEncoder.DecodeBytes(pair.First).SequenceEqual(Base64UrlEncoder.DecodeBytes(pair.Second)));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
