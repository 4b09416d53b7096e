using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Audit;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Values;
using ObservationFilter = WasteFree.Exchange.Store.ObservationFilter;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>Reads what a comparison needs, at one instant, and compares.</summary>
internal sealed class ComparisonDesk(IExchangeStore store, AsOfReader asOf, DisclosureDesk disclosures)
{
    /// <summary>A roll-up of days reads many times more observations than it has cells; it is refused before memory runs out.</summary>
    public const int MaxObservations = 500_000;

    private const int PageRows = 5_000;

    /// <summary>Stands for a latest period that was not found: nothing was ever reported for it, and its regions go on.</summary>
    private static readonly Period NoPeriod = new(Frequency.Annual, new DateOnly(Period.MaxYear, 1, 1));

    public async Task<CompareMetricsResponse> CompareAsync(CompareMetricsRequest request, Visibility visibility, ReadOwners owners, CancellationToken cancellationToken)
    {
        var compared = await ReadAsync(request, visibility, owners, cancellationToken).ConfigureAwait(false);
        var response = new CompareMetricsResponse
        {
            Position = compared.At.Position,
            CommittedTime = compared.At.CommittedAt.ToTimestamp(),
            CatalogVersion = compared.Catalog.Version,
        };
        response.Comparisons.AddRange(compared.Tables.Select(ComparisonMapping.ToMessage));
        foreach (var (table, period) in response.Comparisons.Zip(compared.Periods)) table.Period = period?.ToString() ?? "";
        return response;
    }

    public async Task<ExplainValueResponse> ExplainAsync(ExplainValueRequest request, Visibility visibility, ReadOwners owners, CancellationToken cancellationToken)
    {
        var comparison = request.Comparison ?? new CompareMetricsRequest();
        RequireOne(comparison.Indicators.Count, "comparison.indicators");
        RequireOne(comparison.Periods.Count, "comparison.periods");
        var compared = await ReadAsync(comparison, visibility, owners, cancellationToken).ConfigureAwait(false);
        var mapping = new ExplanationMapping(new ObservationMapping(compared.Catalog, compared.Disclosure));
        return new ExplainValueResponse
        {
            Explanation = mapping.ToMessage(DerivationOf(compared.Tables[0], request.Region, compared.Catalog)),
            Position = compared.At.Position,
            CommittedTime = compared.At.CommittedAt.ToTimestamp(),
            CatalogVersion = compared.Catalog.Version,
        };
    }

    private static Derivation DerivationOf(ComparisonTable table, string region, CatalogSnapshot catalog)
    {
        if (region.Length == 0)
        {
            return table.Aggregate?.Derivation
                ?? throw Refusal.FieldInvalid("region", $"{table.Definition.Code} 不能合计，请指明地区。", $"{table.Definition.Code} does not add up over regions; name one.").ToException();
        }
        var code = FilterReader.Region(region, "region", catalog, table.Period.LastDay);
        return table.Cells.FirstOrDefault(cell => cell.Region == code)?.Derivation
            ?? throw Refusal.FieldInvalid("region", $"地区 {code} 不在该比较中。", $"region {code} is not in the comparison.").ToException();
    }

    private static void RequireOne(int count, string field)
    {
        if (count != 1) throw Refusal.FieldInvalid(field, "须恰好一项：一次解释一个数。", "exactly one entry: one number is explained at a time.").ToException();
    }

    private async Task<Compared> ReadAsync(CompareMetricsRequest message, Visibility visibility, ReadOwners owners, CancellationToken cancellationToken)
    {
        var (at, catalog) = await asOf.ReadAsync(message.AsOf, cancellationToken).ConfigureAwait(false);
        var query = ComparisonQuery.Read(message, catalog, visibility);
        var excluded = FilterReader.Illustrative(message.IncludeIllustrative, catalog);
        var columns = await ColumnsAsync(query, catalog, visibility, excluded, at.Position, cancellationToken).ConfigureAwait(false);
        var request = query.Request with { Columns = [.. columns.Select(column => (column.Indicator, column.Period ?? NoPeriod))] };

        var observations = new List<ObservationRevision>();
        var regions = WithParts(request, catalog);
        foreach (var need in ObservationNeed.Of(request))
            await ReadAsync(need, regions, visibility, excluded, at.Position, observations, cancellationToken).ConfigureAwait(false);
        foreach (var need in ObservationNeed.OfMissing(request, observations))
            await ReadAsync(need.Need, need.Regions, visibility, excluded, at.Position, observations, cancellationToken).ConfigureAwait(false);
        // A population is read as itself and as a denominator: one row all the same, not two reporters.
        IReadOnlyList<ObservationRevision> each = [.. observations.DistinctBy(row => row.Cursor)];
        owners.Add(each);
        var disclosure = await disclosures.OfAsync(each, visibility, catalog, at.Position, cancellationToken).ConfigureAwait(false);
        return new Compared(
            at, catalog, disclosure, [.. columns.Select(column => column.Period)], Comparer.Compare(catalog, request with { Disclosure = disclosure }, each));
    }

    private async Task<List<(string Indicator, Period? Period)>> ColumnsAsync(
        ComparisonQuery query, CatalogSnapshot catalog, Visibility visibility, IReadOnlyList<string> excluded, long position, CancellationToken cancellationToken)
    {
        var columns = new List<(string, Period?)>();
        foreach (var indicator in query.Indicators)
        {
            foreach (var period in query.Periods)
            {
                // The parts of a region that has no value of its own may make one.
                columns.Add((indicator, period ?? await LatestAsync(indicator, query.Request.Regions) ?? await LatestAsync(indicator, WithParts(query.Request, catalog))));
            }
        }
        return [.. columns.Distinct()];

        async Task<Period?> LatestAsync(string indicator, IReadOnlyList<string> regions)
        {
            var filter = FilterOf(new ObservationNeed([indicator], query.Request.Category, [], query.Request.Source), regions, excluded);
            return await store.FindLatestPeriodAsync(filter with { Scopes = [query.Request.Scope] }, visibility, position, cancellationToken).ConfigureAwait(false);
        }
    }

    private static IReadOnlyList<string> WithParts(ComparisonRequest request, CatalogSnapshot catalog) =>
        [.. request.Regions.SelectMany(catalog.WithParts).Distinct()];

    private async Task ReadAsync(
        ObservationNeed need, IReadOnlyList<string> regions, Visibility visibility, IReadOnlyList<string> excluded, long position,
        List<ObservationRevision> rows, CancellationToken cancellationToken)
    {
        if (need.Periods.Count == 0 || regions.Count == 0) return;
        var filter = FilterOf(need, regions, excluded);
        long? after = -1;
        while (after is { } key)
        {
            var page = await store.ReadObservationsAsync(filter, visibility, position, key, PageRows, cancellationToken).ConfigureAwait(false);
            rows.AddRange(page.Rows);
            after = page.NextKey;
            if (rows.Count > MaxObservations) throw TooMany().ToException();
        }
    }

    private static ObservationFilter FilterOf(ObservationNeed need, IReadOnlyList<string> regions, IReadOnlyList<string> excluded) => new()
    {
        Indicators = need.Indicators,
        Regions = regions,
        Categories = [need.Category],
        Periods = need.Periods,
        Organizations = need.Source is null ? null : [need.Source],
        ExcludedOrganizations = excluded,
    };

    private static Refusal TooMany() => new Refusal(
        ErrorReason.QueryTooLarge,
        $"比较所需的观测值超过 {MaxObservations} 个；请按指标、地区或期间拆分。",
        $"The comparison needs more than {MaxObservations} observations; split it by indicator, region or period.").OfLimit("max_observations", MaxObservations);

    private sealed record Compared(
        LedgerHead At, CatalogSnapshot Catalog, Disclosure Disclosure, IReadOnlyList<Period?> Periods, IReadOnlyList<ComparisonTable> Tables);
}
