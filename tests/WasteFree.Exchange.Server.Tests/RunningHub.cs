using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WasteFree.Exchange.Server.Limits;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>The real hub in this process: Kestrel on a free port, a database of its own.</summary>
internal sealed class RunningHub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HubFolder _data;
    private readonly GrpcChannel _channel;
    private readonly ErrorLog _errors = new();
    private bool _handedOn;

    private RunningHub(WebApplication app, HubFolder data)
    {
        _app = app;
        _data = data;
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _channel = GrpcChannel.ForAddress(Address);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(_errors);
    }

    public string Address { get; }

    public HubFolder Data => _data;

    public CatalogService.CatalogServiceClient Catalog => new(_channel);

    public ReportService.ReportServiceClient Reports => new(_channel);

    public MetricService.MetricServiceClient Metrics => new(_channel);

    public FeedService.FeedServiceClient Feed => new(_channel);

    public AdminService.AdminServiceClient Admin => new(_channel);

    public GrpcChannel Channel => _channel;

    public IServiceProvider Services => _app.Services;

    /// <summary>What the hub has logged as an error: a bug or a broken dependency, never a client's doing.</summary>
    public IReadOnlyCollection<string> Errors => _errors.Messages;

    public static async Task<RunningHub> StartAsync(bool allowIllustrative = false, TimeProvider? time = null, HubLimits? limits = null, MachineGrant? machine = null) =>
        await StartAsync(await HubFolder.CreateAsync(), allowIllustrative, time, limits, machine);

    /// <summary>On a folder that stays.</summary>
    public static async Task<RunningHub> StartOnAsync(HubFolder data, Func<HubOptions, HubOptions>? change = null, TimeProvider? time = null)
    {
        var hub = await StartAsync(data, allowIllustrative: false, time, limits: null, change: change);
        hub._handedOn = true;
        return hub;
    }

    /// <summary>Ends this hub and starts another one on its data folder.</summary>
    public async Task<RunningHub> RestartAsync(bool allowIllustrative = false, TimeProvider? time = null)
    {
        _handedOn = true;
        await DisposeAsync();
        return await StartAsync(_data, allowIllustrative, time, limits: null);
    }

    /// <summary>Who calls: an organisation and its roles.</summary>
    public static Metadata As(string organization, string? roles = null)
    {
        var headers = new Metadata { { "wfx-organization", organization } };
        if (roles is not null) headers.Add("wfx-roles", roles);
        return headers;
    }

    public static Metadata AsAdmin => new() { { "wfx-roles", "admin,reader" } };

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
        if (!_handedOn) await _data.DisposeAsync();
    }

    private static async Task<RunningHub> StartAsync(
        HubFolder data, bool allowIllustrative, TimeProvider? time, HubLimits? limits, MachineGrant? machine = null, Func<HubOptions, HubOptions>? change = null)
    {
        var options = data.Options(allowIllustrative, time) with { Limits = limits };
        if (machine is not null) options = options with { Machine = machine };
        var app = Hub.Build(change?.Invoke(options) ?? options);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        return new RunningHub(app, data);
    }
}
