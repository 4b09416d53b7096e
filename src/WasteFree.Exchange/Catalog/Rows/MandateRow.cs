namespace WasteFree.Exchange.Catalog.Rows;

internal static class MandateRow
{
    /// <summary>Ten years: more is a slip of the keyboard.</summary>
    private const int MaxDueDays = 3660;

    public static readonly IReadOnlyList<string> Columns = ["organization", "indicators", "regions", "authoritative", "due_days"];

    public static readonly IReadOnlyList<string> Required = ["organization", "indicators", "regions"];

    public static ParsedRow Read(RowFields row)
    {
        var mandate = new Mandate
        {
            Organization = OrganizationRow.Id(row, "organization"),
            Indicators = row.Patterns("indicators"),
            Regions = row.RegionPatterns("regions"),
            Authoritative = row.Bool("authoritative"),
            DueDays = row.Integer("due_days", 0, MaxDueDays),
        };
        // Accepting it and then releasing at commit would break a promise in silence.
        if (row.Bool("review")) row.Fault("review", row.Text("review"), FaultText.ReviewNotOffered);

        var key = ParsedRow.KeyOf(mandate.Organization, mandate.Indicators.ToString(), mandate.Regions.ToString());
        return new ParsedRow(mandate, key, "", Reference.List(
        [
            new Reference("organization", CatalogTableKind.Organizations, mandate.Organization),
            .. Reference.Each("indicators", CatalogTableKind.Indicators, mandate.Indicators.Exact),
            .. Reference.Each("regions", CatalogTableKind.Regions, mandate.Regions.Exact),
        ]));
    }
}
