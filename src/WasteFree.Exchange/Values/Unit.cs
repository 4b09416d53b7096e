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

    private readonly Rational _factor;
    private readonly string _dimension;

    private Unit(string code, Rational factor, string dimension)
    {
        Code = code;
        _factor = factor;
        _dimension = dimension;
    }

    /// <summary>As written: <c>kg</c> and <c>10*3.g</c> are two codes of one size.</summary>
    public string Code { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out Unit? unit)
    {
        unit = text.Length is > 0 and <= MaxLength && UnitParser.TryParse(text, out var factor, out var dimension)
            ? new Unit(text, factor, dimension)
            : null;
        return unit is not null;
    }

    public bool IsCommensurable(Unit other) => _dimension == other._dimension;

    /// <summary>The quantity <paramref name="value"/> of this unit, in <paramref name="to"/>.</summary>
    /// <returns>Whether the two are commensurable.</returns>
    public bool TryConvert(Rational value, Unit to, out Rational result)
    {
        result = IsCommensurable(to) ? value * _factor / to._factor : default;
        return IsCommensurable(to);
    }

    public override string ToString() => Code;
}
