using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Identity;

namespace WasteFree.Exchange.Comparison;

/// <summary>How much of a cell the caller may see.</summary>
internal enum CellShare
{
    /// <summary>Whatever there is.</summary>
    All,

    /// <summary>What some of its reporters send: where that is nothing, the cell is not shared, rather than missing.</summary>
    Part,

    None,
}

/// <summary>
/// Which cells a caller may see. Policy alone decides, never what was reported: a cell that is not shared looks the same
/// whether or not there is a value.
/// </summary>
/// <param name="catalog">Says who reports what.</param>
/// <param name="visibility">Says what the caller may read.</param>
/// <param name="source">Only this organisation's values; null: any.</param>
internal sealed class CellSharing(CatalogSnapshot catalog, Visibility visibility, string? source)
{
    private readonly Dictionary<(string, string), CellShare> _known = [];

    internal CellShare Of(string indicator, string region)
    {
        if (visibility.ReadsOfAll(indicator, region)) return CellShare.All;
        if (_known.TryGetValue((indicator, region), out var share)) return share;
        return _known[(indicator, region)] = Decide(indicator, region);
    }

    /// <summary>As for the choice of a source: real organisations before illustrative ones, those with the mandate before the rest.</summary>
    private CellShare Decide(string indicator, string region)
    {
        if (source is not null) return visibility.Reads(source, indicator, region) ? CellShare.All : CellShare.None;
        var reporters = catalog.Organizations.Where(organization => catalog.MayReport(organization, indicator, region)).ToList();
        var claims = reporters.Where(organization => organization.Illustrative == reporters.TrueForAll(other => other.Illustrative)).ToList();
        var mandated = claims.Where(organization => catalog.IsAuthoritative(organization.Id, indicator, region)).ToList();
        if (mandated.Count > 0) claims = mandated;
        return claims.Count(organization => visibility.Reads(organization.Id, indicator, region)) switch
        {
            0 => CellShare.None,
            var readable when readable == claims.Count => CellShare.All,
            // Without all the values that may stand for the cell, others' values are no cell.
            _ => mandated.Count > 0 ? CellShare.None : CellShare.Part,
        };
    }
}
