using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>What a value is divided by.</summary>
public enum Normalization
{
    PerCapita = 1,
    PerGdp = 2,
}

/// <summary>What a growth starts from.</summary>
public enum GrowthBasis
{
    PreviousPeriod = 1,
    SamePeriodLastYear = 2,
}

/// <summary>What is compared: one table per column, one cell per region.</summary>
public sealed record ComparisonRequest
{
    /// <summary>Indicators known to the catalogue, each with a period: the order of the tables.</summary>
    public required IReadOnlyList<(string Indicator, Period Period)> Columns { get; init; }

    /// <summary>The order of the cells; a region named twice has one cell.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>
    /// Those of <see cref="Regions"/> that the table of a period has: a scheme of 2024 has the districts of 2024. Null: all.
    /// </summary>
    public Func<Period, IReadOnlyList<string>>? RegionsOf { get; init; }

    public Scope Scope { get; init; } = Scope.Whole;
    public string Category { get; init; } = Codes.Total;

    /// <summary>Only this organisation's values; null: by mandate, or the single reporter.</summary>
    public string? Source { get; init; }

    /// <summary>What the caller may read: a cell outside it is not shared.</summary>
    public required Visibility Visibility { get; init; }

    /// <summary>What of that it is not told: what is confidential, or would give away what is.</summary>
    public required Disclosure Disclosure { get; init; }

    /// <summary>Definition version that the tables follow, known for each indicator; null: the one in force in the period.</summary>
    public DefinitionVersion? Version { get; init; }

    /// <summary>Unit of the tables; null: the definition's, or what the normalisation makes of it.</summary>
    public Unit? Unit { get; init; }

    /// <summary>Where a period has no value, make it of finer ones.</summary>
    public bool RollUp { get; init; }

    /// <summary>Only for amounts, stocks and counts.</summary>
    public Normalization? Normalization { get; init; }

    public IReadOnlyList<GrowthBasis> Growth { get; init; } = [];

    /// <summary>Code of the scheme that the regions come from: an aggregate names those that belong to it in part. Null: none.</summary>
    public string? Scheme { get; init; }
}
