using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Server.Tests.Comparability;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.NonInterference;

/// <summary>
/// Two hubs on one clock. What observers may know of is told to both; what they may not know of differs. Both ledgers have
/// as many entries at the same instants: positions are dense, so that the ledger has moved is no secret.
/// </summary>
internal sealed class Twins : IAsyncDisposable
{
    private Twins(FakeTimeProvider clock, RunningHub[] hubs) => (Clock, Hubs) = (clock, hubs);

    public FakeTimeProvider Clock { get; }

    /// <summary>The two of them.</summary>
    public IReadOnlyList<RunningHub> Hubs { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Twins> StartAsync()
    {
        var clock = At.Clock(2026, 3, 1);
        var twins = new Twins(clock, [await RunningHub.StartAsync(allowIllustrative: true, clock), await RunningHub.StartAsync(allowIllustrative: true, clock)]);
        await twins.LoadAsync(CatalogTableKind.Regions, TwinTables.RegionRows);
        await twins.LoadAsync(CatalogTableKind.Organizations, TwinTables.OrganizationRows);
        await twins.LoadAsync(CatalogTableKind.Indicators, TwinTables.IndicatorRows);
        await twins.LoadAsync(CatalogTableKind.Categories, TwinTables.CategoryRows);
        await twins.LoadAsync(CatalogTableKind.Targets, TwinTables.TargetRows);
        await twins.LoadAsync(CatalogTableKind.Grants, TwinTables.GrantRows);
        return twins;
    }

    /// <summary>The same table for both.</summary>
    public Task LoadAsync(CatalogTableKind kind, string csv) => LoadAsync(kind, csv, csv);

    public async Task LoadAsync(CatalogTableKind kind, string one, string other)
    {
        foreach (var (hub, csv) in Hubs.Zip([one, other]))
        {
            var request = new LoadCatalogRequest { Tables = { new CatalogTable { Kind = kind, Csv = ByteString.CopyFromUtf8(csv) } } };
            var response = await hub.Admin.LoadCatalogAsync(request, RunningHub.AsAdmin, cancellationToken: Cancelled);
            Assert.True(response.Loaded is not null, response.ToString());
        }
    }

    /// <summary>The same name for both, with the rows of each.</summary>
    public async Task SubmitAsync(string organization, string id, params IReadOnlyList<Observation>[] rows)
    {
        foreach (var (hub, own) in Hubs.Zip(rows)) await SubmitToAsync(hub, organization, id, own);
    }

    public static async Task SubmitToAsync(RunningHub hub, string organization, string id, IReadOnlyList<Observation> rows, bool mustCommit = true, bool check = false)
    {
        var request = new SubmitReportRequest { Report = Rows.Name(id, organization), Rows = { rows }, ValidateOnly = check };
        var response = await hub.Reports.SubmitReportAsync(request, RunningHub.As(organization), cancellationToken: Cancelled);
        Assert.True(response.Committed is not null == mustCommit, response.ToString());
    }

    public static async Task WithdrawAsync(RunningHub hub, string organization, string id) => await hub.Reports.WithdrawReportAsync(
        new WithdrawReportRequest { Name = Rows.Name(id, organization), Reason = "示例" }, RunningHub.As(organization), cancellationToken: Cancelled);

    public static async Task RetractAsync(RunningHub hub, string organization, string id) => await hub.Reports.RetractReportAsync(
        new RetractReportRequest { Name = Rows.Name(id, organization), Reason = "示例" }, RunningHub.As(organization), cancellationToken: Cancelled);

    /// <summary>The head of both ledgers.</summary>
    public async Task<long> HeadAsync()
    {
        var heads = new List<long>();
        foreach (var hub in Hubs) heads.Add((await hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled)).HeadPosition);
        return Assert.Single(heads.Distinct());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hub in Hubs) await hub.DisposeAsync();
    }
}
