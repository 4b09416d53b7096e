using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Identity;

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

    /// <summary>What the caller may read: a cell outside it is not shared.</summary>
    public required Visibility Visibility { get; init; }

    /// <summary>What of that it is not told: what is confidential, or would give away what is.</summary>
    public required Disclosure Disclosure { get; init; }
}
