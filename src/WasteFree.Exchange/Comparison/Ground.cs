using WasteFree.Exchange.Catalog;

namespace WasteFree.Exchange.Comparison;

/// <summary>
/// Which regions lie on the same ground (one lists the other, lies within it, or succeeds it) and which of them stands for it.
/// Two of them never enter one sum or one ranking.
/// </summary>
internal static class Ground
{
    /// <summary>
    /// The regions that stand back, each with those that stand for its ground, in the order of the list. A reporting unit
    /// stands before a region that is none, a region of its own before one that lies across others (a functional area), what
    /// lies within before what is around it, whoever shares its ground with fewer before whoever does with more; of equals
    /// the first code stands. Whoever stands back has somebody who stands for it.
    /// </summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> StandingBack(IReadOnlyList<string> regions, Func<string, Region?> find)
    {
        var shared = SharedBy(regions, find);
        var standing = new HashSet<string>(StringComparer.Ordinal);
        var inOrder = shared.Keys
            .OrderBy(region => Precedence(find(region)))
            .ThenByDescending(region => Ancestors(region, find).Count)
            .ThenBy(region => shared[region].Count)
            .ThenBy(region => region, StringComparer.Ordinal);
        foreach (var region in inOrder)
            if (!shared[region].Overlaps(standing)) standing.Add(region);
        return regions.Where(region => !standing.Contains(region)).ToDictionary(
            region => region,
            IReadOnlyList<string> (region) => [.. regions.Where(other => standing.Contains(other) && shared[region].Contains(other))],
            StringComparer.Ordinal);
    }

    /// <summary>Whether two regions lie on the same ground.</summary>
    internal static bool IsShared(string one, string other, Func<string, Region?> find) =>
        Around(one, find).Contains(other) || Around(other, find).Contains(one);

    private static int Precedence(Region? region) =>
        region is null ? 2 : (region.ReportingUnit ? 0 : 2) + (region.Overlaps.Count > 0 ? 1 : 0);

    private static Dictionary<string, HashSet<string>> SharedBy(IReadOnlyList<string> regions, Func<string, Region?> find)
    {
        var shared = regions.ToDictionary(region => region, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var region in regions)
        {
            foreach (var other in Around(region, find).Where(shared.ContainsKey))
            {
                shared[region].Add(other);
                shared[other].Add(region);
            }
        }
        return shared;
    }

    private static HashSet<string> Around(string region, Func<string, Region?> find)
    {
        var around = Ancestors(region, find);
        if (find(region) is { } known)
        {
            around.UnionWith(known.Overlaps);
            // One that was there before already took a part of the ground only.
            around.UnionWith(known.Successors.Where(successor => find(successor)?.ValidFrom >= known.ValidTo));
        }
        around.Remove(region);
        return around;
    }

    private static HashSet<string> Ancestors(string region, Func<string, Region?> find)
    {
        var ancestors = new HashSet<string>(StringComparer.Ordinal);
        var at = find(region);
        // A circle of parents, which a load may contain, ends at the first one met again.
        while (at is { ParentCode.Length: > 0 } && ancestors.Add(at.ParentCode)) at = find(at.ParentCode);
        return ancestors;
    }
}
