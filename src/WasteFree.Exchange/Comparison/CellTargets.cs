using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>The targets beside a cell, and whether its value attains them.</summary>
internal static class CellTargets
{
    internal static IReadOnlyList<CellTarget> Of(Draft cell, TableReader table, ComparisonRequest request, CatalogSnapshot catalog) =>
    [
        .. catalog.TargetsOf(cell.Region, table.Cells.Definition.Code)
            .Where(target => target.Category == request.Category
                && target.Period == cell.Period
                && target.Relation != TargetRelation.NotAResult)
            .OrderBy(target => target.Scope != request.Scope)
            .ThenBy(target => target.Id, StringComparer.Ordinal)
            .Select(target => new CellTarget(target, target.Goal(catalog), Attains(cell, table, request, target))),
    ];

    /// <summary>An illustrative value may be held against a target: it bears its mark. Any other refusal stands here as well.</summary>
    internal static bool MayBeHeld(ComparisonCell cell) =>
        cell.Quantity is not null
        && Verdicts.Of([.. cell.Reasons.Where(reason => reason != VerdictReason.Illustrative)]) != Verdict.NotComparable;

    /// <summary>Whether the value is on the good side of the goal, both in one unit.</summary>
    internal static bool Attains(this Comparator comparator, Rational value, Rational goal) => comparator switch
    {
        Comparator.AtLeast => value >= goal,
        Comparator.AtMost => value <= goal,
        Comparator.Above => value > goal,
        Comparator.Below => value < goal,
        Comparator.Equal => value == goal,
    };

    /// <remarks>What the neighbours in the table are, illustrative or real, on the same ground or not, is of no consequence.</remarks>
    private static bool? Attains(Draft cell, TableReader table, ComparisonRequest request, Target target)
    {
        if (target.Relation != TargetRelation.Same || target.Scope != request.Scope || EventTargets.IsEvent(target, table.Cells.Definition)) return null;
        if (cell is not { Stands: true, Quantity: { } quantity }) return null;
        if (!Unit.TryParse(target.Unit, out var unit) || table.Cells.FindConversion(unit, table.Unit, cell.Period) is not { } conversion) return null;
        return target.Comparator.Attains(quantity, target.Value.ToRational() * conversion.Factor);
    }
}
