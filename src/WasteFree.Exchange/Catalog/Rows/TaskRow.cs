namespace WasteFree.Exchange.Catalog.Rows;

internal static class TaskRow
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "source_document", "region", "task_no", "section", "title_zh", "title_en", "departments_zh",
        "department_note_verbatim", "mode", "targets",
    ];

    public static readonly IReadOnlyList<string> Required = ["task_no", "title_zh"];

    public static ParsedRow Read(RowFields row)
    {
        row.RequiredText("task_no");
        var task = new PlanTask
        {
            Number = row.Integer("task_no", 1, TargetRow.MaxTaskNo),
            Section = row.Text("section"),
            TitleZh = row.RequiredText("title_zh"),
            TitleEn = row.Text("title_en"),
            DepartmentsZh = row.Text("departments_zh"),
            DepartmentNote = row.Text("department_note_verbatim"),
            Mode = row.Choice("mode", ClosedSets.TaskModes, TaskMode.Unstated),
            Targets = row.Codes("targets", ';'),
            Region = row.Code("region"),
            SourceDocument = row.Text("source_document"),
        };
        var key = task.Number == 0 ? "" : $"{task.SourceDocument}\t{task.Number}";
        return new ParsedRow(task, key, "", Reference.List(
        [
            new Reference("region", CatalogTableKind.Regions, task.Region),
            .. Reference.Each("targets", CatalogTableKind.Targets, task.Targets),
        ]));
    }
}
