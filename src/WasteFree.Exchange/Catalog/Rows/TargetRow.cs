using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog.Rows;

internal static class TargetRow
{
    public const int MaxTaskNo = 9999;

    public static readonly IReadOnlyList<string> Required =
        ["target_id", "region", "period", "indicator", "relation", "name_zh", "comparator", "value", "unit"];

    public static ParsedRow Read(RowFields row)
    {
        row.RequiredText("period");
        row.RequiredText("value");
        var target = new Target
        {
            Id = row.RequiredCode("target_id"),
            Region = row.RequiredCode("region"),
            Period = row.Period("period") ?? default,
            Deadline = row.Date("deadline"),
            Indicator = row.Code("indicator"),
            Relation = row.RequiredChoice("relation", ClosedSets.Relations),
            RelatedIndicator = row.Code("related_indicator"),
            Scope = row.Choice("scope", ClosedSets.Scopes, Scope.Whole),
            Category = Category(row),
            NameZh = row.RequiredText("name_zh"),
            NameEn = row.Text("name_en"),
            Comparator = row.RequiredChoice("comparator", ClosedSets.Comparators),
            ComparatorStated = row.Bool("comparator_stated"),
            Value = row.Decimal("value") ?? default,
            Unit = row.RequiredUnit("unit"),
            DepartmentsZh = row.Text("departments_zh"),
            TaskNo = row.Integer("task_no", 1, MaxTaskNo),
            SourceDocument = row.Text("source_document"),
            Clause = row.Text("clause"),
            Quote = row.Text("quote"),
            Kind = row.Text("kind"),
            Note = row.Text("note"),
            PartOf = row.Code("part_of"),
        };
        if (row.Text("relation") is "same" or "related" && row.Text("indicator").Length == 0)
            row.Fault("indicator", "", FaultText.NoIndicator);

        return new ParsedRow(target, target.Id, target.Id, Reference.List(
        [
            new Reference("region", CatalogTableKind.Regions, target.Region),
            new Reference("indicator", CatalogTableKind.Indicators, target.Indicator),
            new Reference("related_indicator", CatalogTableKind.Indicators, target.RelatedIndicator),
            new Reference("category", CatalogTableKind.Categories, target.Category == Codes.Total ? "" : target.Category),
            new Reference("part_of", CatalogTableKind.Targets, target.PartOf),
        ]));
    }

    private static string Category(RowFields row) => row.Text("category") switch
    {
        "" or Codes.Total => Codes.Total,
        _ => row.Code("category"),
    };
}
