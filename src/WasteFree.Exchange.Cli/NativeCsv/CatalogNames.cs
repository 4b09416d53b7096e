using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Client;
using Indicator = WasteFree.Exchange.V1.Indicator;
using Region = WasteFree.Exchange.V1.Region;

namespace WasteFree.Exchange.Cli.NativeCsv;

/// <summary>What a written name stands for.</summary>
internal abstract record NameMeaning
{
    private NameMeaning()
    {
    }

    /// <summary>One code, or the text itself where the catalogue knows no such name: the hub answers on that.</summary>
    public sealed record One(string Code) : NameMeaning;

    /// <summary>Several codes bear the name.</summary>
    public sealed record Several(IReadOnlyList<string> Codes) : NameMeaning;
}

/// <summary>Names of regions and indicators, Chinese and English, to codes and back.</summary>
internal sealed class CatalogNames
{
    private readonly NameTable _regions = new();
    private readonly NameTable _indicators = new();

    public CatalogNames(IEnumerable<Indicator> indicators, IEnumerable<Region> regions)
        : this(
            indicators.Select(indicator => (indicator.Code, indicator.NameZh, indicator.NameEn)),
            regions.Select(region => (region.Code, region.NameZh, region.NameEn)))
    {
    }

    private CatalogNames(IEnumerable<(string Code, string NameZh, string NameEn)> indicators, IEnumerable<(string Code, string NameZh, string NameEn)> regions)
    {
        foreach (var (code, nameZh, nameEn) in indicators) _indicators.Add(code, nameZh, nameEn);
        foreach (var (code, nameZh, nameEn) in regions) _regions.Add(code, nameZh, nameEn);
    }

    /// <summary>The names that come with the program, for work without a hub.</summary>
    public static CatalogNames BuiltIn()
    {
        var load = CatalogLoader.Load(BuiltInCatalog.Tables, [], allowIllustrative: false);
        var catalog = CatalogReader.Read(0, load.Changed);
        return new CatalogNames(
            catalog.Indicators.Select(indicator => (indicator.Code, indicator.NameZh, indicator.NameEn)),
            catalog.Regions.Select(region => (region.Code, region.NameZh, region.NameEn)));
    }

    public static async Task<CatalogNames> ReadAsync(ExchangeClient client, CancellationToken cancellationToken)
    {
        var indicators = await client.ListIndicatorsAsync(null, cancellationToken);
        var regions = await client.ListRegionsAsync(null, cancellationToken);
        return new CatalogNames(indicators.Indicators, regions.Regions);
    }

    public NameMeaning Region(string text) => _regions.Find(text);

    public NameMeaning Indicator(string text) => _indicators.Find(text);

    /// <summary>The Chinese name, or the code itself where it is unknown.</summary>
    public string RegionName(string code) => _regions.NameOf(code);

    public string IndicatorName(string code) => _indicators.NameOf(code);

    private sealed class NameTable
    {
        private readonly Dictionary<string, string> _nameOf = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<string>> _codesOf = new(StringComparer.OrdinalIgnoreCase);

        public void Add(string code, string nameZh, string nameEn)
        {
            _nameOf[code] = nameZh;
            foreach (var name in new[] { nameZh, nameEn })
            {
                if (name.Length == 0) continue;
                if (!_codesOf.TryGetValue(name, out var codes)) _codesOf[name] = codes = [];
                if (!codes.Contains(code)) codes.Add(code); // versions of one indicator share code and name
            }
        }

        public NameMeaning Find(string text)
        {
            if (_nameOf.ContainsKey(text) || !_codesOf.TryGetValue(text, out var codes)) return new NameMeaning.One(text);
            return codes.Count == 1 ? new NameMeaning.One(codes[0]) : new NameMeaning.Several(codes);
        }

        public string NameOf(string code) => _nameOf.GetValueOrDefault(code, code);
    }
}
