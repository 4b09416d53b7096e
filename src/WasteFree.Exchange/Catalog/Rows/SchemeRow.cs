namespace WasteFree.Exchange.Catalog.Rows;

internal static class SchemeRow
{
    public static readonly IReadOnlyList<string> Columns =
        ["code", "name_zh", "name_en", "reporting_units", "valid_from", "valid_to", "source", "confidence", "note"];

    public static readonly IReadOnlyList<string> Required = ["code", "name_zh"];

    public static ParsedRow Read(RowFields row)
    {
        var scheme = new RegionScheme
        {
            Code = row.RequiredCode("code"),
            NameZh = row.RequiredName("name_zh"),
            NameEn = row.Name("name_en"),
            ReportingUnits = row.Bool("reporting_units"),
            ValidFrom = row.Date("valid_from"),
            ValidTo = row.Date("valid_to"),
            Source = row.Text("source"),
            Confidence = row.Choice("confidence", ClosedSets.Confidences, Confidence.Unstated),
            Note = row.Text("note"),
        };
        if (scheme.ValidFrom >= scheme.ValidTo) row.Fault("valid_to", row.Text("valid_to"), FaultText.NotLater("valid_from"));
        return new ParsedRow(scheme, scheme.Code, scheme.Code, []);
    }
}
