using Microsoft.AspNetCore.Builder;
using WasteFree.Exchange.Server;

namespace WasteFree.Exchange.Client.Tests;

/// <summary>A real hub on a real database in a folder of its own; it can be stopped and started again.</summary>
public sealed class HubInProcess : IAsyncDisposable
{
    public const string Organization = "demo-500101";

    private readonly string _folder = Directory.CreateTempSubdirectory("wfx-client-test-").FullName;
    private WebApplication? _app;

    private string Database => Path.Combine(_folder, "exchange.db");

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public static async Task<HubInProcess> StartAsync()
    {
        var hub = new HubInProcess();
        await hub.RunAsync();
        return hub;
    }

    /// <summary>Stops the hub, drained, and starts another on the same port and database.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await RunAsync();
    }

    public async Task StopAsync()
    {
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>A copy of the database as it is now.</summary>
    public async Task<string> CopyAsync()
    {
        await StopAsync();
        var copy = Path.Combine(_folder, "copy.db");
        File.Copy(Database, copy);
        await RunAsync();
        return copy;
    }

    /// <summary>Puts an older copy in the place of the database, as an operator would after a loss.</summary>
    public async Task RestoreAsync(string copy)
    {
        await StopAsync();
        File.Copy(copy, Database, overwrite: true);
        await RunAsync(acceptRestored: true);
    }

    public ExchangeConnection Connect(Uri? through = null, TimeSpan? giveUpAfter = null, string organization = Organization) => new(new ConnectionOptions
    {
        Hub = through ?? Address,
        Organization = organization,
        GiveUpAfter = giveUpAfter ?? TimeSpan.FromMinutes(1),
    });

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync(bool acceptRestored = false)
    {
        _app = Hub.Build(new HubOptions { DataDirectory = _folder, Url = Address.GetLeftPart(UriPartial.Authority), AllowIllustrative = true, AcceptRestored = acceptRestored });
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }
}
