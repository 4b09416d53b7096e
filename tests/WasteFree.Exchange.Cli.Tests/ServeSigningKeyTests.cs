using System.Security.Cryptography;
using WasteFree.Exchange.Cli.Hosting;
using WasteFree.Exchange.Server;
using WasteFree.Exchange.Server.Security;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

public sealed class ServeSigningKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wfx-key-test-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What is in the file, and what is said of it.</summary>
    public static TheoryData<string, string> BadKeys
    {
        get
        {
            using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
            using var rsa = RSA.Create(2048);
            return new TheoryData<string, string>
            {
                { "", "holds no P-256 private key" },
                { "no key", "holds no P-256 private key" },
                { p384.ExportPkcs8PrivateKeyPem(), "holds no P-256 private key" },
                { rsa.ExportPkcs8PrivateKeyPem(), "holds no P-256 private key" },
                { p256.ExportSubjectPublicKeyInfoPem(), "holds no P-256 private key" },
            };
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(BadKeys))]
    public async Task A_file_without_a_private_key_on_P_256_is_refused(string pem, string said)
    {
        var path = Path.Combine(_folder, "key.pem");
        await File.WriteAllTextAsync(path, pem, Cancellation);
        var run = await ServeAsync(path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Contains(path, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_missing_or_a_folder_is_refused_and_none_is_made()
    {
        var path = Path.Combine(_folder, "missing.pem");
        var run = await ServeAsync(path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("cannot be read", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
        Assert.Equal(1, (await ServeAsync(_folder)).ExitCode);
    }

    [Fact]
    public async Task Two_hubs_with_one_key_file_sign_alike_and_SIGTERM_under_load_ends_each_with_0()
    {
        var path = Path.Combine(_folder, "key.pem");
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256)) PrivateFile.Create(path, key.ExportPkcs8PrivateKeyPem());
        var ids = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            await using var hub = WfxProcess.Start("serve", "--urls", "http://127.0.0.1:0", "--data", Path.Combine(_folder, $"{i}"), "--signing-key", path, "--allow-illustrative", "--new");
            var ready = await hub.ReadLineAsync();
            var address = ready[ready.IndexOf("http", StringComparison.Ordinal)..].TrimEnd('/');
            var shown = await CliRun.OfAsync(new Dictionary<string, string>(), ["receipt", "key", "-o", Path.Combine(_folder, $"{i}.pem"), "--hub", address], Cancellation);
            Assert.Equal(0, shown.ExitCode);
            ids.Add(await File.ReadAllTextAsync(Path.Combine(_folder, $"{i}.pem"), Cancellation));

            // A large upload and a watcher are under way.
            var rows = Path.Combine(_folder, "rows.csv");
            if (i == 0) await CliRun.OfAsync(new Dictionary<string, string>(), ["sample", "--rows", "300000", "-o", rows], Cancellation);
            await using var upload = WfxProcess.Start("submit", rows, "--org", "demo-500101", "--hub", address, "--give-up", "1");
            await using var watch = WfxProcess.Start("watch", "--hub", address, "--from", "earliest", "--include-illustrative");
            await watch.ReadLineAsync();
            hub.Signal(WfxProcess.SigTerm);
            Assert.Equal(0, await hub.EndAsync());
            Assert.Contains("the hub has ended", hub.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", hub.Error, StringComparison.Ordinal);
        }
        Assert.Equal(ids[0], ids[1]);
        Assert.Contains("BEGIN PUBLIC KEY", ids[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_that_two_keys_signed_is_proven_with_the_public_key_of_the_first()
    {
        var data = Path.Combine(_folder, "data");
        var options = new HubOptions { DataDirectory = data, Url = "http://127.0.0.1:0" };
        var old = Path.Combine(_folder, "old.pem");
        await using (var hub = await RunningHub.StartAsync(options, Cancellation)) Assert.Equal(0, (await RunAsync(hub, "receipt", "key", "-o", old)).ExitCode);
        File.Delete(Path.Combine(data, "signing-key.pem"));
        var refused = await CliRun.OfAsync(new Dictionary<string, string>(), ["serve", "--urls", "http://127.0.0.1:0", "--data", data], Cancellation);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--new", refused.Error, StringComparison.Ordinal);

        await using var again = await RunningHub.StartAsync(options with { MakeNew = true }, Cancellation);
        var alone = await RunAsync(again, "admin", "verify");
        Assert.Equal(1, alone.ExitCode);
        Assert.Contains("--key", alone.Out, StringComparison.Ordinal);
        var both = await RunAsync(again, "admin", "verify", "--key", old);
        Assert.True(both.ExitCode == 0, both.Out + both.Error);
        Assert.Contains("✓", both.Out, StringComparison.Ordinal);
    }

    private static Task<CliRun> RunAsync(RunningHub hub, params string[] args) => CliRun.OfAsync(
        new Dictionary<string, string> { ["WFX_HUB"] = hub.Address.GetLeftPart(UriPartial.Authority) }, args, Cancellation);

    private Task<CliRun> ServeAsync(string key) => CliRun.OfAsync(
        new Dictionary<string, string>(), ["serve", "--urls", "http://127.0.0.1:0", "--data", Path.Combine(_folder, "data"), "--signing-key", key], Cancellation);
}
