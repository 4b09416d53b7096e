using Spectre.Console;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Client;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Demo;

/// <summary>Wanzhou's targets of 2024, which are real, beside illustrative values.</summary>
internal static class TargetTable
{
    private const string Region = "500101";
    private const string Year = "2024";

    public static async Task ShowAsync(ExchangeClient client, Terminal terminal, CancellationToken cancellationToken)
    {
        var listed = await client.ListTargetsAsync(Region, null, cancellationToken);
        var targets = listed.Targets.Where(target => target.Period == Year && target.Relation == TargetRelation.Same && target.PartOf.Length == 0).ToArray();
        var cells = new Dictionary<string, (ComparisonCell Cell, CellTarget Target)>();
        foreach (var group in targets.GroupBy(target => (target.Scope, target.Category)))
        {
            var answer = await client.CompareMetricsAsync(
                new CompareMetricsRequest
                {
                    Indicators = { group.Select(target => target.Indicator).Distinct() },
                    Regions = { Region },
                    Periods = { Year },
                    Scope = group.Key.Scope,
                    Category = group.Key.Category,
                    IncludeIllustrative = true,
                },
                cancellationToken);
            foreach (var cell in answer.Comparisons.SelectMany(comparison => comparison.Cells))
                foreach (var target in cell.Targets) cells[target.Target.Id] = (cell, target);
        }

        Section.Show(terminal, $"万州区2024年目标与示例数值 Wanzhou's {targets.Length} targets of 2024 beside illustrative values",
            $"目标出处 source of the targets: {string.Join(' ', targets.Select(target => target.SourceDocument).Distinct())}；数值为示例，虚构 the values are made up.");
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns(
            new TableColumn("条款").NoWrap(), new TableColumn("目标 Target"), new TableColumn("目标值").RightAligned().NoWrap(),
            new TableColumn("数值").RightAligned().NoWrap(), new TableColumn("单位").NoWrap(), new TableColumn("结果").NoWrap(),
            new TableColumn("责任部门 Departments"), new TableColumn("标记").NoWrap());
        foreach (var target in targets)
        {
            var found = cells.TryGetValue(target.Id, out var beside);
            table.AddRow(
                new Text(target.Clause),
                new Text($"{target.NameZh}{(target.Scope == "WHOLE" ? "" : $"（{Words.Scope(target.Scope)}）")}"),
                new Text(Goal(target)),
                new Text(found && beside.Cell.Value.Length > 0 ? beside.Cell.Value : "—"),
                new Text(target.Unit),
                new Text(found ? Words.Attained(beside.Target) : ""),
                new Text(target.DepartmentsZh),
                new Text(found && beside.Cell.Illustrative ? Words.Illustrative : ""));
        }
        terminal.Results.Write(table);
    }

    /// <summary>An event is held against its day, not against a number.</summary>
    private static string Goal(Target target) =>
        target.Kind == "event" ? $"≤ {target.Deadline}" : $"{Words.Comparator(target.Comparator)} {target.Value}";
}
