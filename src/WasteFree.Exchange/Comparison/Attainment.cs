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

    /// <summary>Whether the target is met by a day.</summary>
    internal static bool IsEvent(Target target, Indicator definition) => target.Kind == Event || definition.Kind == IndicatorKind.Event;

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

    private static bool? Attains(ComparisonCell cell, ComparisonTable table, Target target)
    {
        if (target.Relation != TargetRelation.Same || target.Scope != table.Scope || IsEvent(target, table.Definition)) return null;
        if (!MayBeHeld(cell) || !Unit.TryParse(target.Unit, out var unit) || !Unit.TryParse(table.Unit, out var tableUnit)) return null;
        return unit.TryConvert(target.Value.ToRational(), tableUnit, out var goal) ? target.Comparator.Attains(cell.Quantity!.Value, goal) : null;
    }
}
