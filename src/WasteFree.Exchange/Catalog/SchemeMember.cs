namespace WasteFree.Exchange.Catalog;

/// <summary>How far a region belongs to a scheme. None: a membership that was loaded is taken back.</summary>
public enum SchemeExtent { None, Full, Partial }

/// <summary>A region's membership in a scheme. Its days are those of China.</summary>
public sealed record SchemeMember : CatalogRecord
{
    public required string Scheme { get; init; }
    public required string Region { get; init; }
    public required SchemeExtent Extent { get; init; }

    /// <summary>First day; null: not stated.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>First day on which it is no more; null: it goes on.</summary>
    public DateOnly? ValidTo { get; init; }

    public Confidence Confidence { get; init; }
    public string Note { get; init; } = "";

    public bool Belongs(DateOnly day) => Extent != SchemeExtent.None && !(day < ValidFrom) && !(day >= ValidTo);
}
