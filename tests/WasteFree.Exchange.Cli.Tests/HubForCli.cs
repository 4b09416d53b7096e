using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Cli.Hosting;
using WasteFree.Exchange.Server;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary>A real hub on a free port, and a folder for files.</summary>
internal sealed class HubForCli : IAsyncDisposable
{
    private readonly RunningHub _hub;

    private HubForCli(string folder, RunningHub hub)
    {
        Folder = folder;
        _hub = hub;
    }

    public string Folder { get; }

    public Uri Address => _hub.Address;

    public static string Samples => Path.Combine(AppContext.BaseDirectory, "samples");

    public static async Task<HubForCli> StartAsync(bool allowIllustrative = true)
    {
        var folder = Directory.CreateTempSubdirectory("wfx-cli-test-").FullName;
        var options = new HubOptions { DataDirectory = Path.Combine(folder, "data"), Url = "http://127.0.0.1:0", AllowIllustrative = allowIllustrative };
        return new HubForCli(folder, await RunningHub.StartAsync(options, TestContext.Current.CancellationToken));
    }

    /// <summary>With Ya'an's bulletins at positions 3 and 4, then two made-up reports (示例), each named as its file.</summary>
    public static async Task<HubForCli> StartWithSamplesAsync()
    {
        var hub = await StartAsync();
        foreach (var (file, organization) in new[]
        {
            ("yaan-hw-2022", "yaan"), ("yaan-hw-2023", "yaan"), ("demo-500101-2024", "demo-500101"), ("demo-510100-2024", "demo-510100"),
        })
        {
            var run = await hub.RunAsync("submit", Path.Combine(Samples, file + ".csv"), "--org", organization, "--report", file);
            Assert.True(run.ExitCode == 0, run.Error + run.Out);
        }
        return hub;
    }

    /// <summary>Runs <c>wfx</c> against this hub.</summary>
    public Task<CliRun> RunAsync(params string[] args) => CliRun.OfAsync(
        new Dictionary<string, string> { ["WFX_HUB"] = Address.GetLeftPart(UriPartial.Authority) }, args, TestContext.Current.CancellationToken);

    /// <summary>Runs <c>wfx</c> against this hub on a screen of so many columns.</summary>
    public Task<CliRun> RunAsync(int columns, params string[] args) => CliRun.OfAsync(
        new Dictionary<string, string> { ["WFX_HUB"] = Address.GetLeftPart(UriPartial.Authority), ["COLUMNS"] = $"{columns}" }, args, TestContext.Current.CancellationToken);

    /// <summary>Changes the hub's database beside it.</summary>
    public void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "data", HubOptions.DatabaseFile)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0, "nothing was changed");
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
