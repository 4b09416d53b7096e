using System.Globalization;
using System.Numerics;

namespace WasteFree.Exchange.Values;

/// <summary>
/// A decimal number as it was written: <c>-?(0|[1-9][0-9]*)(\.[0-9]{1,12})?</c>, at most 18 digits, no minus zero.
/// <c>90</c> and <c>90.0</c> are two contents with one quantity; <see cref="ToString"/> gives the text back.
/// </summary>
public readonly record struct ExactDecimal(long Mantissa, byte Scale)
{
    public const int MaxDigits = 18;
    public const int MaxScale = 12;

    public static bool TryParse(ReadOnlySpan<char> text, out ExactDecimal value)
    {
        value = default;
        var negative = !text.IsEmpty && text[0] == '-';
        var digits = negative ? text[1..] : text;
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? default : digits[(point + 1)..];
        if (whole.IsEmpty || (whole.Length > 1 && whole[0] == '0')) return false;
        if (point >= 0 && (fraction.IsEmpty || fraction.Length > MaxScale)) return false;
        if (whole.Length + fraction.Length > MaxDigits) return false;

        long mantissa = 0;
        foreach (var c in whole)
        {
            if (!char.IsAsciiDigit(c)) return false;
            mantissa = mantissa * 10 + (c - '0');
        }
        foreach (var c in fraction)
        {
            if (!char.IsAsciiDigit(c)) return false;
            mantissa = mantissa * 10 + (c - '0');
        }
        if (negative && mantissa == 0) return false;
        value = new ExactDecimal(negative ? -mantissa : mantissa, (byte)fraction.Length);
        return true;
    }

    public Rational ToRational() => new(Mantissa, BigInteger.Pow(10, Scale));

    public override string ToString()
    {
        if (Scale == 0) return Mantissa.ToString(CultureInfo.InvariantCulture);
        Span<char> buffer = stackalloc char[24];
        Math.Abs(Mantissa).TryFormat(buffer, out var length, "D" + (Scale + 1), CultureInfo.InvariantCulture);
        var sign = Mantissa < 0 ? "-" : "";
        return string.Concat(sign, buffer[..(length - Scale)], ".", buffer[(length - Scale)..length]);
    }
}
