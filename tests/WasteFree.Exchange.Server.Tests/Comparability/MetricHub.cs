using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>A hub that knows the made-up tables, and short words to tell it and to ask it.</summary>
internal sealed class MetricHub : IAsyncDisposable
{
    private int _reports;

    private MetricHub(RunningHub hub) => Hub = hub;

    public RunningHub Hub { get; }

    public static async Task<MetricHub> StartAsync(TimeProvider? time = null, bool allowIllustrative = false)
    {
        var hub = new MetricHub(await RunningHub.StartAsync(allowIllustrative, time));
        await hub.LoadAsync(
            (CatalogTableKind.Regions, MadeUp.Regions),
            (CatalogTableKind.SchemeMembers, MadeUp.Units),
            (CatalogTableKind.Organizations, MadeUp.Organizations),
            (CatalogTableKind.Indicators, MadeUp.Indicators));
        return hub;
    }

    public Task LoadAsync(CatalogTableKind kind, string csv) => LoadAsync((kind, csv));

    public async Task LoadAsync(params (CatalogTableKind Kind, string Csv)[] tables)
    {
        var response = await TryLoadAsync(tables);
        Assert.True(response.Loaded is not null, response.ToString());
    }

    public async Task<LoadCatalogResponse> TryLoadAsync(params (CatalogTableKind Kind, string Csv)[] tables)
    {
        var request = new LoadCatalogRequest();
        request.Tables.AddRange(tables.Select(table => new CatalogTable
        {
            Kind = table.Kind, Name = $"{table.Kind.ToString().ToLowerInvariant()}.csv", Csv = ByteString.CopyFromUtf8(table.Csv),
        }));
        return await Hub.Admin.LoadCatalogAsync(request, RunningHub.AsAdmin, cancellationToken: Cancelled);
    }

    /// <returns>The report's id.</returns>
    public Task<string> SubmitAsync(params Observation[] rows) => SubmitAsAsync(MadeUp.Bureau, rows);

    public async Task<string> SubmitAsAsync(string organization, params Observation[] rows)
    {
        var id = $"r{++_reports}";
        var response = await TrySubmitAsync(organization, id, rows);
        Assert.True(response.Committed is not null, response.ToString());
        return id;
    }

    public async Task<SubmitReportResponse> TrySubmitAsync(string organization, string id, params Observation[] rows) =>
        await Hub.Reports.SubmitReportAsync(
            new SubmitReportRequest { Report = Rows.Name(id, organization), Rows = { rows } }, RunningHub.As(organization), cancellationToken: Cancelled);

    public async Task WithdrawAsync(string report, string organization = MadeUp.Bureau) =>
        await Hub.Reports.WithdrawReportAsync(
            new WithdrawReportRequest { Name = Rows.Name(report, organization), Reason = "示例" }, RunningHub.As(organization), cancellationToken: Cancelled);

    /// <summary>With its sentences.</summary>
    public async Task<CompareMetricsResponse> CompareAsync(CompareMetricsRequest request, string caller = "") =>
        await Hub.Metrics.CompareMetricsAsync(new CompareMetricsRequest(request) { IncludeMessages = true }, Headers(caller), cancellationToken: Cancelled);

    /// <summary>The answer to a question of one indicator and one period.</summary>
    public async Task<V1.Comparison> TableAsync(CompareMetricsRequest request, string caller = "") =>
        Assert.Single((await CompareAsync(request, caller)).Comparisons);

    public Task<V1.Comparison> TableAsync(string indicator, string period, string regions, Action<CompareMetricsRequest>? change = null, string caller = "") =>
        TableAsync(Question(indicator, period, regions, change), caller);

    public async Task<long> PositionAsync() =>
        (await Hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled)).HeadPosition;

    /// <param name="regions">Codes, separated by blanks.</param>
    public static CompareMetricsRequest Question(string indicator, string period, string regions, Action<CompareMetricsRequest>? change = null)
    {
        var request = new CompareMetricsRequest { Indicators = { indicator }, Periods = { period } };
        request.Regions.AddRange(regions.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        change?.Invoke(request);
        return request;
    }

    public static Metadata Headers(string caller) => caller.Length == 0 ? [] : RunningHub.As(caller);

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
