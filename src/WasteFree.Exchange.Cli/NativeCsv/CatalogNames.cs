using System.Globalization;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Client;
using WasteFree.Exchange.Values;
using Indicator = WasteFree.Exchange.V1.Indicator;
using Region = WasteFree.Exchange.V1.Region;
using RegionScheme = WasteFree.Exchange.V1.RegionScheme;
using SchemeExtent = WasteFree.Exchange.V1.SchemeExtent;

namespace WasteFree.Exchange.Cli.NativeCsv;

/// <summary>What a written name stands for.</summary>
internal abstract record NameMeaning
{
    private NameMeaning()
    {
    }

    /// <summary>One code, or the text itself where the catalogue knows no such name: the hub answers on that.</summary>
    public sealed record One(string Code) : NameMeaning;

    /// <summary>Several codes bear the name; a label tells each from the others.</summary>
    public sealed record Several(IReadOnlyList<string> Codes, IReadOnlyList<string> Labels) : NameMeaning;
}

/// <summary>Names of regions, indicators and units, Chinese and English, to codes, and codes to names.</summary>
internal sealed class CatalogNames
{
    /// <summary>A file names few units, and each in every row.</summary>
    private const int MostUnits = 1_000;

    private readonly RegionNames _regions;
    private readonly Dictionary<string, string> _regionNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _indicatorNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _indicators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, UnitsOf> _unitsOf = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Text, string Own), string> _units = [];

    public CatalogNames(IEnumerable<Indicator> indicators, IEnumerable<Region> regions, IEnumerable<RegionScheme> schemes)
        : this(
            indicators.Select(indicator => (
                indicator.Code, indicator.NameZh, indicator.NameEn, new UnitsOf(indicator.Unit, indicator.NumeratorUnit, indicator.DenominatorUnit))),
            Named(regions, schemes))
    {
    }

    private CatalogNames(IEnumerable<(string Code, string NameZh, string NameEn, UnitsOf Units)> indicators, IReadOnlyList<Catalog.Region> regions)
    {
        foreach (var (code, nameZh, nameEn, units) in indicators)
        {
            _indicatorNames[code] = nameZh;
            _unitsOf[code] = units; // the last version counts
            foreach (var name in new[] { nameZh, nameEn })
            {
                if (name.Length == 0) continue;
                if (!_indicators.TryGetValue(name, out var codes)) _indicators[name] = codes = [];
                if (!codes.Contains(code)) codes.Add(code); // versions of one indicator share code and name
            }
        }
        foreach (var region in regions) _regionNames[region.Code] = region.NameZh;
        _regions = new RegionNames(regions);
    }

    /// <summary>The names that come with the program, for work without a hub.</summary>
    public static CatalogNames BuiltIn()
    {
        var load = CatalogLoader.Load(BuiltInCatalog.Tables, [], allowIllustrative: false);
        var catalog = CatalogReader.Read(0, load.Changed);
        return new CatalogNames(
            catalog.Indicators.Select(indicator => (
                indicator.Code, indicator.NameZh, indicator.NameEn, new UnitsOf(indicator.Unit, indicator.NumeratorUnit, indicator.DenominatorUnit))),
            catalog.Regions);
    }

    public static async Task<CatalogNames> ReadAsync(ExchangeClient client, CancellationToken cancellationToken)
    {
        var indicators = await client.ListIndicatorsAsync(null, cancellationToken);
        var regions = await client.ListRegionsAsync(null, cancellationToken);
        var schemes = await client.ListRegionSchemesAsync(null, cancellationToken);
        return new CatalogNames(indicators.Indicators, regions.Regions, schemes.Schemes);
    }

    /// <summary>What a name means at the end of a period; of a period that does not read, at any time.</summary>
    public NameMeaning Region(string text, string period)
    {
        if (_regionNames.ContainsKey(text)) return new NameMeaning.One(text);
        var codes = _regions.On(text, Period.TryParse(period, out var its) ? its.LastDay : null);
        return codes.Count < 2 ? new NameMeaning.One(codes.Count == 1 ? codes[0] : text) : new NameMeaning.Several(codes, [.. codes.Select(_regions.Label)]);
    }

    public NameMeaning Indicator(string text)
    {
        if (_indicatorNames.ContainsKey(text) || !_indicators.TryGetValue(text, out var codes)) return new NameMeaning.One(text);
        return codes.Count == 1 ? new NameMeaning.One(codes[0]) : new NameMeaning.Several(codes, [.. codes.Select(code => $"{code} {_indicatorNames[code]}")]);
    }

    public bool HasRegion(string text) => _regionNames.ContainsKey(text) || _regions.On(text, null).Count > 0;

    public bool HasIndicator(string text) => _indicatorNames.ContainsKey(text) || _indicators.ContainsKey(text);

    /// <summary>The UCUM code of the name of a value's unit, or the text itself where it names none: the hub answers on that.</summary>
    public string Unit(string text, string indicator) => UnitOf(text, _unitsOf.GetValueOrDefault(indicator).Value);

    /// <summary>The same for the unit of a numerator.</summary>
    public string NumeratorUnit(string text, string indicator) => UnitOf(text, _unitsOf.GetValueOrDefault(indicator).Numerator);

    /// <summary>The same for the unit of a denominator.</summary>
    public string DenominatorUnit(string text, string indicator) => UnitOf(text, _unitsOf.GetValueOrDefault(indicator).Denominator);

    private string UnitOf(string text, string? own)
    {
        if (text.Length == 0) return text;
        var key = (text, own ?? "");
        if (_units.TryGetValue(key, out var known)) return known;
        if (_units.Count >= MostUnits) _units.Clear();
        return _units[key] = UnitNames.TryFind(text, own ?? "", out var code) ? code : text;
    }

    /// <summary>
    /// The Chinese name, with the code behind it where several regions bear the name; the code alone where it is unknown.
    /// </summary>
    public string RegionName(string code)
    {
        var name = PlainRegionName(code);
        return _regions.CodesOf(name).Count > 1 ? $"{name} {code}" : name;
    }

    /// <summary>The Chinese name, for a place beside the code; the code itself where it is unknown.</summary>
    public string PlainRegionName(string code) => _regionNames.GetValueOrDefault(code, code);

    public string IndicatorName(string code) => _indicatorNames.GetValueOrDefault(code, code);

    /// <summary>Those of an indicator's definition: 个 and 家 are what it counts.</summary>
    private readonly record struct UnitsOf(string? Value, string? Numerator, string? Denominator);

    /// <summary>What a name needs of the regions to mean one of them.</summary>
    private static List<Catalog.Region> Named(IEnumerable<Region> regions, IEnumerable<RegionScheme> schemes)
    {
        var units = schemes.Where(scheme => scheme.ReportingUnits).SelectMany(scheme => scheme.Members)
            .Where(member => member.Extent != SchemeExtent.None).Select(member => member.Region).ToHashSet(StringComparer.Ordinal);
        return [.. regions.Select(region => new Catalog.Region
        {
            Code = region.Code,
            NameZh = region.NameZh,
            NameEn = region.NameEn,
            ParentCode = region.ParentCode,
            ReportingUnit = units.Contains(region.Code),
            Overlaps = region.Overlaps,
            ValidFrom = Day(region.ValidFrom),
            ValidTo = Day(region.ValidTo),
            Successors = region.Successors,
        })];
    }

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
