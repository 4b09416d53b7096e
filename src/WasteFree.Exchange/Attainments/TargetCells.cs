using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Attainments;

/// <summary>
/// Asks the comparison what the cells of a target are: whose value, whether it may be used. All follow the definition of the
/// target's own period and its unit, so that they can be measured against each other. Each target is asked by itself, since
/// a target's state does not depend on which others are looked at.
/// </summary>
internal sealed class TargetCells(CatalogSnapshot catalog, AttainmentRequest request)
{
    /// <summary>One cell per period, in the target's unit.</summary>
    internal IReadOnlyList<ComparisonCell> Of(Target target, IReadOnlyList<Period> periods, IReadOnlyList<ObservationRevision> observations)
    {
        var comparison = new ComparisonRequest
        {
            Columns = [.. periods.Select(period => (target.Indicator, period))],
            Regions = [target.Region],
            Scope = target.Scope,
            Category = target.Category,
            Source = request.Source,
            Visibility = request.Visibility,
            Disclosure = request.Disclosure,
            Version = TableDefinition.Of(catalog, target.Indicator, target.Period, version: null).Version,
            Unit = CellReader.ParsedUnit(target.Unit),
        };
        return [.. Comparer.Compare(catalog, comparison, observations).Select(table => table.Cells.Single())];
    }
}
