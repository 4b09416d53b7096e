using System.Collections.Frozen;

namespace WasteFree.Exchange.Identity;

/// <summary>
/// Which rows a caller may read: what is not named is not readable. Every reading of rows takes one, and the database
/// applies it, so that neither a row nor the count of rows that it leaves out goes anywhere.
/// </summary>
public sealed record Visibility
{
    /// <summary>Stands for every owner or region in <see cref="Granted"/>.</summary>
    public const string Any = "*";

    /// <summary>All rows: for the user of an unsecured hub's own machine, and for nobody else.</summary>
    public static Visibility Everything { get; } = new() { IsEverything = true };

    public static Visibility Nothing { get; } = new();

    public bool IsEverything { get; private init; }

    /// <summary>Organisation that reads: all rows it sent itself, and their confidential numbers. Null: none.</summary>
    public string? Organization { get; init; }

    /// <summary>Indicators of which it reads every row.</summary>
    public IReadOnlySet<string> Indicators { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Indicators of which it reads the rows about <see cref="ProvinceRegions"/>.</summary>
    public IReadOnlySet<string> ProvinceIndicators { get; init; } = FrozenSet<string>.Empty;

    public IReadOnlySet<string> ProvinceRegions { get; init; } = FrozenSet<string>.Empty;

    /// <summary>What it was granted; owner and region may be <see cref="Any"/>.</summary>
    public IReadOnlySet<(string Owner, string Indicator, string Region)> Granted { get; init; } = FrozenSet<(string, string, string)>.Empty;

    /// <summary>Whether it may read the organisation's rows of the indicator about the region.</summary>
    public bool Reads(string organization, string indicator, string region) =>
        ReadsOfAll(indicator, region)
        || organization == Organization
        || Granted.Contains((organization, indicator, Any))
        || Granted.Contains((organization, indicator, region));

    /// <summary>Whether it may read every organisation's rows of the indicator about the region.</summary>
    public bool ReadsOfAll(string indicator, string region) =>
        IsEverything
        || Indicators.Contains(indicator)
        || (ProvinceIndicators.Contains(indicator) && ProvinceRegions.Contains(region))
        || Granted.Contains((Any, indicator, Any))
        || Granted.Contains((Any, indicator, region));

    /// <summary>Whether it may see the organisation's confidential numbers.</summary>
    public bool ReadsConfidential(string organization) => organization == Organization;
}
