using WasteFree.Exchange.V1;
using Xunit;
using PlainRows = System.Linq.ILookup<(string Indicator, string Category, string Region), WasteFree.Exchange.V1.ObservationRecord>;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>A hub with a random history: reports, revisions, withdrawals, and a catalogue that changes under them.</summary>
internal sealed class RandomHistory : IAsyncDisposable
{
    private readonly Dictionary<long, PlainRows> _visible = [];
    private readonly Dictionary<(long, string), IReadOnlySet<string>> _withheld = [];
    private readonly Dictionary<long, PlainCatalog> _catalogs = [];

    private RandomHistory(MetricHub hub) => Hub = hub;

    public MetricHub Hub { get; }

    /// <summary>Every position from the first report on.</summary>
    public List<long> Positions { get; } = [];

    public static async Task<RandomHistory> OfAsync(Random random, int steps, int rowsOfAReport)
    {
        var history = new RandomHistory(await MetricHub.StartAsync(allowIllustrative: true));
        await history.Hub.LoadAsync(
            (CatalogTableKind.Regions, RandomTables.Regions),
            (CatalogTableKind.SchemeMembers, RandomTables.Members),
            (CatalogTableKind.Organizations, RandomTables.Organizations),
            (CatalogTableKind.Categories, RandomTables.Categories),
            (CatalogTableKind.Mandates, RandomTables.Mandates),
            (CatalogTableKind.Bridges, RandomTables.Bridges),
            (CatalogTableKind.Indicators, RandomTables.Definitions));
        var rows = new RandomRows(random);
        for (var step = 0; step < steps; step++) await history.StepAsync(random, rows, rowsOfAReport);
        return history;
    }

    public async Task StepAsync(Random random, RandomRows rows, int rowsOfAReport)
    {
        switch (random.Next(10))
        {
            case 0 when _reports.Count > 0:
                var (organization, report) = _reports[random.Next(_reports.Count)];
                _reports.Remove((organization, report));
                await Hub.WithdrawAsync(report, organization);
                break;
            case 1 or 2:
                await Hub.LoadAsync(RandomTables.Change(random));
                break;
            default:
                // Most is of one organisation, so that not every cell is contested.
                var sender = random.Next(10) switch { 0 => RandomTables.Demo, 1 => RandomTables.Real[1], 2 => RandomTables.Real[2], _ => RandomTables.Real[0] };
                _reports.Add((sender, await Hub.SubmitAsAsync(sender, [.. rows.Report(rowsOfAReport)])));
                break;
        }
        var position = await Hub.PositionAsync();
        if (Positions.Count == 0 || Positions[^1] != position) Positions.Add(position);
    }

    private readonly List<(string Organization, string Report)> _reports = [];

    /// <summary>All that is visible at a position, each row with its numbers: its owner exports it.</summary>
    public async Task<PlainRows> VisibleAsync(long position)
    {
        if (_visible.TryGetValue(position, out var known)) return known;
        var rows = new List<ObservationRecord>();
        foreach (var owner in RandomTables.Real.Append(RandomTables.Demo))
            rows.AddRange(await ExportAsync(position, owner, new ObservationFilter { Organizations = { owner }, IncludeIllustrative = true }));
        return _visible[position] = rows.ToLookup(row => (row.Observation.Indicator, row.Observation.Category, row.Observation.Region));
    }

    /// <summary>The rows whose numbers an export keeps from a caller.</summary>
    public async Task<IReadOnlySet<string>> WithheldAsync(long position, string caller)
    {
        if (_withheld.TryGetValue((position, caller), out var known)) return known;
        var rows = await ExportAsync(position, caller, new ObservationFilter { IncludeIllustrative = true });
        return _withheld[(position, caller)] = rows.Where(row => row.Withheld).Select(PlainCells.KeyOf).ToHashSet();
    }

    private async Task<List<ObservationRecord>> ExportAsync(long position, string caller, ObservationFilter filter)
    {
        var rows = new List<ObservationRecord>();
        using var call = Hub.Hub.Metrics.StreamObservations(
            new StreamObservationsRequest { Filter = filter, AsOf = At.Position(position) }, MetricHub.Headers(caller), cancellationToken: Cancelled);
        while (await call.ResponseStream.MoveNext(Cancelled)) rows.AddRange(call.ResponseStream.Current.Batch?.Observations ?? []);
        return rows;
    }

    public async Task<PlainCatalog> CatalogAsync(long position)
    {
        if (_catalogs.TryGetValue(position, out var known)) return known;
        return _catalogs[position] = await PlainCatalog.ReadAsync(Hub.Hub.Catalog, At.Position(position), Cancelled);
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
