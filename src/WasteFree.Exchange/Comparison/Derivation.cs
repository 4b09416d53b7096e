using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>How a number comes from its inputs. The numbers are those of the contract.</summary>
public enum DerivationStep
{
    /// <summary>As it was sent.</summary>
    Observation = 1,

    /// <summary>Numerator by denominator.</summary>
    Quotient = 2,

    /// <summary>Another unit.</summary>
    Conversion = 3,

    /// <summary>Another version of the definition.</summary>
    Bridge = 4,

    /// <summary>Finer periods made one.</summary>
    RollUp = 5,

    /// <summary>Over regions, or over the parts of finer periods.</summary>
    Sum = 6,

    /// <summary>Divided by population or product.</summary>
    Normalization = 7,

    Growth = 8,

    /// <summary>The value chosen among those reported.</summary>
    Cell = 9,

    /// <summary>It was there and was left out.</summary>
    Exclusion = 10,
}

/// <summary>Which number of an observation.</summary>
public enum ObservationPart
{
    Value,
    Numerator,
    Denominator,
}

/// <summary>
/// A number and what it was made of. It is built by the computation itself, so that what is explained is what was done.
/// </summary>
public sealed record Derivation
{
    public required DerivationStep Step { get; init; }
    public required string Indicator { get; init; }

    /// <summary>Empty: several.</summary>
    public string Region { get; init; } = "";

    public Period? Period { get; init; }

    /// <summary>In <see cref="Unit"/>, exact; null: none, or withheld.</summary>
    public Rational? Quantity { get; init; }

    public string Unit { get; init; } = "";

    /// <summary>Of an observation: which of its numbers.</summary>
    public ObservationPart Part { get; init; }

    /// <summary>Of an observation: the revision. Its numbers are the caller's to see only where <see cref="Quantity"/> is.</summary>
    public ObservationRevision? Revision { get; init; }

    /// <summary>Of a conversion.</summary>
    public UnitConversion? Conversion { get; init; }

    /// <summary>Of a bridge.</summary>
    public Bridge? Bridge { get; init; }

    /// <summary>Of a roll-up.</summary>
    public Aggregation Aggregation { get; init; }

    /// <summary>Of a cell: as its table shows it; empty: nothing.</summary>
    public string Shown { get; init; } = "";

    /// <summary>Why it is not comparable, has a caveat, or was left out.</summary>
    public IReadOnlyList<VerdictReason> Reasons { get; init; } = [];

    /// <summary>In words, where the step alone does not say it.</summary>
    public string MessageZh { get; init; } = "";

    /// <summary>In words, where the step alone does not say it.</summary>
    public string MessageEn { get; init; } = "";

    public IReadOnlyList<Derivation> Inputs { get; init; } = [];
}
