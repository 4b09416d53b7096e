using System.Globalization;
using System.Numerics;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>A fraction of schoolbooks, so that the oracle owes nothing to the arithmetic it checks.</summary>
internal readonly struct Fraction : IEquatable<Fraction>, IComparable<Fraction>
{
    private const int Decimals = 12;

    private readonly BigInteger _top;
    private readonly BigInteger _bottom;

    private Fraction(BigInteger top, BigInteger bottom)
    {
        if (bottom.IsZero) throw new DivideByZeroException();
        var common = BigInteger.GreatestCommonDivisor(top, bottom) * bottom.Sign;
        (_top, _bottom) = (top / common, bottom / common);
    }

    public static Fraction Zero { get; } = Of(0);

    public static Fraction One { get; } = Of(1);

    public bool IsZero => _top.IsZero;

    public bool IsPositive => _top.Sign > 0;

    public static Fraction Of(long number) => new(number, 1);

    /// <summary>A decimal, or a quotient of two.</summary>
    public static Fraction Parse(string text)
    {
        if (text.Split('/') is [var top, var bottom]) return Parse(top) / Parse(bottom);
        var digits = text.Replace(".", "", StringComparison.Ordinal);
        var scale = text.Contains('.', StringComparison.Ordinal) ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        return new Fraction(BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), BigInteger.Pow(10, scale));
    }

    public static Fraction operator +(Fraction a, Fraction b) => new((a._top * b._bottom) + (b._top * a._bottom), a._bottom * b._bottom);

    public static Fraction operator -(Fraction a, Fraction b) => a + (Of(-1) * b);

    public static Fraction operator *(Fraction a, Fraction b) => new(a._top * b._top, a._bottom * b._bottom);

    public static Fraction operator /(Fraction a, Fraction b) => new(a._top * b._bottom, a._bottom * b._top);

    public static bool operator ==(Fraction a, Fraction b) => a.Equals(b);

    public static bool operator !=(Fraction a, Fraction b) => !a.Equals(b);

    public static Fraction Sum(IEnumerable<Fraction> items) => items.Aggregate(Zero, (sum, item) => sum + item);

    public bool Equals(Fraction other) => _top == other._top && _bottom == other._bottom;

    public override bool Equals(object? obj) => obj is Fraction other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_top, _bottom);

    public int CompareTo(Fraction other) => (_top * other._bottom).CompareTo(other._top * _bottom);

    /// <summary>Rounded half-even to 12 decimals, without trailing zeros, without minus zero.</summary>
    public string Text()
    {
        var scaled = BigInteger.Abs(_top) * BigInteger.Pow(10, Decimals);
        var whole = BigInteger.DivRem(scaled, _bottom, out var rest);
        var half = (rest * 2).CompareTo(_bottom);
        if (half > 0 || (half == 0 && !whole.IsEven)) whole += 1;
        var digits = whole.ToString(CultureInfo.InvariantCulture).PadLeft(Decimals + 1, '0');
        var text = $"{digits[..^Decimals]}.{digits[^Decimals..]}".TrimEnd('0').TrimEnd('.');
        return _top.Sign < 0 && text != "0" ? "-" + text : text;
    }

    /// <summary>Lowest terms, <c>p/q</c>.</summary>
    public override string ToString() => $"{_top}/{_bottom}";
}
