using Spectre.Console;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>Shows one comparison: a row per region, no region left out, and the regions as one.</summary>
internal static class ComparisonTable
{
    /// <summary>The cells name them all; the line below the table only sums up.</summary>
    private const int MostNamed = 6;

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

        var bases = comparison.Cells.SelectMany(cell => cell.Growth).Select(growth => growth.Basis).Distinct().ToList();
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns(
            new TableColumn("地区 Region").NoWrap(), new TableColumn("数值 Value").RightAligned().NoWrap(), new TableColumn("单位 Unit").NoWrap(),
            new TableColumn("排名 Rank").Centered().NoWrap());
        foreach (var basis in bases) table.AddColumn(new TableColumn(Words.Growth(basis)).RightAligned());
        table.AddColumns(new TableColumn("目标 Target"), new TableColumn("结论 Verdict"));
        if (illustrative) table.AddColumn(new TableColumn("标记").NoWrap());
        foreach (var cell in comparison.Cells)
        {
            List<Text> row =
            [
                new(names.RegionName(cell.Region)), new(Value(cell)), new(cell.Value.Length > 0 ? comparison.Unit : ""), new(Rank(cell, comparison)),
                .. cell.Growth.Select(growth => new Text(Words.Change(growth))),
                new(string.Join('\n', cell.Targets.Select(Target))), new(Words.VerdictWithReasons(cell)),
            ];
            if (illustrative) row.Add(new(cell.Illustrative ? Words.Illustrative : ""));
            table.AddRow(row);
        }
        console.Write(table);
        if (comparison is { Aggregate: { } together, Cells.Count: > 1 }) console.Write(new Text(Together(together, comparison) + "\n"));
    }

    public static string Target(CellTarget target)
    {
        var relation = target.Target.Relation == TargetRelation.Same ? "" : "（相关 related）";
        return $"{target.Target.Goal} {Words.Attained(target)}{relation}".TrimEnd();
    }

    /// <summary>Reasons, each with the regions that it leaves out, at most <paramref name="most"/> of them by name.</summary>
    public static string Excluded(Aggregate aggregate, int most = int.MaxValue) => string.Join("; ", aggregate.Excluded
        .GroupBy(left => string.Join(' ', left.Reasons.Select(reason => reason.Code())), left => left.Region)
        .Select(group => $"{group.Key}: {string.Join(' ', group.Take(most))}{(group.Count() > most ? $" … ({group.Count()})" : "")}"));

    private static string Together(Aggregate aggregate, V1.Comparison comparison)
    {
        var value = aggregate.Value.Length > 0
            ? $"{aggregate.Value} {comparison.Unit}"
            : $"— {string.Join(' ', aggregate.Reasons.Select(reason => reason.Code()))}";
        var parts = aggregate.Numerator.Length > 0 ? $" = {aggregate.Numerator} / {aggregate.Denominator}" : "";
        var status = aggregate.WorstStatus is "" or "A" ? "" : $"，最低状态 worst status {aggregate.WorstStatus}";
        var partial = aggregate.PartialRegions.Count > 0 ? $"；部分属于该范围 in part only: {string.Join(", ", aggregate.PartialRegions)}" : "";
        var excluded = aggregate.Excluded.Count > 0 ? $"；未计入 left out: {Excluded(aggregate, MostNamed)}" : "";
        return $"合计 Together: {value}{parts}，{aggregate.Used}/{aggregate.Expected} 个地区 regions{status}{excluded}{partial}";
    }

    private static string Value(ComparisonCell cell) =>
        cell.Value.Length == 0 ? "—" : cell.Derived ? cell.Value + " *" : cell.Value;

    private static string Rank(ComparisonCell cell, V1.Comparison comparison) => cell.HasRank ? $"{cell.Rank}/{comparison.Ranked}" : "";
}
