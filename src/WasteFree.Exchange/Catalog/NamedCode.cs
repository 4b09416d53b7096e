namespace WasteFree.Exchange.Catalog;

/// <summary>A code and the names it goes by.</summary>
public readonly record struct NamedCode(string Code, string NameZh, string NameEn)
{
    /// <summary>Codes and names that it had earlier.</summary>
    public IReadOnlyList<string> Former { get; init; } = [];

    /// <summary>Null: rows of the kind have no names.</summary>
    public static NamedCode? Of(object row) => row switch
    {
        Region region => new NamedCode(region.Code, region.NameZh, region.NameEn) { Former = [.. region.FormerCodes, .. region.FormerNames] },
        Indicator indicator => new NamedCode(indicator.Code, indicator.NameZh, indicator.NameEn),
        Category category => new NamedCode(category.Code, category.NameZh, category.NameEn),
        Organization organization => new NamedCode(organization.Id, organization.NameZh, organization.NameEn),
        RegionScheme scheme => new NamedCode(scheme.Code, scheme.NameZh, scheme.NameEn),
        Target target => new NamedCode(target.Id, target.NameZh, target.NameEn),
        _ => null,
    };
}
