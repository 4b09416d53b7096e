namespace WasteFree.Exchange.Catalog.Rows;

internal static class GrantRow
{
    public static readonly IReadOnlyList<string> Columns = ["grantee", "owner", "indicators", "regions", "purpose", "valid_from", "valid_until"];

    public static readonly IReadOnlyList<string> Required = ["grantee", "owner", "indicators", "purpose", "valid_until"];

    public static ParsedRow Read(RowFields row)
    {
        row.RequiredText("valid_until");
        var until = row.Date("valid_until");
        var grant = new Grant
        {
            Grantee = OrganizationRow.Id(row, "grantee"),
            Owner = row.Text("owner") == Grant.AnyOwner ? Grant.AnyOwner : OrganizationRow.Id(row, "owner"),
            Indicators = row.Patterns("indicators"),
            Regions = row.RegionPatterns("regions", absent: "*"),
            Purpose = row.RequiredText("purpose"),
            ValidFrom = row.Date("valid_from"),
            ValidUntil = until ?? default,
        };
        if (until is { } last && grant.ValidFrom > last) row.Fault("valid_from", row.Text("valid_from"), FaultText.NotAfter("valid_until"));

        var key = ParsedRow.KeyOf(grant.Grantee, grant.Owner, grant.Indicators.ToString(), grant.Regions.ToString());
        return new ParsedRow(grant, key, "", Reference.List(
        [
            new Reference("grantee", CatalogTableKind.Organizations, grant.Grantee),
            new Reference("owner", CatalogTableKind.Organizations, grant.Owner == Grant.AnyOwner ? "" : grant.Owner),
            .. Reference.Each("indicators", CatalogTableKind.Indicators, grant.Indicators.Exact),
            .. Reference.Each("regions", CatalogTableKind.Regions, grant.Regions.Exact),
        ]));
    }
}
