using WasteFree.Exchange.Catalog;

namespace WasteFree.Exchange.Attainments;

/// <summary>Which targets are held against values, whose values, and on which day.</summary>
public sealed record AttainmentRequest
{
    /// <summary>The order of the answer; <see cref="TargetList"/> makes it.</summary>
    public required IReadOnlyList<Target> Targets { get; init; }

    /// <summary>The day from which the days left are counted.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Only this organisation's values; null: by mandate, or the single reporter.</summary>
    public string? Source { get; init; }

    /// <summary>Organisation that asks: it sees its own confidential values. Null: none.</summary>
    public string? Caller { get; init; }
}
