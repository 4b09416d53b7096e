using System.Net;
using Microsoft.AspNetCore.Builder;
using WasteFree.Exchange.Server;

namespace WasteFree.Exchange.Faults.Hubs;

/// <summary>A hub in this process, where its clock and its disk can be chosen.</summary>
internal sealed class HubHere : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HubHere(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Address.Port);

    public static async Task<HubHere> StartAsync(Stage stage, TimeProvider? time = null, int? maxPages = null, CancellationToken cancellationToken = default)
    {
        var app = Hub.Build(new HubOptions
        {
            DataDirectory = stage.Folder,
            SqlServer = stage.Database.SqlServer,
            Url = "http://127.0.0.1:0",
            AllowIllustrative = true,
            Time = time ?? TimeProvider.System,
            MaxDatabasePages = maxPages,
        });
        await app.StartAsync(cancellationToken);
        return new HubHere(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
