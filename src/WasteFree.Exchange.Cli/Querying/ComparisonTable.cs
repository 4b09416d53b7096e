using Spectre.Console;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>Shows one comparison: a row per region, no region left out.</summary>
internal static class ComparisonTable
{
    public static void Show(IAnsiConsole console, V1.Comparison comparison, CatalogNames names)
    {
        var illustrative = comparison.Cells.Any(cell => cell.Illustrative);
        var period = comparison.Period.Length > 0 ? comparison.Period : "（无数据 no data）";
        var title = $"{comparison.Indicator.NameZh} {comparison.Indicator.Code}  {period}  {Words.Scope(comparison.Scope)}"
            + (comparison.Category is "" or "_T" ? "" : $"  {comparison.Category}");
        console.WriteLine();
        console.Write(new Text(title + (illustrative ? $"  【{Words.Illustrative}】" : "")));
        console.WriteLine();
        console.Write(new Text(comparison.Indicator.NameEn));
        console.WriteLine();

        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns(
            new TableColumn("地区 Region").NoWrap(), new TableColumn("数值 Value").RightAligned().NoWrap(), new TableColumn("单位 Unit").NoWrap(),
            new TableColumn("排名 Rank").Centered().NoWrap(), new TableColumn("目标 Target"), new TableColumn("结论 Verdict"));
        if (illustrative) table.AddColumn(new TableColumn("标记").NoWrap());
        foreach (var cell in comparison.Cells)
        {
            List<Text> row =
            [
                new(names.RegionName(cell.Region)), new(Value(cell)), new(cell.Value.Length > 0 ? comparison.Unit : ""),
                new(Rank(cell, comparison)), new(string.Join('\n', cell.Targets.Select(Target))), new(Words.VerdictWithReasons(cell)),
            ];
            if (illustrative) row.Add(new(cell.Illustrative ? Words.Illustrative : ""));
            table.AddRow(row);
        }
        console.Write(table);
    }

    /// <summary>The rows of a comparison as flat text, under <see cref="Columns"/>.</summary>
    public static IEnumerable<string[]> Flat(V1.Comparison comparison, CatalogNames names) => comparison.Cells.Select(cell => new[]
    {
        comparison.Indicator.Code, comparison.Indicator.NameZh, comparison.Period, comparison.Scope, comparison.Category,
        cell.Region, names.RegionName(cell.Region), cell.Value, comparison.Unit, cell.Derived ? "true" : "false",
        cell.HasRank ? cell.Rank.ToString() : "", comparison.Ranked.ToString(), string.Join("; ", cell.Targets.Select(Target)),
        cell.Verdict.Code(), string.Join(' ', cell.Reasons.Select(reason => reason.Code())), string.Join(' ', cell.Status),
        cell.Organization, cell.Illustrative ? Words.Illustrative : "", cell.Report,
        cell.Position > 0 ? cell.Position.ToString() : "", cell.MessageZh, cell.MessageEn,
    });

    public static readonly string[] Columns =
    [
        "indicator", "indicator_name", "period", "scope", "category", "region", "region_name", "value", "unit", "derived",
        "rank", "ranked", "target", "verdict", "reasons", "status", "organization", "mark", "report", "position", "message_zh", "message_en",
    ];

    private static string Value(ComparisonCell cell) =>
        cell.Value.Length == 0 ? "—" : cell.Derived ? cell.Value + " *" : cell.Value;

    private static string Rank(ComparisonCell cell, V1.Comparison comparison) => cell.HasRank ? $"{cell.Rank}/{comparison.Ranked}" : "";

    private static string Target(CellTarget target)
    {
        var relation = target.Target.Relation == TargetRelation.Same ? "" : "（相关 related）";
        return $"{Words.Comparator(target.Target.Comparator)} {target.Target.Value} {target.Target.Unit} {Words.Attained(target)}{relation}".TrimEnd();
    }
}
