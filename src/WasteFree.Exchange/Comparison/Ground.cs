using WasteFree.Exchange.Catalog;

namespace WasteFree.Exchange.Comparison;

/// <summary>
/// Which regions lie on the same ground (one lists the other, or lies within it) and which of them stands for it. Two of
/// them never enter one sum or one ranking.
/// </summary>
internal static class Ground
{
    /// <summary>
    /// The regions that stand back, each with those that stand for its ground, in the order of the list. A reporting unit
    /// stands before a region that is none, a region of its own before one that lies across others (a functional area);
    /// of equals both stand back.
    /// </summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> StandingBack(IReadOnlyList<string> regions, CatalogSnapshot catalog)
    {
        var shared = SharedBy(regions, catalog);
        var back = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var equals in shared.Keys.GroupBy(region => Precedence(region, catalog)).OrderBy(group => group.Key))
        {
            var found = equals
                .Select(region => (Region: region, Before: regions.Where(other =>
                    shared[region].Contains(other) && !back.ContainsKey(other) && Precedence(other, catalog) <= equals.Key).ToList()))
                .Where(entry => entry.Before.Count > 0)
                .ToList();
            foreach (var (region, before) in found) back[region] = before;
        }
        return back;
    }

    private static int Precedence(string region, CatalogSnapshot catalog) =>
        catalog.FindRegion(region) is { } known ? (known.ReportingUnit ? 0 : 2) + (known.Overlaps.Count > 0 ? 1 : 0) : 2;

    private static Dictionary<string, HashSet<string>> SharedBy(IReadOnlyList<string> regions, CatalogSnapshot catalog)
    {
        var shared = regions.ToDictionary(region => region, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var region in regions)
        {
            foreach (var other in Around(region, catalog).Where(shared.ContainsKey))
            {
                shared[region].Add(other);
                shared[other].Add(region);
            }
        }
        return shared;
    }

    private static HashSet<string> Around(string region, CatalogSnapshot catalog)
    {
        var around = Ancestors(region, catalog);
        around.UnionWith(catalog.FindRegion(region)?.Overlaps ?? []);
        around.Remove(region);
        return around;
    }

    private static HashSet<string> Ancestors(string region, CatalogSnapshot catalog)
    {
        var ancestors = new HashSet<string>(StringComparer.Ordinal);
        var at = catalog.FindRegion(region);
        // A circle of parents, which a load may contain, ends at the first one met again.
        while (at is { ParentCode.Length: > 0 } && ancestors.Add(at.ParentCode)) at = catalog.FindRegion(at.ParentCode);
        return ancestors;
    }
}
