using WasteFree.Exchange.Catalog;

namespace WasteFree.Exchange.Comparison;

/// <summary>Targets that are met by a day, not by a number.</summary>
public static class EventTargets
{
    /// <summary>
    /// Met by a day: it needs the daily values from the start of its period on. What happened before is an earlier
    /// occurrence.
    /// </summary>
    public static bool IsEvent(this Target target, CatalogSnapshot catalog) =>
        catalog.VersionsOf(target.Indicator).Any(definition => IsEvent(target, definition));

    /// <summary>The last day on which it can be met, and from which the days left are counted.</summary>
    public static DateOnly LastDay(this Target target) => target.Deadline ?? target.Period.End.AddDays(-1);

    internal static bool IsEvent(Target target, Indicator definition) => target.Kind == TargetKind.Event || definition.Kind == IndicatorKind.Event;
}
