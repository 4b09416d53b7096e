namespace WasteFree.Exchange.Catalog.Rows;

internal static class RegionRow
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "code", "name_zh", "name_en", "level", "parent_code", "confidence",
        "note", "overlaps", "valid_from", "valid_to", "successors", "former_meaning", "former_codes", "former_names", "ground_changed",
        "parts_complete", "predecessors_complete",
    ];

    public static readonly IReadOnlyList<string> Required = ["code", "name_zh"];

    public static ParsedRow Read(RowFields row)
    {
        var region = new Region
        {
            Code = row.RequiredCode("code"),
            NameZh = row.RequiredName("name_zh"),
            NameEn = row.Name("name_en"),
            Level = row.Choice("level", ClosedSets.Levels, RegionLevel.Unstated),
            ParentCode = row.Code("parent_code"),
            Overlaps = row.Codes("overlaps"),
            ValidFrom = row.Date("valid_from"),
            ValidTo = row.Date("valid_to"),
            Successors = row.Codes("successors"),
            FormerMeaning = row.Text("former_meaning"),
            FormerCodes = row.Codes("former_codes"),
            FormerNames = row.Texts("former_names"),
            GroundChanged = row.Dates("ground_changed"),
            PartsComplete = row.Bool("parts_complete"),
            PredecessorsComplete = row.Bool("predecessors_complete"),
            Confidence = row.Choice("confidence", ClosedSets.Confidences, Confidence.Unstated),
            Note = row.Text("note"),
        };
        if (region.ValidTo is { } end && region.ValidFrom >= end) row.Fault("valid_to", row.Text("valid_to"), FaultText.NotLater("valid_from"));
        if (region.Successors.Count > 0 && row.Text("valid_to").Length == 0) row.Fault("valid_to", "", FaultText.NoEnd);

        return new ParsedRow(region, region.Code, region.Code, Reference.List(
        [
            new Reference("parent_code", CatalogTableKind.Regions, region.ParentCode),
            .. Reference.Each("overlaps", CatalogTableKind.Regions, region.Overlaps),
            .. Reference.Each("successors", CatalogTableKind.Regions, region.Successors),
        ]));
    }
}
