using WasteFree.Exchange.Comparison;

namespace WasteFree.Exchange.Catalog;

/// <summary>
/// Regions by their full Chinese and English names, in any case. A name that passed from one region to another means the one
/// that is in force on the day.
/// </summary>
public sealed class RegionNames
{
    private readonly Dictionary<string, Region> _regions;
    private readonly NameIndex _names;

    public RegionNames(IEnumerable<Region> regions)
    {
        _regions = regions.ToDictionary(region => region.Code, StringComparer.Ordinal);
        _names = new NameIndex(_regions.Values.Select(region => new NamedCode(region.Code, region.NameZh, region.NameEn)));
    }

    /// <summary>Codes of all regions that bear the name, whenever they do.</summary>
    public IReadOnlyList<string> CodesOf(string text) => _names.CodesOf(text);

    /// <summary>
    /// Codes of the regions that the name means on a day; of no one in force then, all that bear it. Of two on the same ground
    /// the reporting unit is meant.
    /// </summary>
    /// <param name="text">The name.</param>
    /// <param name="day">Null: any day.</param>
    public IReadOnlyList<string> On(string text, DateOnly? day)
    {
        var all = CodesOf(text);
        if (all.Count < 2 || day is not { } its) return all;
        var then = all.Where(code => _regions[code].InForce(its)).ToList();
        if (then.Count < 2) return then.Count == 1 ? then : all;
        return [.. then.Where(code => _regions[code].ReportingUnit
            || !then.Exists(other => _regions[other].ReportingUnit && Ground.IsShared(code, other, _regions.GetValueOrDefault)))];
    }

    /// <summary>Whether regions of one name are that one after the other, or on one ground: the name is then no choice between places.</summary>
    public bool AreOneThroughTime(IReadOnlyList<string> codes) => codes.Select((code, i) => codes.Skip(i + 1)
        .All(other => !AtOneTime(_regions[code], _regions[other]) || Ground.IsShared(code, other, _regions.GetValueOrDefault))).All(one => one);

    /// <summary>A region told apart from others of its name, such as <c>320106 鼓楼区（南京市，江苏省）</c>.</summary>
    public string Label(string code)
    {
        if (!_regions.TryGetValue(code, out var region)) return code;
        List<string> where = [];
        var seen = new HashSet<string>(StringComparer.Ordinal) { code };
        for (var at = region.ParentCode; seen.Add(at) && _regions.TryGetValue(at, out var parent); at = parent.ParentCode) where.Add(parent.NameZh);
        var span = RegionWords.Span(region);
        if (span.Length > 0) where.Add(span);
        return where.Count == 0 ? $"{code} {region.NameZh}" : $"{code} {region.NameZh}（{string.Join('，', where)}）";
    }

    private static bool AtOneTime(Region a, Region b) => !(a.ValidTo <= b.ValidFrom) && !(b.ValidTo <= a.ValidFrom);
}
