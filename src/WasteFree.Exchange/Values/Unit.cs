using System.Diagnostics.CodeAnalysis;

namespace WasteFree.Exchange.Values;

/// <summary>
/// A unit of measure, written in UCUM (case-sensitive) and converted exactly. Three rules are the field's own: an
/// annotation compares as text (<c>{person}</c> and <c>{CNY}</c> are dimensions, and the second carries no exchange
/// rate), a year and a month are not a number of days, and mass is never volume.
/// </summary>
public sealed class Unit
{
    /// <summary>No unit of the field comes near it; it bounds the work that a sender can ask for.</summary>
    public const int MaxLength = 64;

    private readonly Dictionary<string, int> _dimension;

    private Unit(string code, Rational factor, IEnumerable<KeyValuePair<string, int>> dimension)
    {
        Code = code;
        Factor = factor;
        _dimension = dimension.Where(part => part.Value != 0).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The unit of a plain number.</summary>
    public static Unit One { get; } = new("1", Rational.One, []);

    /// <summary>As written: <c>kg</c> and <c>10*3.g</c> are two codes of one size.</summary>
    public string Code { get; }

    /// <summary>Size in its base units.</summary>
    internal Rational Factor { get; }

    /// <summary>Base units and annotations that are in it.</summary>
    internal IEnumerable<string> Parts => _dimension.Keys;

    /// <summary>
    /// Its quantities are numbers of things, such as <c>{village}</c> or ten thousands of them. Money, whose annotation is
    /// three capitals, has parts.
    /// </summary>
    internal bool CountsThings
    {
        get
        {
            if (_dimension.Count != 1) return false;
            foreach (var (part, exponent) in _dimension) return exponent == 1 && part[0] == '{' && !IsCurrency(part);
            return false;
        }
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out Unit? unit)
    {
        unit = text.Length is > 0 and <= MaxLength && UnitParser.TryParse(text, out var factor, out var dimension)
            ? new Unit(text, factor, dimension)
            : null;
        return unit is not null;
    }

    /// <summary>Exponent of a base unit or annotation; 0: it is not in it.</summary>
    internal int Exponent(string part) => _dimension.GetValueOrDefault(part);

    public bool IsCommensurable(Unit other) =>
        _dimension.Count == other._dimension.Count
        && _dimension.All(part => other.Exponent(part.Key) == part.Value);

    /// <summary>The unit of a quotient, as that of an intensity is.</summary>
    public Unit Per(Unit denominator)
    {
        var exponents = _dimension.Concat(denominator._dimension.Select(part => KeyValuePair.Create(part.Key, -part.Value)))
            .GroupBy(part => part.Key, StringComparer.Ordinal)
            .Select(parts => KeyValuePair.Create(parts.Key, parts.Sum(part => part.Value)));
        return new Unit($"({Code})/({denominator.Code})", Factor / denominator.Factor, exponents);
    }

    /// <summary>The quantity <paramref name="value"/> of this unit, in <paramref name="to"/>.</summary>
    /// <returns>Whether the two are commensurable.</returns>
    public bool TryConvert(Rational value, Unit to, out Rational result)
    {
        var commensurable = IsCommensurable(to);
        result = commensurable ? value * Factor / to.Factor : default;
        return commensurable;
    }

    public override string ToString() => Code;

    private static bool IsCurrency(string annotation) => annotation.Length == 5 && !annotation.AsSpan(1, 3).ContainsAnyExceptInRange('A', 'Z');
}
