using System.Globalization;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog;

/// <summary>What an indicator measures.</summary>
public enum IndicatorKind { Ratio, Intensity, Amount, Stock, Count, Flag, Event }

/// <summary>How finer periods make a coarser one: they add up, the last stands, sum by sum of the parts, not at all.</summary>
public enum Aggregation { Sum, Last, Parts, None }

/// <summary>Which direction is better.</summary>
public enum Direction { Higher, Lower, Neutral }

/// <summary>Who may read the values of an indicator beside their sender; the later, the stricter.</summary>
public enum Sharing
{
    /// <summary>Every organisation (无条件).</summary>
    Unconditional,

    /// <summary>Those of the province that the values are about; others by a grant (有条件).</summary>
    Conditional,

    /// <summary>Nobody (不予共享).</summary>
    NotShared,
}

/// <summary>One version of an indicator definition. A version with another MAJOR is not comparable.</summary>
public sealed record Indicator : CatalogRecord
{
    public required string Code { get; init; }
    public required DefinitionVersion Version { get; init; }
    public required string NameZh { get; init; }
    public string NameEn { get; init; } = "";
    public string Level1 { get; init; } = "";
    public string Level2 { get; init; } = "";
    public bool Mandatory { get; init; }

    /// <summary>UCUM.</summary>
    public required string Unit { get; init; }

    /// <summary>What the numerator is; empty where there is none.</summary>
    public string Numerator { get; init; } = "";

    /// <summary>What the denominator is; empty where there is none.</summary>
    public string Denominator { get; init; } = "";

    /// <summary>UCUM; empty where not stated.</summary>
    public string NumeratorUnit { get; init; } = "";

    /// <summary>UCUM; empty where not stated.</summary>
    public string DenominatorUnit { get; init; } = "";

    public required IndicatorKind Kind { get; init; }
    public required Direction Direction { get; init; }

    /// <summary>Over time; over regions amounts, stocks and counts sum.</summary>
    public Aggregation Aggregation { get; init; }

    /// <summary>Scopes that reports may use; empty: any.</summary>
    public IReadOnlyList<Scope> Scopes { get; init; } = [];

    /// <summary>Frequencies that reports may use; empty: any.</summary>
    public IReadOnlyList<Frequency> Frequencies { get; init; } = [];

    public ExactDecimal? HardMin { get; init; }
    public ExactDecimal? HardMax { get; init; }
    public ExactDecimal? SoftMin { get; init; }
    public ExactDecimal? SoftMax { get; init; }

    /// <summary>In force for periods that start on or after the start of this one; null: always.</summary>
    public Period? ValidFrom { get; init; }

    /// <summary>Not in force for periods that start on or after the start of this one; null: open.</summary>
    public Period? ValidTo { get; init; }

    public string Source { get; init; } = "";
    public DefinitionOwner Owner { get; init; }
    public Sharing Sharing { get; init; } = Sharing.Conditional;
    public Confidence Confidence { get; init; }
    public string Evidence { get; init; } = "";

    public bool InForce(Period period) =>
        (ValidFrom is not { } from || period.Start >= from.Start) && (ValidTo is not { } to || period.Start < to.Start);
}

/// <summary><c>MAJOR.MINOR</c>.</summary>
public readonly record struct DefinitionVersion(int Major, int Minor) : IComparable<DefinitionVersion>
{
    public static bool TryParse(string text, out DefinitionVersion version)
    {
        version = default;
        var parts = text.Split('.');
        if (parts.Length != 2 || !IsNumber(parts[0]) || !IsNumber(parts[1])) return false;
        version = new DefinitionVersion(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        return version.ToString() == text;
    }

    public int CompareTo(DefinitionVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    /// <remarks>The first version is nearly every row's: one text serves them all.</remarks>
    public override string ToString() => (Major, Minor) == (1, 0) ? "1.0" : $"{Major}.{Minor}";

    private static bool IsNumber(string text) => text.Length is > 0 and <= 6 && text.All(char.IsAsciiDigit);
}
