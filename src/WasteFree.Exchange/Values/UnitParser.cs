using System.Globalization;
using System.Numerics;

namespace WasteFree.Exchange.Values;

/// <summary>
/// Reads a UCUM term into a factor and a dimension. Products and quotients bind alike, from left to right: the
/// denominator of <c>t/(10*4.{CNY})</c> needs its parentheses.
/// </summary>
internal ref struct UnitParser
{
    // No unit of the field has more; a power of ten with more digits would only cost memory.
    private const int MaxExponentDigits = 2;

    private readonly ReadOnlySpan<char> _text;
    private readonly Dictionary<string, int> _dimension = new(StringComparer.Ordinal);
    private Rational _factor = Rational.One;
    private int _at;

    private UnitParser(ReadOnlySpan<char> text) => _text = text;

    /// <summary>The dimension is base units and annotations with their exponents; one that cancels out stays as zero.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out Rational factor, out IReadOnlyDictionary<string, int> dimension)
    {
        var parser = new UnitParser(text);
        // A leading slash divides by the first component only: `/m3.t` is tonnes per cubic metre.
        var read = parser.Term(first: parser.Take('/') ? -1 : 1, rest: 1) && parser._at == text.Length;
        factor = parser._factor;
        dimension = parser._dimension;
        return read;
    }

    /// <summary>Both arguments are 1, or -1 where the term, or its first component, stands below the line.</summary>
    private bool Term(int first, int rest)
    {
        if (!Component(first)) return false;
        while (true)
        {
            if (Take('.'))
            {
                if (!Component(rest)) return false;
            }
            else if (Take('/'))
            {
                if (!Component(-rest)) return false;
            }
            else
            {
                return true;
            }
        }
    }

    private bool Component(int sign)
    {
        if (Take('(')) return Term(sign, sign) && Take(')');
        if (Peek == '{') return Annotation(sign);
        if (char.IsAsciiDigit(Peek) && !IsTen) return Integer(sign);

        if (UnitAtoms.Find(Symbol()) is not { } atom || !Exponent(out var exponent)) return false;
        _factor *= Rational.Pow(atom.Factor, sign * exponent);
        foreach (var (name, power) in atom.Dimension) Add(name, sign * exponent * power);
        return Peek != '{' || Annotation(sign);
    }

    /// <summary>Compared as text: tonnes of dry matter, <c>t{dry}</c>, are not tonnes.</summary>
    private bool Annotation(int sign)
    {
        var length = _text[_at..].IndexOf('}') + 1;
        if (length <= 2) return false;
        var annotation = _text.Slice(_at, length);
        if (annotation[1..].Contains('{') || annotation.ContainsAnyExceptInRange('!', '~')) return false;
        Add(annotation.ToString(), sign);
        _at += length;
        return true;
    }

    private bool Integer(int sign)
    {
        var digits = Digits();
        var number = BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        if (number.IsZero) return false;
        _factor *= Rational.Pow(new Rational(number, 1), sign);
        return true;
    }

    private bool Exponent(out int exponent)
    {
        exponent = 1;
        var negative = Take('-');
        var signed = negative || Take('+');
        var digits = Digits();
        if (digits.IsEmpty) return !signed;
        if (digits.Length > MaxExponentDigits) return false;
        exponent = int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) * (negative ? -1 : 1);
        return exponent != 0;
    }

    /// <summary><c>10*</c>, <c>10^</c>, <c>%</c>, letters, or a name in brackets; empty where there is none.</summary>
    private string Symbol()
    {
        var rest = _text[_at..];
        var length = Peek switch
        {
            '1' => 3,
            '%' => 1,
            '[' => rest.IndexOf(']') + 1,
            _ => LettersAtStart(rest),
        };
        _at += length;
        return rest[..length].ToString();
    }

    private readonly bool IsTen => _text[_at..].StartsWith("10*") || _text[_at..].StartsWith("10^");

    private readonly char Peek => _at < _text.Length ? _text[_at] : '\0';

    private bool Take(char expected)
    {
        if (Peek != expected) return false;
        _at++;
        return true;
    }

    private ReadOnlySpan<char> Digits()
    {
        var start = _at;
        while (char.IsAsciiDigit(Peek)) _at++;
        return _text[start.._at];
    }

    private static int LettersAtStart(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsAsciiLetter(text[length]) || text[length] == '_')) length++; // cal_th
        return length;
    }

    private readonly void Add(string name, int exponent) =>
        _dimension[name] = _dimension.GetValueOrDefault(name) + exponent;
}
