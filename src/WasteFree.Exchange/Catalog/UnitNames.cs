using System.Diagnostics.CodeAnalysis;
using System.Text;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog;

/// <summary>
/// Units as Chinese tables write them, as names of UCUM units: 万吨 is <c>10*4.t</c>, 千克/人·日 is <c>kg/({person}.d)</c>. The
/// words are data (Data/unit-names.csv): units, powers of ten before them, and counting words, which stand for what the
/// definition counts.
/// </summary>
public static class UnitNames
{
    private static readonly IReadOnlyList<(string Word, string Kind, string Unit)> Words = BuiltInCatalog.UnitNames;
    private static readonly Dictionary<string, string> Units = OfKind("unit");
    private static readonly Dictionary<string, string> Powers = OfKind("power");
    private static readonly Dictionary<string, string> Counts = OfKind("count");
    private static readonly NearestNames Known = new(
        [.. Units.Select(unit => new NamedCode(unit.Value, unit.Key, "")), .. UnitAtoms.Symbols.Except(Units.Values).Select(symbol => new NamedCode(symbol, "", ""))]);

    private static readonly int LongestPower = Powers.Keys.Max(word => word.Length);

    /// <summary>The UCUM code of a unit, or of the name of one.</summary>
    /// <param name="text">As somebody wrote it.</param>
    /// <param name="own">The definition's unit, which says what 个 and 家 count; empty: there is none.</param>
    /// <param name="code">A UCUM code; that of a text which is one is the text itself.</param>
    public static bool TryFind(string text, string own, [NotNullWhen(true)] out string? code)
    {
        code = text;
        if (Unit.TryParse(text, out _)) return true;
        // No unit is written with a character beyond 16 bits; half of one cannot be normalised.
        var mayName = text.Length <= Unit.MaxLength && !VisibleText.HidesAny(text) && !text.Any(char.IsSurrogate);
        code = mayName ? Code(text.Normalize(NormalizationForm.FormKC), own) : null;
        return code is not null;
    }

    /// <summary>The UCUM codes that were probably meant, each with its name where it has one, the nearest first.</summary>
    public static IReadOnlyList<string> Nearest(string text, int count) => [.. Known.Find(text, count).Select(found => found.TrimEnd())];

    private static string? Code(string text, string own)
    {
        // Full-width and superscript forms are gone: ％, m³.
        if (Unit.TryParse(text, out _)) return text;
        text = string.Concat(text.Select(TraditionalForms.ToSimplified)); // 萬噸
        var quotient = text.Replace('每', '/').Split('/', StringSplitOptions.TrimEntries);
        var code = Product(quotient[0], own);
        // All that a stroke has behind it is below it: 千克/人·日 is by person and by day.
        foreach (var part in quotient[1..]) code = (code, Product(part, own)) is ({ } above, { } below) ? $"{above}/{Closed(below)}" : null;
        return code is not null && Unit.TryParse(code, out _) ? code : null;
    }

    private static string? Product(string text, string own)
    {
        if (text is ['(', .., ')']) text = text[1..^1];
        var factors = text.Split(['·', '.', '•', '⋅'], StringSplitOptions.TrimEntries).Select(factor => Factor(factor, own)).ToList();
        return factors.Contains(null) ? null : string.Join('.', factors);
    }

    private static string? Factor(string text, string own)
    {
        if (Word(text, own) is { } unit) return unit;
        for (var length = Math.Min(LongestPower, text.Length - 1); length > 0; length--)
        {
            if (Powers.TryGetValue(text[..length], out var power) && Word(text[length..].TrimStart(), own) is { } counted)
                return $"{power}.{(counted.Contains('/', StringComparison.Ordinal) ? Closed(counted) : counted)}";
        }
        return null;
    }

    private static string? Word(string text, string own)
    {
        if (Units.TryGetValue(text, out var unit)) return unit;
        if (Counts.ContainsKey(text)) return Unit.TryParse(own, out var counting) ? Counted(counting) : null;
        return text.Length > 0 && !char.IsAsciiDigit(text[0]) && Unit.TryParse(text, out _) ? text : null;
    }

    /// <summary>What a unit counts: its one annotation that is neither money nor people, which have words of their own.</summary>
    private static string? Counted(Unit own)
    {
        var counted = own.Parts.Where(part => part[0] == '{' && part is not ("{CNY}" or "{person}")).Take(2).ToList();
        return counted is [var only] ? only : null;
    }

    private static string Closed(string code) => code.AsSpan().ContainsAny('.', '/') ? $"({code})" : code;

    private static Dictionary<string, string> OfKind(string kind) =>
        Words.Where(word => word.Kind == kind).ToDictionary(word => word.Word, word => word.Unit, StringComparer.Ordinal);
}
