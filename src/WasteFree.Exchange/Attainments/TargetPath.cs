using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Attainments;

/// <summary>Why the way from a base to a target is known or not.</summary>
public enum PathState
{
    Known = 1,

    /// <summary>The target has no base, or nothing comparable was reported for it: never guessed.</summary>
    NoBase = 2,

    /// <summary>There is no value after the base that may be compared with it.</summary>
    NoValue = 3,

    /// <summary>The base is the target.</summary>
    NoDistance = 4,

    /// <summary>The base attains the target already: there is no way to go, the target is to stay on its good side.</summary>
    BaseAttains = 5,
}

/// <summary>The way from a base to a target, measured at the newest value up to the target's period.</summary>
/// <param name="State">
/// The rest is filled where it is <see cref="PathState.Known"/>; where it is <see cref="PathState.BaseAttains"/> all but
/// <see cref="Share"/> and <see cref="CagrRatio"/>.
/// </param>
public sealed record TargetPath(PathState State)
{
    public Period? BasePeriod { get; init; }

    /// <summary>In the target's unit.</summary>
    public string BaseValue { get; init; } = "";

    /// <summary>Of the value that is measured.</summary>
    public Period? Period { get; init; }

    /// <summary>In the target's unit.</summary>
    public string Value { get; init; } = "";

    /// <summary>(value - base) / (target - base) x 100, rounded to 12 decimals.</summary>
    public string Share { get; init; } = "";

    /// <summary>
    /// What the straight line from base to target gives for <see cref="Period"/>, rounded to 12 decimals; the target itself
    /// where the base attains it.
    /// </summary>
    public string Expected { get; init; } = "";

    /// <summary>
    /// The value attains the target; or, before the target's period, is at <see cref="Expected"/> or on its good side. Before
    /// rounding. Where the base attains the target, only the former.
    /// </summary>
    public bool OnTrack { get; init; }

    /// <summary>Yearly growth so far by the yearly growth needed, approximately, 6 significant digits; empty: none.</summary>
    public string CagrRatio { get; init; } = "";

    /// <summary>The value is not real, or the base is not (示例).</summary>
    public bool Illustrative { get; init; }
}
