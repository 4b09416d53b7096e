using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Validation;

/// <summary>Conversions found once: the rows of a report name few units and periods. Not for use by two threads.</summary>
internal sealed class ConversionTable(CatalogSnapshot catalog)
{
    /// <summary>A sender cannot make the table grow without bound.</summary>
    private const int Capacity = 1_000;

    private readonly Dictionary<(string Indicator, string Category, string From, string To, Period Period), UnitConversion?> _known = [];

    /// <summary>The conversion; null: the one unit does not become the other.</summary>
    public UnitConversion? Get(string indicator, string category, Unit from, Unit to, Period period)
    {
        var key = (indicator, category, from.Code, to.Code, period);
        if (_known.TryGetValue(key, out var known)) return known;
        if (_known.Count >= Capacity) _known.Clear();
        return _known[key] = UnitConversion.Find(catalog, indicator, category, from, to, period);
    }
}
