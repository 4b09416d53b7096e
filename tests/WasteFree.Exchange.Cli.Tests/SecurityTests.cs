using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using WasteFree.Exchange.Server.Security;
using Xunit;
using static WasteFree.Exchange.Cli.Tests.SecurityForCli;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary>A secured hub from the first command to the last, as its operator and two partners see it.</summary>
public sealed class SecurityTests : IDisposable
{
    private readonly SecurityForCli _security = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Folder => _security.Folder;

    public void Dispose() => _security.Dispose();

    [Fact]
    public async Task A_partner_sends_with_its_certificate_until_it_is_denied()
    {
        await _security.InitAsync();
        await using var hub = WfxProcess.Start("serve", "--security", Folder, "--urls", "https://127.0.0.1:0", "--data", Path.Combine(_security.Root, "data"));
        var ready = await hub.ReadLineAsync();
        var address = ready[ready.IndexOf("https", StringComparison.Ordinal)..].TrimEnd('/');
        // A partner that joins while the hub runs.
        await DoneAsync("admin", "org", "add", "yaan", "--security", Folder);
        await DoneAsync("admin", "org", "add", "wanzhou-eeb", "--security", Folder);
        var (yaan, wanzhou) = (_security.As("yaan", address), _security.As("wanzhou-eeb", address));
        var sample = Path.Combine(HubForCli.Samples, "yaan-hw-2022.csv");

        await SoonAsync(async () => (await RunAsync(yaan, "submit", sample)).ExitCode == 0);
        var foreign = await RunAsync(wanzhou, "submit", sample, "--org", "yaan");
        Assert.Equal(1, foreign.ExitCode);
        Assert.Contains("AUTHORITY_MISSING, PermissionDenied", foreign.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(_security.As("administrator", address), "admin", "verify")).ExitCode);
        Assert.Equal(1, (await RunAsync(_security.As("auditor", address), "query", "--indicator", "HUB-HW-GEN")).ExitCode);
        Assert.Contains("wanzhou-eeb", (await RunAsync(_security.As("auditor", address), "admin", "audit", "list", "--format", "csv")).Out, StringComparison.Ordinal);

        var unknown = await RunAsync(yaan.Without("WFX_CA"), "query", "--indicator", "HUB-HW-GEN");
        Assert.Equal(3, unknown.ExitCode);
        Assert.Contains("--ca", unknown.Error, StringComparison.Ordinal);
        var nobody = await RunAsync(yaan.Without("WFX_CERT", "WFX_CERT_KEY"), "query", "--indicator", "HUB-HW-GEN");
        Assert.Contains("IDENTITY_MISSING, Unauthenticated", nobody.Error, StringComparison.Ordinal);

        await using var watch = WfxProcess.Start(yaan, "watch", "--from", "earliest", "--format", "json");
        await watch.ReadLineAsync();
        await DoneAsync("admin", "deny", "yaan", "--security", Folder, "--why", "key lost");
        Assert.Equal(1, await watch.EndAsync());
        Assert.Contains("CREDENTIAL_REFUSED", watch.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync(yaan, "submit", sample)).ExitCode);
        Assert.Contains("denied", (await DoneAsync("admin", "org", "list", "--security", Folder)).Out, StringComparison.Ordinal);
        await DoneAsync("admin", "allow", "yaan", "--security", Folder);
        await SoonAsync(async () => (await RunAsync(yaan, "submit", sample)).ExitCode == 0);

        // The hub's certificate is renewed under its feet.
        var before = await File.ReadAllTextAsync(Path.Combine(Folder, "server.pem"), Cancellation);
        await DoneAsync("admin", "renew", "--security", Folder, "--name", "hub.example");
        Assert.NotEqual(before, await File.ReadAllTextAsync(Path.Combine(Folder, "server.pem"), Cancellation));
        await Task.Delay(1_500, Cancellation);
        Assert.Equal(0, (await RunAsync(yaan, "query", "--indicator", "HUB-HW-GEN")).ExitCode);

        hub.Signal(WfxProcess.SigTerm);
        Assert.Equal(0, await hub.EndAsync());
        Assert.DoesNotContain("   at ", hub.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_ones_own_key_does_the_same()
    {
        await _security.InitAsync();
        var key = Path.Combine(_security.Root, "token-key.pem");
        var made = await DoneAsync("token", "key", key);
        await File.WriteAllTextAsync(Path.Combine(_security.Root, "public.pem"), made.Out, Cancellation);
        await DoneAsync("admin", "org", "add", "yaan", "--caller", "yaan-analysts", "--roles", "reader", "--token-key", Path.Combine(_security.Root, "public.pem"), "--security", Folder);
        await using var hub = WfxProcess.Start("serve", "--security", Folder, "--urls", "https://127.0.0.1:0", "--data", Path.Combine(_security.Root, "data"));
        var ready = await hub.ReadLineAsync();
        var address = ready[ready.IndexOf("https", StringComparison.Ordinal)..].TrimEnd('/');

        // Who asked for tokens has no key made for it, and no certificate.
        Assert.Equal(["CONNECT.md", "ca.pem"], Directory.EnumerateFiles(Path.Combine(Folder, "issued", "yaan-analysts")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("https://hub.example:5443", await File.ReadAllTextAsync(Path.Combine(Folder, "issued", "yaan-analysts", "CONNECT.md"), Cancellation), StringComparison.Ordinal);
        // A token is for the hub's own address, unless it is told another audience.
        var elsewhere = (await DoneAsync("token", "sign", "--signing-key", key, "--caller", "yaan-analysts", "--hub", address)).Out.Trim();
        var signed = await DoneAsync("token", "sign", "--signing-key", key, "--caller", "yaan-analysts", "--subject", "analyst-7", "--hub", "https://hub.example:5443/");
        var token = signed.Out.Trim();
        Assert.Contains("token:", signed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(token, signed.Error, StringComparison.Ordinal);
        var analyst = new Dictionary<string, string> { ["WFX_HUB"] = address, ["WFX_CA"] = Path.Combine(Folder, "ca.pem"), ["WFX_ORG"] = "yaan", ["MY_TOKEN"] = token };
        Assert.Equal(0, (await RunAsync(analyst, "query", "--indicator", "HUB-HW-GEN", "--token-env", "MY_TOKEN")).ExitCode);
        analyst["OTHER_TOKEN"] = elsewhere;
        Assert.Contains("CREDENTIAL_REFUSED", (await RunAsync(analyst, "query", "--indicator", "HUB-HW-GEN", "--token-env", "OTHER_TOKEN")).Error, StringComparison.Ordinal);
        var sent = await RunAsync(analyst, "submit", Path.Combine(HubForCli.Samples, "yaan-hw-2022.csv"), "--token-env", "MY_TOKEN");
        Assert.Contains("AUTHORITY_MISSING", sent.Error, StringComparison.Ordinal);
        Assert.Contains("IDENTITY_MISSING", (await RunAsync(analyst, "query", "--indicator", "HUB-HW-GEN")).Error, StringComparison.Ordinal);

        var empty = await RunAsync(analyst, "query", "--indicator", "HUB-HW-GEN", "--token-env", "NO_TOKEN");
        Assert.Equal((2, true), (empty.ExitCode, empty.Error.Contains("NO_TOKEN", StringComparison.Ordinal)));
        // It would be read on the way.
        var plain = await RunAsync(analyst, "query", "--indicator", "HUB-HW-GEN", "--token-env", "MY_TOKEN", "--hub", "http://127.0.0.1:1");
        Assert.Equal((2, true), (plain.ExitCode, plain.Error.Contains("no TLS", StringComparison.Ordinal)));
        Assert.DoesNotContain(token, sent.Error + plain.Error + empty.Error + hub.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_made_is_readable_by_its_owner_alone_and_never_replaced()
    {
        await _security.InitAsync();
        var made = Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText);
        Assert.All(made.Keys, file => Assert.Equal("rw-------", ModeOf(file)));
        Assert.Equal("rwx------", ModeOf(Folder));

        var again = await RunAsync([], "admin", "init", Folder, "--address", "https://hub.example:5443");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("never replaced", again.Error, StringComparison.Ordinal);
        Assert.Equal(made, Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText));

        using var server = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Folder, "server.pem"));
        Assert.True(server.MatchesHostname("hub.example"));
        Assert.True(server.MatchesHostname("10.1.2.3"));
        Assert.True(server.MatchesHostname("127.0.0.1"));
        Assert.False(server.MatchesHostname("another.example"));
    }

    [Fact]
    public async Task A_partner_may_keep_its_private_key_and_gets_a_sheet_with_all_it_needs()
    {
        await _security.InitAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Path.Combine(_security.Root, "request.pem");
        await File.WriteAllTextAsync(request, new CertificateRequest("CN=whoever", key, HashAlgorithmName.SHA256).CreateSigningRequestPem(), Cancellation);
        await DoneAsync("admin", "org", "add", "yaan", "--security", Folder, "--csr", request);

        var folder = Path.Combine(Folder, "issued", "yaan");
        Assert.Equal(["CONNECT.md", "ca.pem", "cert.pem"], Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "cert.pem"));
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), certificate.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.DoesNotContain("whoever", certificate.Subject, StringComparison.Ordinal);
        var sheet = await File.ReadAllTextAsync(Path.Combine(folder, "CONNECT.md"), Cancellation);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Folder, "ca.pem"));
        Assert.Contains("https://hub.example:5443", sheet, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(authority.GetCertHash(HashAlgorithmName.SHA256)), sheet, StringComparison.Ordinal);
        Assert.Contains(CredentialNames.Fingerprint(certificate), sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", sheet, StringComparison.Ordinal);

        Assert.Contains("--renew", (await RunAsync([], "admin", "org", "add", "yaan", "--security", Folder)).Error, StringComparison.Ordinal);
        await DoneAsync("admin", "org", "add", "yaan", "--security", Folder, "--renew");
        Assert.True(File.Exists(Path.Combine(folder, "key.pem")));
        Assert.Single(AccessList.Read(Path.Combine(Folder, "access.json")).Callers, caller => caller.Name == "yaan");
    }

    [Fact]
    public async Task Changes_of_the_access_list_at_one_time_are_all_kept()
    {
        await _security.InitAsync();
        var tokens = Enumerable.Range(0, 10).Select(i => $"token:{i}").ToList();
        await Task.WhenAll(tokens.Select(name => Task.Run(() => DoneAsync("admin", "deny", name, "--security", Folder), Cancellation))
            .Concat([Task.Run(() => DoneAsync("admin", "org", "add", "yaan", "--security", Folder)), Task.Run(() => DoneAsync("admin", "org", "add", "wanzhou", "--security", Folder))]));

        await Task.WhenAll(tokens.Take(5).Select(name => Task.Run(() => DoneAsync("admin", "allow", name, "--security", Folder), Cancellation))
            .Append(Task.Run(() => DoneAsync("admin", "deny", "yaan", "--security", Folder))));

        var access = AccessList.Read(Path.Combine(Folder, "access.json"));
        Assert.Equal([.. tokens.Skip(5).Prepend("caller:yaan")], access.Denied.Select(denial => denial.What).Order(StringComparer.Ordinal));
        Assert.Equal(["administrator", "auditor", "wanzhou", "yaan"], access.Callers.Select(caller => caller.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1, "no caller nobody", "admin", "deny", "nobody", "--security", "SEC")]
    [InlineData(2, "KIND of", "admin", "deny", "person:nobody", "--security", "SEC")]
    [InlineData(1, "matches nobody", "admin", "deny", "caller:nobody", "--security", "SEC")]
    [InlineData(1, "matches nobody", "admin", "deny", "caller:Administrator", "--security", "SEC")]
    [InlineData(1, "matches nobody", "admin", "deny", "organization:nobody", "--security", "SEC")]
    [InlineData(1, "matches nobody", "admin", "deny", "certificate:D0", "--security", "SEC")]
    [InlineData(2, "KIND of", "admin", "deny", "Caller:administrator", "--security", "SEC")]
    [InlineData(1, "not denied", "admin", "allow", "caller:administrator", "--security", "SEC")]
    [InlineData(1, "no security folder", "admin", "org", "list", "--security", "NOWHERE")]
    [InlineData(2, "organisation id", "admin", "org", "add", "Not An Id", "--security", "SEC")]
    [InlineData(2, "emperor", "admin", "org", "add", "yaan", "--roles", "emperor", "--security", "SEC")]
    [InlineData(1, "no caller yaan", "admin", "org", "add", "yaan", "--renew", "--security", "SEC")]
    [InlineData(1, "P-256", "admin", "org", "add", "yaan", "--token-key", "SEC/ca-key.pem", "--security", "SEC")]
    [InlineData(1, "certificate request", "admin", "org", "add", "yaan", "--csr", "SEC/ca.pem", "--security", "SEC")]
    [InlineData(2, "https://HOST:PORT", "admin", "init", "NEW", "--address", "hub.example")]
    [InlineData(1, "private key", "token", "sign", "--signing-key", "SEC/ca.pem", "--caller", "yaan", "--hub", "https://hub.example")]
    [InlineData(2, "--audience", "token", "sign", "--signing-key", "SEC/ca-key.pem", "--caller", "yaan")]
    [InlineData(2, "--grace", "admin", "org", "add", "yaan", "--renew", "--grace", "-1", "--security", "SEC")]
    [InlineData(2, "--minutes", "token", "sign", "--signing-key", "SEC/ca-key.pem", "--caller", "yaan", "--minutes", "100000")]
    [InlineData(2, "wfx admin init", "serve", "--urls", "http://0.0.0.0:5080", "--data", "NEW")]
    [InlineData(2, "wfx admin init", "serve", "--urls", "https://127.0.0.1:5443", "--data", "NEW")]
    [InlineData(2, "https", "serve", "--security", "SEC", "--urls", "http://127.0.0.1:5080", "--data", "NEW")]
    [InlineData(1, "wfx admin init", "serve", "--security", "NOWHERE", "--data", "NEW")]
    [InlineData(2, "go together", "query", "--indicator", "HUB-HW-GEN", "--hub", "https://127.0.0.1:1", "--cert", "SEC/issued/auditor/cert.pem")]
    [InlineData(2, "no certificate", "query", "--indicator", "HUB-HW-GEN", "--hub", "https://127.0.0.1:1", "--ca", "SEC/access.json")]
    public async Task What_cannot_be_done_is_said_plainly(int exitCode, string says, params string[] args)
    {
        await _security.InitAsync();
        var run = await RunAsync([], [.. args.Select(arg => arg.Replace("SEC", Folder).Replace("NOWHERE", Path.Combine(_security.Root, "nowhere")).Replace("NEW", Path.Combine(_security.Root, "new")))]);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", run.Error, StringComparison.Ordinal);
    }

    /// <summary>As <c>ls</c> writes it; elsewhere than on Unix a folder inherits its rights.</summary>
    private static string ModeOf(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It is about the rights of Unix.");
        if (OperatingSystem.IsWindows()) return "";
        var mode = (int)File.GetUnixFileMode(path);
        return string.Concat(Enumerable.Range(0, 9).Select(bit => (mode & (256 >> bit)) != 0 ? "rwx"[bit % 3] : '-'));
    }
}
