using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;

namespace WasteFree.Exchange.Attainments;

/// <summary>Where a target stands.</summary>
public enum AttainmentState
{
    /// <summary>The value of its own period, scope and category attains it.</summary>
    Attained = 1,

    /// <summary>That value does not.</summary>
    NotAttained = 2,

    /// <summary>There is no value that may be held against it; the reasons of the cell say why.</summary>
    Unknown = 3,

    /// <summary>Only related to its indicator, or to none: a value is shown and never counts.</summary>
    RelatedOnly = 4,

    /// <summary>A rule on whom something applies to.</summary>
    NotAResult = 5,
}

/// <summary>One target and where it stands.</summary>
public sealed record Attainment
{
    public required Target Target { get; init; }

    /// <summary>What it asks for, in signs.</summary>
    public required string Goal { get; init; }

    public required AttainmentState State { get; init; }

    /// <summary>Of the target's own period, scope and category, in its unit; null where it has no indicator.</summary>
    public ComparisonCell? Cell { get; init; }

    /// <summary>Day on which an event happened first; null: no event, or not known to have happened.</summary>
    public DateOnly? EventDay { get; init; }

    /// <summary>Value by goal x 100, rounded to 12 decimals, where more is better and the goal is above zero; else empty.</summary>
    public string Percent { get; init; } = "";

    /// <summary>Until the deadline, or else the last day of the period; negative: past. Null for a rule.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>Null for events and for what never counts.</summary>
    public TargetPath? Path { get; init; }

    public required string MessageZh { get; init; }
    public required string MessageEn { get; init; }
}
