using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>
/// A real hub on a data folder that outlives it: another one may run on the same folder, or come after it.
/// </summary>
internal sealed class WatchingHub : IAsyncDisposable
{
    public const string Wanzhou = "wanzhou";
    public const string DemoWanzhou = "demo-500101";
    public const string DemoChengdu = "demo-510100";

    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private WatchingHub(WebApplication app)
    {
        _app = app;
        _channel = GrpcChannel.ForAddress(app.Urls.Single());
    }

    public IServiceProvider Services => _app.Services;

    public FeedService.FeedServiceClient Feed => new(_channel);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="folder">Its database.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="isRestored">An older copy was put back, and its operator knows.</param>
    public static async Task<WatchingHub> StartAsync(HubFolder folder, TimeProvider? time = null, bool isRestored = false)
    {
        var app = Hub.Build(folder.Options(allowIllustrative: true, time) with { AcceptRestored = isRestored });
        await app.StartAsync(Cancelled);
        return new WatchingHub(app);
    }

    public async Task<Receipt> SubmitAsync(string organization, string report, IEnumerable<Observation> rows)
    {
        var response = await new ReportService.ReportServiceClient(_channel).SubmitReportAsync(
            new SubmitReportRequest { Report = $"organizations/{organization}/reports/{report}", Rows = { rows } },
            RunningHub.As(organization), cancellationToken: Cancelled);
        Assert.True(response.Committed is not null, response.ToString());
        return response.Committed.Receipt;
    }

    public async Task WithdrawAsync(string organization, string report) =>
        await new ReportService.ReportServiceClient(_channel).WithdrawReportAsync(
            new WithdrawReportRequest { Name = $"organizations/{organization}/reports/{report}", Reason = "示例 wrong" },
            RunningHub.As(organization), cancellationToken: Cancelled);

    public async Task LoadOrganizationAsync(string id, bool illustrative)
    {
        var csv = $"id,name_zh,name_en,kind,regions,illustrative\n{id},示例机构,Example,district,500101,{(illustrative ? "true" : "false")}\n";
        var response = await new AdminService.AdminServiceClient(_channel).LoadCatalogAsync(
            new LoadCatalogRequest { Tables = { new CatalogTable { Kind = CatalogTableKind.Organizations, Csv = Google.Protobuf.ByteString.CopyFromUtf8(csv) } } },
            RunningHub.AsAdmin, cancellationToken: Cancelled);
        Assert.True(response.Loaded is not null, response.ToString());
    }

    /// <summary>Every message until the watch has caught up, that one included.</summary>
    public async Task<List<WatchResponse>> ReadAsync(WatchRequest request)
    {
        using var watch = Feed.Watch(request, cancellationToken: Cancelled);
        var messages = new List<WatchResponse>();
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
            messages.Add(watch.ResponseStream.Current);
        }
        while (messages[^1].MessageCase != WatchResponse.MessageOneofCase.CaughtUp);
        return messages;
    }

    /// <summary>The reason why the hub refuses a watch.</summary>
    public async Task<RpcException> RefusalAsync(WatchRequest request, Metadata? headers = null)
    {
        using var watch = Feed.Watch(request, headers, cancellationToken: Cancelled);
        return await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(Cancelled));
    }

    /// <summary>Has this hub check the ledger.</summary>
    public async Task<VerifyLedgerResult> VerifyAsync()
    {
        using var call = new AdminService.AdminServiceClient(_channel).VerifyLedger(new VerifyLedgerRequest(), RunningHub.AsAdmin, cancellationToken: Cancelled);
        do Assert.True(await call.ResponseStream.MoveNext(Cancelled));
        while (call.ResponseStream.Current.Result is null);
        return call.ResponseStream.Current.Result;
    }

    public Task StopAsync() => _app.StopAsync(Cancelled);

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
