using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Authorisation;

/// <summary>A hub with three indicators that are shared differently and organisations of two provinces, all made up (示例).</summary>
internal sealed class SharingHub : IAsyncDisposable
{
    public const string Free = "S-OPEN";
    public const string Conditional = "S-COND";
    public const string Shut = "S-SHUT";

    public static readonly string[] Indicators = [Free, Conditional, Shut];

    /// <summary>Each with the region that it reports; east and near lie in Chongqing, west and far in Sichuan.</summary>
    public static readonly (string Id, string Region)[] Organizations = [("east", "500103"), ("near", "500104"), ("west", "510300"), ("far", "510400")];

    private int _reports;

    private SharingHub(RunningHub hub) => Hub = hub;

    public RunningHub Hub { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<SharingHub> StartAsync(TimeProvider? time = null)
    {
        var hub = new SharingHub(await RunningHub.StartAsync(time: time));
        await hub.LoadAsync(CatalogTableKind.Indicators, """
            code,name_zh,unit,kind,direction,aggregation,sharing
            S-OPEN,示例开放量,t,amount,lower,sum,无条件
            S-COND,示例有条件量,t,amount,lower,sum,有条件
            S-SHUT,示例不共享量,t,amount,lower,sum,不予共享
            """);
        await hub.LoadAsync(
            CatalogTableKind.Organizations,
            "id,name_zh,regions\n" + string.Join('\n', Organizations.Select(organization => $"{organization.Id},示例,{organization.Region}")));
        return hub;
    }

    public static string RegionOf(string organization) => Organizations.Single(known => known.Id == organization).Region;

    public static Observation Row(string organization, string indicator, string period, string value, string? region = null) =>
        new() { Indicator = indicator, Region = region ?? RegionOf(organization), Period = period, Value = value, Note = "示例" };

    /// <param name="rows">Lines of grantee, owner, indicators, regions, purpose, valid_from, valid_until.</param>
    public Task GrantAsync(params string[] rows) =>
        LoadAsync(CatalogTableKind.Grants, "grantee,owner,indicators,regions,purpose,valid_from,valid_until\n" + string.Join('\n', rows));

    public async Task LoadAsync(CatalogTableKind kind, string csv)
    {
        var response = await Hub.Admin.LoadCatalogAsync(
            new LoadCatalogRequest { Tables = { new CatalogTable { Kind = kind, Csv = ByteString.CopyFromUtf8(csv) } } }, RunningHub.AsAdmin, cancellationToken: Cancelled);
        Assert.True(response.Loaded is not null, response.ToString());
    }

    /// <returns>The report's id.</returns>
    public async Task<string> SubmitAsync(string organization, params Observation[] rows)
    {
        var id = $"r{++_reports}";
        var response = await Hub.Reports.SubmitReportAsync(
            new SubmitReportRequest { Report = Rows.Name(id, organization), Rows = { rows } }, RunningHub.As(organization), cancellationToken: Cancelled);
        Assert.True(response.Committed is not null, response.ToString());
        return id;
    }

    public async Task<V1.Comparison> CompareAsync(string? caller, string indicator, string period, params string[] regions)
    {
        var request = new CompareMetricsRequest { Indicators = { indicator }, Periods = { period }, Regions = { regions } };
        return Assert.Single((await Hub.Metrics.CompareMetricsAsync(request, Headers(caller), cancellationToken: Cancelled)).Comparisons);
    }

    public static Metadata Headers(string? caller) => caller is null ? [] : RunningHub.As(caller);

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
