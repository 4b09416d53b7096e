using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Identity;

namespace WasteFree.Exchange.Comparison;

/// <summary>
/// Which cells a caller may see. Policy alone decides, never what was reported: a cell that is not shared looks the same
/// whether or not there is a value.
/// </summary>
/// <param name="catalog">Says who reports what.</param>
/// <param name="visibility">Says what the caller may read.</param>
/// <param name="source">Only this organisation's values; null: any.</param>
internal sealed class CellSharing(CatalogSnapshot catalog, Visibility visibility, string? source)
{
    private readonly Dictionary<(string, string), bool> _known = [];

    internal bool IsShared(string indicator, string region)
    {
        if (visibility.ReadsOfAll(indicator, region)) return true;
        if (_known.TryGetValue((indicator, region), out var shared)) return shared;
        return _known[(indicator, region)] = Decide(indicator, region);
    }

    /// <summary>As for the choice of a source: real organisations before illustrative ones, those with the mandate before the rest.</summary>
    private bool Decide(string indicator, string region)
    {
        if (source is not null) return visibility.Reads(source, indicator, region);
        var reporters = catalog.Organizations.Where(organization => catalog.MayReport(organization, indicator, region)).ToList();
        var claims = reporters.Where(organization => organization.Illustrative == reporters.TrueForAll(other => other.Illustrative)).Select(organization => organization.Id).ToList();
        var mandated = claims.Where(organization => catalog.IsAuthoritative(organization, indicator, region)).ToList();
        // Without the value that stands for the cell, others' values are no cell.
        return mandated.Count > 0
            ? mandated.TrueForAll(organization => visibility.Reads(organization, indicator, region))
            : claims.Exists(organization => visibility.Reads(organization, indicator, region));
    }
}
