using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using WasteFree.Exchange.Server.Security;
using Xunit;
using static WasteFree.Exchange.Cli.Tests.SecurityForCli;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary>Which certificates are out, until when, and what a renewal does to the one before.</summary>
public sealed class IssuedTests : IDisposable
{
    private readonly SecurityForCli _security = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Folder => _security.Folder;

    public void Dispose() => _security.Dispose();

    [Fact]
    public async Task What_is_issued_is_registered_with_its_end_and_renewing_ends_the_one_before()
    {
        await _security.InitAsync();
        await DoneAsync("admin", "org", "add", "yaan", "--security", Folder);
        using var first = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Folder, "issued", "yaan", "cert.pem"));
        var listed = await IssuedAsync();
        Assert.Equal(["the hub", "administrator", "auditor", "yaan"], listed.Select(row => row["caller"]));
        Assert.All(listed, row => Assert.Equal("valid", row["state"]));
        var mine = listed[^1];
        Assert.Equal(
            (Convert.ToHexStringLower(first.GetCertHash(HashAlgorithmName.SHA256)), CredentialNames.Fingerprint(first), first.SerialNumber),
            (mine["fingerprint"], mine["key"], mine["serial"]));
        Assert.Equal(first.NotAfter.ToUniversalTime().ToString("u", System.Globalization.CultureInfo.InvariantCulture), mine["end"]);

        Assert.Contains("refused from now on", (await DoneAsync("admin", "org", "add", "yaan", "--security", Folder, "--renew")).Out, StringComparison.Ordinal);
        Assert.Equal(["denied", "valid"], (await IssuedAsync()).Where(row => row["caller"] == "yaan").Select(row => row["state"]));
        var denial = Assert.Single(AccessList.Read(Path.Combine(Folder, "access.json")).Denied);
        Assert.Equal(($"fingerprint:{mine["fingerprint"]}", "renewed", null), (denial.What, denial.Why, denial.From));

        await DoneAsync("admin", "org", "add", "yaan", "--security", Folder, "--renew", "--grace", "48");
        Assert.Equal(["denied", "replaced", "valid"], (await IssuedAsync()).Where(row => row["caller"] == "yaan").Select(row => row["state"]));
        var later = AccessList.Read(Path.Combine(Folder, "access.json")).Denied[^1];
        Assert.Equal(48, Math.Round((later.From!.Value - later.Since!.Value).TotalHours));
        // What is to be refused later can be refused at once.
        await DoneAsync("admin", "deny", later.What, "--security", Folder);
        Assert.Equal(["denied", "denied", "valid"], (await IssuedAsync()).Where(row => row["caller"] == "yaan").Select(row => row["state"]));

        await DoneAsync("admin", "renew", "--security", Folder);
        Assert.Equal(["replaced", "valid"], (await IssuedAsync()).Where(row => row["caller"] == "the hub").Select(row => row["state"]));
    }

    [Fact]
    public async Task A_certificate_that_was_renewed_is_refused_and_the_new_one_is_taken()
    {
        await _security.InitAsync();
        await DoneAsync("admin", "org", "add", "yaan", "--security", Folder);
        await using var hub = WfxProcess.Start("serve", "--security", Folder, "--urls", "https://127.0.0.1:0", "--data", Path.Combine(_security.Root, "data"));
        var ready = await hub.ReadLineAsync();
        var before = _security.As("yaan", ready[ready.IndexOf("https", StringComparison.Ordinal)..].TrimEnd('/'));
        Directory.CreateDirectory(Path.Combine(_security.Root, "old"));
        foreach (var (variable, file) in new[] { ("WFX_CERT", "cert.pem"), ("WFX_CERT_KEY", "key.pem") })
        {
            File.Copy(before[variable], Path.Combine(_security.Root, "old", file));
            before[variable] = Path.Combine(_security.Root, "old", file);
        }
        Assert.Equal(0, (await RunAsync(before, "query", "--indicator", "HUB-HW-GEN")).ExitCode);

        await DoneAsync("admin", "org", "add", "yaan", "--security", Folder, "--renew");

        await SoonAsync(async () => (await RunAsync(before, "query", "--indicator", "HUB-HW-GEN")).Error.Contains("CREDENTIAL_REFUSED", StringComparison.Ordinal));
        Assert.Equal(0, (await RunAsync(_security.As("yaan", before["WFX_HUB"]), "query", "--indicator", "HUB-HW-GEN")).ExitCode);
        hub.Signal(WfxProcess.SigTerm);
        await hub.EndAsync();
        Assert.Contains("CertificateDenied", hub.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_ends_within_a_month_is_told_when_the_register_is_listed()
    {
        await _security.InitAsync();
        var register = Path.Combine(Folder, "issued.json");
        var text = await File.ReadAllTextAsync(register, Cancellation);
        var soon = TimeProvider.System.GetUtcNow().AddDays(20);
        await File.WriteAllTextAsync(register, System.Text.RegularExpressions.Regex.Replace(text, "\"end\": \"[^\"]*\"", $"\"end\": \"{soon:O}\""), Cancellation);
        var run = await DoneAsync("admin", "issued", "--security", Folder);
        Assert.Contains("ends-soon", run.Out, StringComparison.Ordinal);
        Assert.Contains("auditor: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("renew it", run.Error, StringComparison.Ordinal);
    }

    private async Task<List<Dictionary<string, string>>> IssuedAsync()
    {
        var lines = (await DoneAsync("admin", "issued", "--security", Folder, "--format", "csv")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => header.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second))];
    }
}
