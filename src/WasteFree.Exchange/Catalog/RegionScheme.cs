namespace WasteFree.Exchange.Catalog;

/// <summary>A set of regions that goes by one name. Its days are those of China.</summary>
public sealed record RegionScheme : CatalogRecord
{
    public required string Code { get; init; }
    public required string NameZh { get; init; }
    public string NameEn { get; init; } = "";

    /// <summary>Its members are the units that report: one stands for its ground before a region that is none.</summary>
    public bool ReportingUnits { get; init; }

    /// <summary>First day; null: not stated.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>First day on which it is no more; null: it goes on.</summary>
    public DateOnly? ValidTo { get; init; }

    public string Source { get; init; } = "";
    public Confidence Confidence { get; init; }
    public string Note { get; init; } = "";

    public bool InForce(DateOnly day) => !(day < ValidFrom) && !(day >= ValidTo);
}
