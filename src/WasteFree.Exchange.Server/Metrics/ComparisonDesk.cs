using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Values;
using ObservationFilter = WasteFree.Exchange.Store.ObservationFilter;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>Reads what a comparison needs, at one instant, and compares.</summary>
internal sealed class ComparisonDesk(IExchangeStore store, AsOfReader asOf)
{
    private const string Latest = "latest";
    /// <summary>Stands for a latest period that was not found: nothing was ever reported for it.</summary>
    private static readonly Period NoPeriod = new(Frequency.Annual, new DateOnly(Period.MinYear, 1, 1));

    private const int MaxCells = 20_000;
    private const int PageRows = 5_000;

    public async Task<CompareMetricsResponse> CompareAsync(CompareMetricsRequest request, Principal principal, CancellationToken cancellationToken)
    {
        var (at, catalog) = await asOf.ReadAsync(request.AsOf, cancellationToken).ConfigureAwait(false);
        var indicators = Required(FilterReader.Indicators(request.Indicators, "indicators", catalog), "indicators");
        var regions = Required(FilterReader.Regions(request.Regions, "regions", catalog), "regions");
        Required(request.Periods, "periods");
        CheckSize((long)indicators.Count * regions.Count * request.Periods.Count);
        var scope = request.Scope.Length == 0 ? Scope.Whole : FilterReader.Scope(request.Scope, "scope");
        var category = request.Category.Length == 0 ? Codes.Total : FilterReader.Category(request.Category, "category", catalog);
        var source = request.Source.Length == 0 ? null : FilterReader.Organization(request.Source, catalog);
        var filter = new ObservationFilter
        {
            Regions = regions,
            Categories = [category],
            Organizations = source is null ? null : [source],
            ExcludedOrganizations = FilterReader.Illustrative(request.IncludeIllustrative, catalog),
        };

        var columns = new List<(string Indicator, Period? Period)>();
        foreach (var indicator in indicators)
        {
            for (var i = 0; i < request.Periods.Count; i++)
            {
                var period = request.Periods[i] == Latest
                    ? await store.FindLatestPeriodAsync(filter with { Indicators = [indicator], Scopes = [scope] }, at.Position, cancellationToken).ConfigureAwait(false)
                    : FilterReader.PeriodOf(request.Periods[i], $"periods[{i}]");
                columns.Add((indicator, period));
            }
        }
        columns = [.. columns.Distinct()];
        var observations = await ReadAsync(
            filter with { Indicators = indicators, Periods = [.. columns.Select(column => column.Period).OfType<Period>().Distinct()] },
            at.Position,
            cancellationToken).ConfigureAwait(false);

        var comparison = new ComparisonRequest
        {
            Columns = [.. columns.Select(column => (column.Indicator, column.Period ?? NoPeriod))],
            Regions = regions,
            Scope = scope,
            Category = category,
            Source = source,
            Caller = principal.Organization,
        };
        var response = new CompareMetricsResponse
        {
            Position = at.Position,
            CommittedTime = at.CommittedAt.ToTimestamp(),
            CatalogVersion = catalog.Version,
        };
        response.Comparisons.AddRange(Comparer.Compare(catalog, comparison, observations).Select(ComparisonMapping.ToMessage));
        foreach (var (table, (_, period)) in response.Comparisons.Zip(columns)) table.Period = period?.ToString() ?? "";
        return response;
    }

    private async Task<List<ObservationRevision>> ReadAsync(ObservationFilter filter, long position, CancellationToken cancellationToken)
    {
        var rows = new List<ObservationRevision>();
        if (filter.Periods.Count == 0) return rows;
        long? after = -1;
        while (after is { } key)
        {
            var page = await store.ReadObservationsAsync(filter, position, key, PageRows, cancellationToken).ConfigureAwait(false);
            rows.AddRange(page.Rows);
            after = page.NextKey;
        }
        return rows;
    }

    private static T Required<T>(T items, string field)
        where T : IReadOnlyCollection<string> =>
        items.Count > 0 ? items : throw Refusal.FieldInvalid(field, "至少要有一项。", "at least one entry is needed.").ToException();

    private static void CheckSize(long cells)
    {
        if (cells <= MaxCells) return;
        throw new Refusal(
            ErrorReason.QueryTooLarge,
            $"比较共 {cells} 格，至多 {MaxCells} 格；请按指标、地区或期间拆分。",
            $"The comparison has {cells} cells, at most {MaxCells} are allowed; split it by indicator, region or period.").ToException();
    }
}
