using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog;

/// <summary>A region; see the catalogue's columns for each part. Its days are those of China.</summary>
public sealed record Region : CatalogRecord
{
    public required string Code { get; init; }
    public required string NameZh { get; init; }
    public string NameEn { get; init; } = "";
    public RegionLevel Level { get; init; }
    public string ParentCode { get; init; } = "";

    /// <summary>It belongs, on whatever days, to a scheme of reporting units: no column of its own, the catalogue finds it.</summary>
    public bool ReportingUnit { get; init; }

    /// <summary>Codes of regions on the same ground: never in one sum with it.</summary>
    public IReadOnlyList<string> Overlaps { get; init; } = [];

    /// <summary>First day; null: not stated.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>First day on which it is no more; null: it goes on.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Codes of the regions that its ground went to.</summary>
    public IReadOnlyList<string> Successors { get; init; } = [];

    /// <summary>What the code meant before <see cref="ValidFrom"/>.</summary>
    public string FormerMeaning { get; init; } = "";

    /// <summary>Codes that the same ground had earlier.</summary>
    public IReadOnlyList<string> FormerCodes { get; init; } = [];

    /// <summary>Names that the same ground had earlier.</summary>
    public IReadOnlyList<string> FormerNames { get; init; } = [];

    /// <summary>Days on which its ground changed while the region went on.</summary>
    public IReadOnlyList<DateOnly> GroundChanged { get; init; } = [];

    /// <summary>The regions directly below it are together all of its ground.</summary>
    public bool PartsComplete { get; init; }

    /// <summary>The regions that it succeeds were together all of its ground.</summary>
    public bool PredecessorsComplete { get; init; }

    public Confidence Confidence { get; init; }
    public string Note { get; init; } = "";

    public bool InForce(DateOnly day) => !(day < ValidFrom) && !(day >= ValidTo);

    /// <summary>The last day of a period decides, as it does for a yearbook.</summary>
    public bool InForce(Period period) => InForce(period.LastDay);

    /// <summary>Whether it is in force on any day of the period.</summary>
    public bool InForceWithin(Period period) => !(period.End <= ValidFrom) && !(period.Start >= ValidTo);

    /// <summary>Whether its ground is another at the end of one period than at the end of an earlier one.</summary>
    internal bool ChangesGround(Period earlier, Period later) =>
        GroundChanged.Any(day => day > earlier.LastDay && day <= later.LastDay);
}
