using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>The targets beside a cell, and whether its value attains them.</summary>
internal static class CellTargets
{
    // The kind of a target that is met by a day, not by a number.
    private const string Event = "event";

    internal static IReadOnlyList<CellTarget> Of(Draft cell, TableReader table, ComparisonRequest request, CatalogSnapshot catalog) =>
    [
        .. catalog.Targets
            .Where(target => target.Region == cell.Region
                && target.Indicator == table.Cells.Definition.Code
                && target.Category == request.Category
                && target.Period == cell.Period
                && target.Relation != TargetRelation.NotAResult)
            .OrderBy(target => target.Scope != request.Scope)
            .ThenBy(target => target.Id, StringComparer.Ordinal)
            .Select(target => new CellTarget(target, Attains(cell, table, request, target))),
    ];

    private static bool? Attains(Draft cell, TableReader table, ComparisonRequest request, Target target)
    {
        if (target.Relation != TargetRelation.Same || target.Scope != request.Scope) return null;
        if (target.Kind == Event || table.Cells.Definition.Kind == IndicatorKind.Event) return null;
        if (cell is not { Stands: true, Quantity: { } quantity }) return null;
        if (!Unit.TryParse(target.Unit, out var unit) || table.Cells.FindConversion(unit, table.Unit, cell.Period) is not { } conversion) return null;
        var goal = target.Value.ToRational() * conversion.Factor;
        return target.Comparator switch
        {
            Comparator.AtLeast => quantity >= goal,
            Comparator.AtMost => quantity <= goal,
            Comparator.Above => quantity > goal,
            Comparator.Below => quantity < goal,
            Comparator.Equal => quantity == goal,
        };
    }
}
