using WasteFree.Exchange.Catalog;

namespace WasteFree.Exchange.Comparison;

/// <summary>Keeps a confidential number from being computed as what is left of a sum.</summary>
internal static class Disclosure
{
    /// <summary>
    /// A region's number is withheld where all regions that it consists of are in the table with a number, or with M, which
    /// is nothing, and exactly one of them is confidential: it would be the difference. With two, neither can be told.
    /// </summary>
    internal static IReadOnlyList<Draft> Guard(IReadOnlyList<Draft> row, CatalogSnapshot catalog)
    {
        if (!row.Any(draft => draft.Withheld)) return row;
        var byRegion = row.ToDictionary(draft => draft.Region, StringComparer.Ordinal);
        return [.. row.Select(draft => draft.HasNumber && !draft.Withheld && GivesAway(draft, byRegion, catalog) ? draft.Hidden() : draft)];
    }

    private static bool GivesAway(Draft whole, Dictionary<string, Draft> row, CatalogSnapshot catalog)
    {
        // A functional area lies on the ground of its neighbours: it is no part of the whole beside them.
        var parts = catalog.ChildrenOf(whole.Region, whole.Period.LastDay).Where(child => catalog.FindRegion(child) is { Overlaps.Count: 0 }).ToList();
        return parts.TrueForAll(part => row.TryGetValue(part, out var draft) && (draft.HasNumber || draft.Status.Has('M')))
            && parts.Count(part => row[part].Withheld) == 1;
    }
}
