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
    /// <param name="request">Its indicators, and its version of each, are known to the catalogue.</param>
    /// <param name="observations">
    /// All that is visible, each once, of what <see cref="ObservationNeed.Of"/> names, of any scope: a value of another scope is a reason.
    /// More does no harm: what there is in other frequencies makes a missing cell say so. Those of illustrative organisations
    /// only if the caller asked for them.
    /// </param>
    /// <returns>One table per column, in the order asked.</returns>
    public static IReadOnlyList<ComparisonTable> Compare(
        CatalogSnapshot catalog, ComparisonRequest request, IReadOnlyList<ObservationRevision> observations)
    {
        var index = new ObservationIndex(observations);
        var regions = request.Regions.Distinct(StringComparer.Ordinal).ToList();
        var rows = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var readers = new Dictionary<(Indicator, Indicator?, List<string>), TableReader>();
        return [.. request.Columns.Select(column => TableOf(column.Indicator, column.Period))];

        ComparisonTable TableOf(string indicator, Period period)
        {
            var definition = TableDefinition.Of(catalog, indicator, period, request.Version);
            // Columns of one definition share what a growth reads of the periods before.
            var denominator = request.Normalization is { } normalization
                ? TableDefinition.Of(catalog, Normalizing.IndicatorOf(normalization), period, version: null)
                : null;
            var row = RowOf(period);
            if (!readers.TryGetValue((definition, denominator, row), out var reader))
                readers[(definition, denominator, row)] = reader = new TableReader(catalog, request, row, index, definition, denominator);
            return Table(catalog, request, reader, period);
        }

        // Periods with the same regions share one list, and with it what was read.
        List<string> RowOf(Period period)
        {
            if (request.RegionsOf is null) return regions;
            var row = request.RegionsOf(period).ToList();
            var key = string.Join(' ', row);
            return rows.TryGetValue(key, out var known) ? known : rows[key] = row;
        }
    }

    private static ComparisonTable Table(CatalogSnapshot catalog, ComparisonRequest request, TableReader reader, Period period)
    {
        var definition = reader.Cells.Definition;
        var row = reader.Row(period);
        var placed = Placed.Among(row, definition.Direction, catalog);
        var cells = new CellWriter(catalog, request, reader);
        return new ComparisonTable
        {
            Definition = definition,
            Period = period,
            Scope = request.Scope,
            Category = request.Category,
            Unit = reader.Unit.Code,
            Cells = [.. placed.Select((cell, i) => cells.Write(cell, [.. request.Growth.Select(basis => Growths.Of(basis, reader, row[i], i))]))],
            Aggregate = Aggregates.Of(reader, request, period, placed, catalog),
            Coverage = CoverageOf(row),
        };
    }

    private static Coverage CoverageOf(IReadOnlyList<Draft> row) => new(
        row.Count,
        row.Count(draft => draft.HasNumber),
        row.Count(draft => !draft.HasNumber && draft.Status.ForbidsNumber),
        row.Count(draft => !draft.HasNumber && draft.Status.Has(StatusSet.CannotExist)),
        row.Count(draft => !draft.IsShared));
}
