using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>How a growth is told.</summary>
public enum GrowthKind
{
    /// <summary>In per cent of the base: amounts, counts, intensities.</summary>
    Relative = 1,

    /// <summary>In percentage points: shares and rates, of which 80 % after 78 % are 2 points more, not 2.56 %.</summary>
    Points = 2,
}

/// <summary>How a value has grown.</summary>
public sealed record Growth
{
    public required GrowthBasis Basis { get; init; }

    public required GrowthKind Kind { get; init; }

    /// <summary>Null: there is none (week 53).</summary>
    public Period? BasePeriod { get; init; }

    /// <summary>In the table's unit and definition; empty: none that can be compared.</summary>
    public string BaseValue { get; init; } = "";

    /// <summary>Value minus base value, in the table's unit; null: absent.</summary>
    public Rational? Change { get; init; }

    /// <summary>(value / base value - 1) x 100; null: absent, also where the base is not above zero.</summary>
    public Rational? Percent { get; init; }

    /// <summary>The change in percentage points, whatever the table's unit; null: absent, or told as <see cref="GrowthKind.Relative"/>.</summary>
    public Rational? Points { get; init; }

    /// <summary>Why it is absent, as <see cref="Kind"/> would tell it.</summary>
    public IReadOnlyList<VerdictReason> Reasons { get; init; } = [];

    /// <summary>The reasons in words.</summary>
    public string MessageZh { get; init; } = "";

    /// <summary>The reasons in words.</summary>
    public string MessageEn { get; init; } = "";

    internal Draft? Origin { get; init; }
}
