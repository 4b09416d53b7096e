using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>What is compared: one table per column, one cell per region.</summary>
public sealed record ComparisonRequest
{
    /// <summary>Indicators known to the catalogue, each with a period: the order of the tables.</summary>
    public required IReadOnlyList<(string Indicator, Period Period)> Columns { get; init; }

    /// <summary>The order of the cells; a region named twice has one cell.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    public Scope Scope { get; init; } = Scope.Whole;
    public string Category { get; init; } = Codes.Total;

    /// <summary>Only this organisation's values; null: by mandate, or the single reporter.</summary>
    public string? Source { get; init; }

    /// <summary>Organisation that asks: it sees its own confidential values. Null: none.</summary>
    public string? Caller { get; init; }
}
