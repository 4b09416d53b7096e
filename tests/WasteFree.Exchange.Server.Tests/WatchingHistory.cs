using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>A random history on two hubs that share a store, and the model that went through the same.</summary>
internal sealed class WatchingHistory : IAsyncDisposable
{
    private const int Steps = 60;
    private const int LargeReports = 2;

    private static readonly string[] Organizations = [WatchingHub.Wanzhou, WatchingHub.DemoWanzhou, WatchingHub.DemoChengdu];
    private static readonly string[] Indicators = ["ZW21-11", "ZW21-19"];
    private static readonly string[] Scopes = ["WHOLE", "URBAN"];
    private static readonly string[] Periods = ["2019", "2020", "2021", "2022", "2023", "2022-01", "2022-02", "2022-03", "2022-Q1"];

    private HubFolder _folder = null!;
    private readonly Random _random;
    private int _reports;

    private WatchingHistory(int seed) => _random = new Random(seed);

    public WatchingModel Model { get; } = new();

    public WatchingHub[] Hubs { get; private set; } = [];

    /// <summary>The filters that the guarantees are tested with, each with the same in plain words.</summary>
    public static IReadOnlyList<(ObservationFilter Filter, Func<ModelKey, bool> Takes)> Filters { get; } =
    [
        (new() { IncludeIllustrative = true }, static _ => true),
        (new(), static key => !key.Illustrative),
        (new() { IncludeIllustrative = true, Indicators = { "ZW21-19" } }, static key => key.Indicator == "ZW21-19"),
        (new() { IncludeIllustrative = true, Regions = { "510100" } }, static key => key.Region == "510100"),
        (new() { IncludeIllustrative = true, Scopes = { "URBAN" }, Organizations = { WatchingHub.DemoWanzhou } },
            static key => key is { Scope: "URBAN", Organization: WatchingHub.DemoWanzhou }),
        (new() { IncludeIllustrative = true, Periods = { "2021", "2022-Q1" } }, static key => key.Period is "2021" or "2022-Q1"),
        (new() { IncludeIllustrative = true, PeriodFrom = "2020", PeriodTo = "2022-02" },
            static key => key.Period is "2020" or "2021" or "2022-01" or "2022-02"),
    ];

    /// <param name="seed">The same seed makes the same history.</param>
    /// <param name="atStep">Called before each step.</param>
    public static async Task<WatchingHistory> BuildAsync(int seed, Func<WatchingHistory, int, Task>? atStep = null)
    {
        var history = new WatchingHistory(seed) { _folder = await HubFolder.CreateAsync() };
        history.Hubs = [await WatchingHub.StartAsync(history._folder), await WatchingHub.StartAsync(history._folder)];
        // The built-in catalogue and the illustrative organisations.
        history.Model.Catalog();
        history.Model.Catalog();
        for (var step = 0; step < Steps; step++)
        {
            if (atStep is not null) await atStep(history, step);
            await history.StepAsync(step);
        }
        return history;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hub in Hubs) await hub.DisposeAsync();
        await _folder.DisposeAsync();
    }

    private async Task StepAsync(int step)
    {
        var hub = Hubs[_random.Next(Hubs.Length)];
        switch (_random.Next(20))
        {
            case 0:
                await hub.LoadOrganizationAsync($"demo-extra-{step}", illustrative: true);
                Model.Catalog();
                break;
            case < 5 when Model.Reports.Count > 0:
                var gone = Model.Reports[_random.Next(Model.Reports.Count)];
                await hub.WithdrawAsync(gone.Split('/')[1], gone.Split('/')[3]);
                Model.Withdraw(gone);
                break;
            default:
                var large = step % (Steps / LargeReports) == Steps / LargeReports / 2;
                await CommitAsync(hub, large);
                break;
        }
    }

    private async Task CommitAsync(WatchingHub hub, bool large)
    {
        var organization = Organizations[_random.Next(Organizations.Length)];
        var rows = large ? LargeRows(organization) : SmallRows(organization);
        var id = $"r{_reports++}";
        var receipt = await hub.SubmitAsync(organization, id, rows.Select(row => row.Key.Row(row.Value!)));
        Model.Commit($"organizations/{organization}/reports/{id}", rows);
        Xunit.Assert.Equal(Model.Changes[^1].Position, receipt.Position);
    }

    /// <summary>Few keys and fewer values, so that revisions and unchanged values come often.</summary>
    private ModelRow[] SmallRows(string organization) =>
    [
        .. Enumerable.Range(0, _random.Next(1, 12))
            .Select(_ => new ModelKey(organization, Any(Indicators), Any(Scopes), Any(Periods)))
            .Distinct()
            .Select(key => new ModelRow(key, $"{_random.Next(1, 4)}")),
    ];

    /// <summary>More rows than one message of the feed holds.</summary>
    private ModelRow[] LargeRows(string organization) =>
    [
        .. Enumerable.Range(0, _random.Next(501, 1_300))
            .Select(day => new ModelRow(
                new ModelKey(organization, "ZW21-11", "URBAN", new DateOnly(2001, 1, 1).AddDays(day).ToString("yyyy-MM-dd")), $"{_random.Next(1, 4)}")),
    ];

    private string Any(string[] of) => of[_random.Next(of.Length)];
}
