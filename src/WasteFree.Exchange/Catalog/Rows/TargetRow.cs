using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog.Rows;

internal static class TargetRow
{
    public const int MaxTaskNo = 9999;

    public static readonly IReadOnlyList<string> Columns =
    [
        "target_id", "part_of", "region", "period", "deadline", "deadline_stated", "indicator", "relation", "related_indicator", "scope",
        "category", "name_zh", "name_en", "comparator", "comparator_stated", "value", "unit", "base_period", "base_value",
        "departments_zh", "task_no", "source_document", "clause", "quote", "kind", "note",
    ];

    public static readonly IReadOnlyList<string> Required =
        ["target_id", "region", "period", "indicator", "relation", "name_zh", "comparator", "value", "unit"];

    public static ParsedRow Read(RowFields row)
    {
        row.RequiredText("value");
        var period = row.RequiredPeriod("period");
        var basePeriod = row.Period("base_period");
        var target = new Target
        {
            Id = row.RequiredCode("target_id"),
            Region = row.RequiredCode("region"),
            Period = period ?? default,
            Deadline = row.Date("deadline"),
            DeadlineStated = row.Bool("deadline_stated"),
            Indicator = row.Code("indicator"),
            Relation = row.RequiredChoice("relation", ClosedSets.Relations),
            RelatedIndicator = row.Code("related_indicator"),
            Scope = row.Choice("scope", ClosedSets.Scopes, Scope.Whole),
            Category = Category(row),
            NameZh = row.RequiredName("name_zh"),
            NameEn = row.Name("name_en"),
            Comparator = row.RequiredChoice("comparator", ClosedSets.Comparators),
            ComparatorStated = row.Bool("comparator_stated"),
            Value = row.Decimal("value") ?? default,
            Unit = row.RequiredUnit("unit"),
            DepartmentsZh = row.Text("departments_zh"),
            TaskNo = row.Integer("task_no", 1, MaxTaskNo),
            SourceDocument = row.Text("source_document"),
            Clause = row.Text("clause"),
            Quote = row.Text("quote"),
            Kind = row.Choice("kind", ClosedSets.TargetKinds, TargetKind.Unstated),
            Note = row.Text("note"),
            PartOf = row.Code("part_of"),
            BasePeriod = basePeriod,
            BaseValue = row.Decimal("base_value"),
        };
        if (row.Text("relation") is "same" or "related" && row.Text("indicator").Length == 0)
            row.Fault("indicator", "", FaultText.NoIndicator);
        CheckBase(row, period, basePeriod);

        return new ParsedRow(target, target.Id, target.Id, Reference.List(
        [
            new Reference("region", CatalogTableKind.Regions, target.Region),
            new Reference("indicator", CatalogTableKind.Indicators, target.Indicator),
            new Reference("related_indicator", CatalogTableKind.Indicators, target.RelatedIndicator),
            new Reference("category", CatalogTableKind.Categories, target.Category == Codes.Total ? "" : target.Category),
            new Reference("part_of", CatalogTableKind.Targets, target.PartOf),
        ]));
    }

    /// <summary>The way to a target is measured in periods, so that both ends have to be of one frequency.</summary>
    private static void CheckBase(RowFields row, Period? period, Period? basePeriod)
    {
        if (row.Text("base_value").Length > 0 && row.Text("base_period").Length == 0)
            row.Fault("base_period", "", FaultText.NoBasePeriod);
        if (period is not { } end || basePeriod is not { } start) return;
        if (start.Frequency != end.Frequency) row.Fault("base_period", row.Text("base_period"), FaultText.OtherFrequency("period"));
        else if (start >= end) row.Fault("base_period", row.Text("base_period"), FaultText.NotBefore("period"));
    }

    private static string Category(RowFields row) => row.Text("category") switch
    {
        "" or Codes.Total => Codes.Total,
        _ => row.Code("category"),
    };
}
