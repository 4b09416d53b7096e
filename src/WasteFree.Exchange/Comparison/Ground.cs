using WasteFree.Exchange.Catalog;

namespace WasteFree.Exchange.Comparison;

/// <summary>Which regions lie on the same ground: one lists the other, or lies within it.</summary>
internal static class Ground
{
    /// <summary>For each region that shares its ground with others of the list, those others, in the order of the list.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> SharedBy(IReadOnlyList<string> regions, CatalogSnapshot catalog)
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
        return shared.Where(entry => entry.Value.Count > 0)
            .ToDictionary(entry => entry.Key, IReadOnlyList<string> (entry) => regions.Where(entry.Value.Contains).ToList(), StringComparer.Ordinal);
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
