using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>
/// Puts regions side by side and says of each cell whether it may stand there. A function of its arguments alone: the
/// order of the observations is of no consequence, that of the regions only orders the cells.
/// </summary>
public static class Comparer
{
    /// <param name="catalog">The catalogue as of the instant that is read.</param>
    /// <param name="request">Its indicators are known to the catalogue.</param>
    /// <param name="observations">
    /// All that is visible of those indicators, regions and periods in the category, of any scope: a value of another scope is
    /// a reason. Those of illustrative organisations only if the caller asked for them.
    /// </param>
    /// <returns>One table per column, in the order asked.</returns>
    public static IReadOnlyList<ComparisonTable> Compare(
        CatalogSnapshot catalog, ComparisonRequest request, IReadOnlyList<ObservationRevision> observations)
    {
        var asked = observations
            .Where(row => row.Observation.Category == request.Category && (request.Source is null || row.Organization == request.Source))
            .ToLookup(row => (row.Observation.Indicator, row.Observation.Period, row.Observation.Region));
        return [.. request.Columns.Select(column => TableOf(catalog, request, column.Indicator, column.Period, asked))];
    }

    private static ComparisonTable TableOf(
        CatalogSnapshot catalog,
        ComparisonRequest request,
        string indicator,
        Period period,
        ILookup<(string, Period, string), ObservationRevision> asked)
    {
        var definition = DefinitionFor(catalog, indicator, period);
        var reader = new ObservationReader(catalog, definition, request.Caller);
        var drafts = request.Regions.Distinct(StringComparer.Ordinal)
            .Select(region => DraftOf(catalog, region, request.Scope, asked[(indicator, period, region)].Select(reader.Read)))
            .ToList();
        MarkByNeighbours(catalog, drafts);

        var places = Ranking.Places(drafts.Where(draft => draft.Stands).Select(draft => draft.Quantity!.Value), definition.Direction);
        var table = new ComparisonTable
        {
            Definition = definition,
            Period = period,
            Scope = request.Scope,
            Category = request.Category,
            Unit = definition.Unit,
            Cells = [],
        };
        return table with { Cells = [.. drafts.Select(draft => CellOf(catalog, table, draft, places))] };
    }

    private static Indicator DefinitionFor(CatalogSnapshot catalog, string indicator, Period period) =>
        catalog.InForce(indicator, period)
        ?? (catalog.VersionsOf(indicator) is [.., var highest] ? highest : null)
        ?? throw new ArgumentException($"No indicator {indicator} in the catalogue.", nameof(indicator));

    private static Draft DraftOf(CatalogSnapshot catalog, string region, Scope scope, IEnumerable<Reading> readings)
    {
        var byScope = readings.ToLookup(reading => reading.Revision.Observation.Scope);
        var elsewhere = byScope
            .Where(group => group.Key != scope && group.Any(reading => reading.HasNumber))
            .OrderBy(group => group.Key)
            .Select(group => (group.Key, group.Where(reading => reading.HasNumber).All(reading => reading.Illustrative)));
        return new Draft(region, SourceChoice.Among(byScope[scope], catalog), [.. elsewhere]);
    }

    private static void MarkByNeighbours(CatalogSnapshot catalog, IReadOnlyList<Draft> drafts)
    {
        var numbers = drafts.Where(draft => draft.HasNumber).ToList();
        if (numbers.Any(draft => !draft.Illustrative))
            foreach (var draft in numbers.Where(draft => draft.Illustrative)) draft.MarkIllustrativeAmongReal();

        // A cell that does not stand takes no ground.
        var standing = drafts.Where(draft => draft.Stands).ToList();
        var shared = Ground.SharedBy([.. standing.Select(draft => draft.Region)], catalog);
        foreach (var draft in standing)
            if (shared.TryGetValue(draft.Region, out var others)) draft.MarkSameGround(others);
    }

    private static ComparisonCell CellOf(CatalogSnapshot catalog, ComparisonTable table, Draft draft, IReadOnlyDictionary<Rational, int> places)
    {
        var observation = draft.Chosen?.Revision.Observation;
        var shown = draft.Chosen is { Withheld: false } ? observation : null;
        var sent = draft.Reasons.Contains(VerdictReason.Converted) || draft.Reasons.Contains(VerdictReason.Unit) ? shown?.Value : null;
        var (zh, en) = VerdictWords.For(draft, table.Definition, catalog);
        var cell = new ComparisonCell
        {
            Region = draft.Region,
            Quantity = draft.Quantity,
            Value = draft.Chosen?.Value ?? "",
            Derived = draft.Chosen is { Derived: true },
            Verdict = Verdicts.Of(draft.Reasons),
            Reasons = [.. draft.Reasons],
            Rank = draft is { Stands: true, Quantity: { } quantity } && places.TryGetValue(quantity, out var place) ? place : null,
            Organization = draft.Chosen?.Organization ?? "",
            Illustrative = draft.Illustrative,
            SentValue = sent?.ToString() ?? "",
            SentUnit = sent is null ? "" : shown!.Unit,
            Status = observation?.Status ?? default,
            Numerator = shown?.Numerator?.ToString() ?? "",
            Denominator = shown?.Denominator?.ToString() ?? "",
            Alternatives = [.. draft.Choice.Others.Select(other => AlternativeOf(other, table))],
            Report = draft.Chosen?.Revision.Report ?? "",
            Position = draft.Chosen?.Revision.Position ?? 0,
            MessageZh = zh,
            MessageEn = en,
        };
        return cell with { Targets = Attainment.Of(cell, table, catalog) };
    }

    private static Alternative AlternativeOf(Reading other, ComparisonTable table)
    {
        var observation = other.Revision.Observation;
        var value = other.Withheld ? "" : observation.Value?.ToString() ?? other.Value;
        return new Alternative(other.Organization, other.Illustrative, value, observation.Value is null ? table.Unit : observation.Unit);
    }
}
