namespace WasteFree.Exchange.Catalog.Rows;

internal static class SchemeMemberRow
{
    public static readonly IReadOnlyList<string> Columns = ["scheme", "region", "extent", "valid_from", "valid_to", "confidence", "note"];

    public static readonly IReadOnlyList<string> Required = ["scheme", "region", "extent"];

    public static ParsedRow Read(RowFields row)
    {
        var member = new SchemeMember
        {
            Scheme = row.RequiredCode("scheme"),
            Region = row.RequiredCode("region"),
            Extent = row.RequiredChoice("extent", ClosedSets.Extents),
            ValidFrom = row.Date("valid_from"),
            ValidTo = row.Date("valid_to"),
            Confidence = row.Choice("confidence", ClosedSets.Confidences, Confidence.Unstated),
            Note = row.Text("note"),
        };
        if (member.ValidFrom >= member.ValidTo) row.Fault("valid_to", row.Text("valid_to"), FaultText.NotLater("valid_from"));
        return new ParsedRow(member, ParsedRow.KeyOf(member.Scheme, member.Region), "", Reference.List(
        [
            new Reference("scheme", CatalogTableKind.Schemes, member.Scheme),
            new Reference("region", CatalogTableKind.Regions, member.Region),
        ]));
    }
}
