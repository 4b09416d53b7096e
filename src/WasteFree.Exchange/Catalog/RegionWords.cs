using System.Globalization;

namespace WasteFree.Exchange.Catalog;

/// <summary>How long a region is in force, and what was before and after it, in words.</summary>
internal static class RegionWords
{
    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Half-open, such as <c>2011-10-22 起</c>; empty: without an end or beginning.</summary>
    internal static string Span(Region region) => (region.ValidFrom, region.ValidTo) switch
    {
        ({ } from, { } to) => $"{Day(from)} 起、{Day(to)} 前",
        ({ } from, null) => $"{Day(from)} 起",
        (null, { } to) => $"{Day(to)} 前",
        _ => "",
    };

    /// <summary>Half-open, such as <c>[2011-10-22, …)</c>.</summary>
    internal static string Interval(Region region) =>
        $"[{(region.ValidFrom is { } from ? Day(from) : "…")}, {(region.ValidTo is { } to ? Day(to) : "…")})";

    /// <summary>Why a region is not in force on a day, and what was before or after it.</summary>
    internal static (string Zh, string En) Change(Region region, DateOnly on, CatalogSnapshot catalog)
    {
        if (region.ValidTo is { } to && to <= on)
        {
            var successors = Names(region.Successors, catalog);
            return (
                $"{region.Code} {region.NameZh}已于 {Day(to)} 撤销{(successors.Zh.Length > 0 ? $"，由 {successors.Zh} 承继" : "")}",
                $"{region.Code} {NameEn(region)} ended on {Day(to)}{(successors.En.Length > 0 ? $", succeeded by {successors.En}" : "")}");
        }
        var predecessors = Names(catalog.PredecessorsOf(region.Code), catalog);
        var day = region.ValidFrom is { } from ? Day(from) : "…";
        return (
            $"{region.Code} {region.NameZh}自 {day} 起设立{(region.FormerMeaning.Length > 0 ? $"，此前该代码指{region.FormerMeaning}" : "")}{(predecessors.Zh.Length > 0 ? $"，此前为 {predecessors.Zh}" : "")}",
            $"{region.Code} {NameEn(region)} begins on {day}{(region.FormerMeaning.Length > 0 ? $"; the code meant {region.FormerMeaning} before" : "")}{(predecessors.En.Length > 0 ? $"; before it there was {predecessors.En}" : "")}");
    }

    /// <summary>Codes and names, for what was expected.</summary>
    internal static (string Zh, string En) Names(IEnumerable<string> codes, CatalogSnapshot catalog)
    {
        var regions = codes.Select(catalog.FindRegion).OfType<Region>().ToList();
        return (
            string.Join('、', regions.Select(region => $"{region.Code} {region.NameZh}")),
            string.Join(", ", regions.Select(region => $"{region.Code} {NameEn(region)}")));
    }

    private static string NameEn(Region region) => region.NameEn.Length > 0 ? region.NameEn : region.NameZh;
}
