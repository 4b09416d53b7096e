using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Attainments;

/// <summary>Targets in the order in which they are read: by region and id, the parts of a target behind it.</summary>
public static class TargetList
{
    /// <param name="catalog">The catalogue as of the instant that is read.</param>
    /// <param name="region">Code; null: all regions.</param>
    /// <param name="period">Period that the targets are set for; null: any.</param>
    /// <param name="within">Those set for it or for a period within it, and events whose deadline is in it; null: any.</param>
    public static IReadOnlyList<Target> Of(CatalogSnapshot catalog, string? region, Period? period, Period? within = null)
    {
        var asked = catalog.Targets
            .Where(target => (region is null || target.Region == region)
                && (period is null || target.Period == period)
                && (within is not { } whole || IsWithin(target, whole, catalog)))
            .OrderBy(target => target.Region, StringComparer.Ordinal)
            .ThenBy(target => target.Id, StringComparer.Ordinal)
            .ToList();
        var ids = asked.Select(target => target.Id).ToHashSet(StringComparer.Ordinal);
        var partsOf = asked.ToLookup(target => target.PartOf);
        var listed = new List<Target>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // A part whose whole is not asked stands where its id puts it.
        foreach (var target in asked.Where(target => !ids.Contains(target.PartOf))) List(target);
        // Wholes that are each other's parts, which a load may contain, have no first: they are listed all the same.
        foreach (var target in asked) List(target);
        return listed;

        void List(Target target)
        {
            if (!seen.Add(target.Id)) return;
            listed.Add(target);
            foreach (var part in partsOf[target.Id]) List(part);
        }
    }

    private static bool IsWithin(Target target, Period period, CatalogSnapshot catalog) =>
        target.Period.LiesIn(period)
        || (target.Deadline is { } day && period.Contains(day) && target.IsEvent(catalog));
}
