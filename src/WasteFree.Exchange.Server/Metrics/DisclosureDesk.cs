using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using ObservationFilter = WasteFree.Exchange.Store.ObservationFilter;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>
/// Finds out what of some rows a caller is not told. Mostly nothing is confidential in their indicators and years, which
/// costs one look at an index.
/// </summary>
internal sealed class DisclosureDesk(IExchangeStore store)
{
    private const int PageRows = 5_000;

    /// <summary>Of one indicator in one year; those beyond count as if they were not there.</summary>
    private const int MaxBeside = 50_000;

    /// <param name="rows">What may be told.</param>
    /// <param name="visibility">Of the caller.</param>
    /// <param name="catalog">As of the instant.</param>
    /// <param name="position">The instant.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Disclosure> OfAsync(
        IEnumerable<ObservationRevision> rows, Visibility visibility, CatalogSnapshot catalog, long position, CancellationToken cancellationToken)
    {
        var indicators = new HashSet<string>(StringComparer.Ordinal);
        var (first, last) = (int.MaxValue, int.MinValue);
        foreach (var row in rows)
        {
            indicators.Add(row.Observation.Indicator);
            first = Math.Min(first, row.Observation.Period.Start.Year);
            last = Math.Max(last, Disclosure.YearOf(row.Observation.Period));
        }
        if (indicators.Count == 0) return Disclosure.OfNothing(catalog, visibility);

        var confidential = await store.ReadConfidentialAsync(indicators, first, last, position, cancellationToken).ConfigureAwait(false);
        var beside = new List<ObservationRevision>();
        foreach (var some in confidential.Rows.Concat(confidential.Replaced.Select(secret => secret.Row)).GroupBy(row => (row.Observation.Indicator, Disclosure.YearOf(row.Observation.Period))))
            beside.AddRange(await BesideAsync([.. some], visibility, catalog, position, cancellationToken).ConfigureAwait(false));
        return Disclosure.Of(catalog, visibility, confidential, beside);
    }

    /// <summary>
    /// Rows that the caller may read, and no others: which part of a confidential value is withheld must not tell whether
    /// there is a value that it may not know of.
    /// </summary>
    private async Task<List<ObservationRevision>> BesideAsync(
        IReadOnlyList<ObservationRevision> confidential, Visibility visibility, CatalogSnapshot catalog, long position, CancellationToken cancellationToken)
    {
        var filter = new ObservationFilter
        {
            Indicators = [confidential[0].Observation.Indicator],
            Regions = [.. confidential.Select(row => (row.Observation.Region, row.Observation.Period.LastDay)).Distinct().SelectMany(at => Within(at.Region, at.LastDay, catalog)).Distinct()],
            Periods = [.. confidential.Select(row => row.Observation.Period).Distinct()],
        };
        var rows = new List<ObservationRevision>();
        for (long? after = -1; after is { } key && rows.Count < MaxBeside;)
        {
            var page = await store.ReadObservationsAsync(filter, visibility, position, key, PageRows, cancellationToken).ConfigureAwait(false);
            rows.AddRange(page.Rows);
            after = page.NextKey;
        }
        return rows;
    }

    private static IEnumerable<string> Within(string region, DateOnly day, CatalogSnapshot catalog) =>
        catalog.DescendantsOf(region, day).Concat(catalog.WithParts(region));
}
