using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>The targets beside a cell, and whether its value attains them.</summary>
internal static class Attainment
{
    // The kind of a target that is met by a day, not by a number.
    private const string Event = "event";

    internal static IReadOnlyList<CellTarget> Of(ComparisonCell cell, ComparisonTable table, CatalogSnapshot catalog) =>
    [
        .. catalog.Targets
            .Where(target => target.Region == cell.Region
                && target.Indicator == table.Definition.Code
                && target.Category == table.Category
                && target.Period == table.Period
                && target.Relation != TargetRelation.NotAResult)
            .OrderBy(target => target.Scope != table.Scope)
            .ThenBy(target => target.Id, StringComparer.Ordinal)
            .Select(target => new CellTarget(target, Attains(cell, table, target))),
    ];

    private static bool? Attains(ComparisonCell cell, ComparisonTable table, Target target)
    {
        if (target.Relation != TargetRelation.Same || target.Scope != table.Scope) return null;
        if (target.Kind == Event || table.Definition.Kind == IndicatorKind.Event) return null;
        // An illustrative value may be held against a target: it bears its mark. Any other refusal stands here as well.
        if (cell.Quantity is not { } quantity || Verdicts.Of([.. cell.Reasons.Where(reason => reason != VerdictReason.Illustrative)]) == Verdict.NotComparable) return null;
        if (!Unit.TryParse(target.Unit, out var unit) || !Unit.TryParse(table.Unit, out var tableUnit)) return null;
        if (!unit.TryConvert(target.Value.ToRational(), tableUnit, out var goal)) return null;
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
