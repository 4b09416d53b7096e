using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Validation;

/// <summary>Units parsed once: a report names few of them, in every row. Not for use by two threads.</summary>
public sealed class UnitTable
{
    /// <summary>A sender cannot make the table grow without bound.</summary>
    private const int Capacity = 1_000;

    /// <summary>No unit of the field is longer; a product of ten thousand factors would only cost time.</summary>
    private const int MaxLength = 64;

    private readonly Dictionary<string, Unit?> _units = new(StringComparer.Ordinal);

    /// <summary>The unit; null when the text is none.</summary>
    public Unit? Get(string code)
    {
        if (code.Length > MaxLength) return null;
        if (_units.TryGetValue(code, out var known)) return known;
        if (_units.Count >= Capacity) _units.Clear();
        return _units[code] = Unit.TryParse(code, out var unit) ? unit : null;
    }
}
