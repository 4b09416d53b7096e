using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>How a value has grown.</summary>
public sealed record Growth
{
    public required GrowthBasis Basis { get; init; }

    /// <summary>Null: there is none (week 53).</summary>
    public Period? BasePeriod { get; init; }

    /// <summary>In the table's unit and definition; empty: none that can be compared.</summary>
    public string BaseValue { get; init; } = "";

    /// <summary>Value minus base value, in the table's unit; null: absent.</summary>
    public Rational? Change { get; init; }

    /// <summary>(value / base value - 1) x 100; null: absent, also where the base is not above zero.</summary>
    public Rational? Percent { get; init; }

    /// <summary>Why it is absent.</summary>
    public IReadOnlyList<VerdictReason> Reasons { get; init; } = [];

    /// <summary>The reasons in words.</summary>
    public string MessageZh { get; init; } = "";

    /// <summary>The reasons in words.</summary>
    public string MessageEn { get; init; } = "";

    internal Draft? Origin { get; init; }
}
