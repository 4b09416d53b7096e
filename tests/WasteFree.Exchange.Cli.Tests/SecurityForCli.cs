using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary>A security folder that wfx makes, and wfx run with what it issued.</summary>
internal sealed class SecurityForCli : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("wfx-security-test-").FullName;

    public string Folder => Path.Combine(Root, "security");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public Task<CliRun> InitAsync() => DoneAsync("admin", "init", Folder, "--address", "https://hub.example:5443", "--name", "10.1.2.3");

    public HubEnvironment As(string caller, string address) => new()
    {
        ["WFX_HUB"] = address,
        ["WFX_ORG"] = caller,
        ["WFX_CA"] = Path.Combine(Folder, "issued", caller, "ca.pem"),
        ["WFX_CERT"] = Path.Combine(Folder, "issued", caller, "cert.pem"),
        ["WFX_CERT_KEY"] = Path.Combine(Folder, "issued", caller, "key.pem"),
    };

    public static async Task<CliRun> DoneAsync(params string[] args)
    {
        var run = await RunAsync([], args);
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }

    public static Task<CliRun> RunAsync(Dictionary<string, string> environment, params string[] args) => CliRun.OfAsync(environment, args, Cancellation);

    /// <summary>Changes of the folder are taken within seconds.</summary>
    public static async Task SoonAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            Assert.InRange(tries, 0, 100);
            await Task.Delay(200, Cancellation);
        }
    }

    public sealed class HubEnvironment : Dictionary<string, string>
    {
        public HubEnvironment Without(params string[] names)
        {
            var left = new HubEnvironment();
            foreach (var (name, value) in this.Where(entry => !names.Contains(entry.Key))) left[name] = value;
            return left;
        }
    }
}
