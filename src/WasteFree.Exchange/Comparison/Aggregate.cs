using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>The regions of a table as one.</summary>
public sealed record Aggregate
{
    /// <summary>In the table's unit, not rounded; null: none.</summary>
    public Rational? Quantity { get; init; }

    /// <summary>Sum of the numerators; null: no parts.</summary>
    public Rational? Numerator { get; init; }

    /// <summary>Sum of the denominators; null: no parts.</summary>
    public Rational? Denominator { get; init; }

    /// <summary>Of <see cref="Numerator"/>; empty: no parts, or nobody states it.</summary>
    public string NumeratorUnit { get; init; } = "";

    /// <summary>Of <see cref="Denominator"/>; empty: no parts, or nobody states it.</summary>
    public string DenominatorUnit { get; init; } = "";

    /// <summary>Members in it.</summary>
    public required int Used { get; init; }

    /// <summary>Members in all.</summary>
    public required int Expected { get; init; }

    /// <summary>Used by expected in per cent.</summary>
    public Rational Coverage => new(Used * 100L, Expected);

    /// <summary>Flags of the members in it.</summary>
    public StatusSet Status { get; init; }

    public bool Illustrative { get; init; }

    /// <summary>Members left out, in the order of the cells.</summary>
    public required IReadOnlyList<Excluded> Excluded { get; init; }

    /// <summary>Members in it that belong to the scheme asked in part only.</summary>
    public IReadOnlyList<string> PartialRegions { get; init; } = [];

    /// <summary>Why there is no value.</summary>
    public IReadOnlyList<VerdictReason> Reasons { get; init; } = [];

    public required Derivation Derivation { get; init; }
}

/// <summary>A region that an aggregate leaves out.</summary>
/// <param name="Region">Region code.</param>
/// <param name="Reasons">The weightiest first.</param>
public sealed record Excluded(string Region, IReadOnlyList<VerdictReason> Reasons);
