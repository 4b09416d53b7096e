namespace WasteFree.Exchange.Catalog.Rows;

internal static class OrganizationRow
{
    public static readonly IReadOnlyList<string> Columns = ["id", "name_zh", "name_en", "kind", "regions", "illustrative"];

    public static readonly IReadOnlyList<string> Required = ["id", "name_zh", "regions"];

    public static ParsedRow Read(RowFields row)
    {
        var organization = new Organization
        {
            Id = Id(row, "id"),
            NameZh = row.RequiredName("name_zh"),
            NameEn = row.Name("name_en"),
            Kind = row.Choice("kind", ClosedSets.OrganizationKinds, OrganizationKind.Unstated),
            Regions = row.RegionPatterns("regions"),
            Illustrative = row.Bool("illustrative"),
        };
        return new ParsedRow(
            organization,
            organization.Id,
            organization.Id,
            Reference.List(Reference.Each("regions", CatalogTableKind.Regions, organization.Regions.Exact)));
    }

    /// <summary>An organisation's id in a column; empty where it is none.</summary>
    public static string Id(RowFields row, string column)
    {
        var text = row.RequiredText(column);
        if (text.Length == 0 || CodeSyntax.IsOrganizationId(text)) return text;
        row.Fault(column, text, FaultText.NotAnOrganizationId);
        return "";
    }
}
