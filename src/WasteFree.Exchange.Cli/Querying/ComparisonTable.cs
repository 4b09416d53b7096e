using Spectre.Console;
using WasteFree.Exchange.Cli.Layout;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>Shows one comparison: a row per region, no region left out, and the regions as one.</summary>
internal static class ComparisonTable
{
    /// <summary>The cells name them all; the line below the table only sums up.</summary>
    private const int MostNamed = 6;

    public static void Show(Screen screen, V1.Comparison comparison, CatalogNames names)
    {
        var illustrative = comparison.Cells.Any(cell => cell.Illustrative);
        var period = comparison.Period.Length > 0 ? comparison.Period : "（无数据 no data）";
        var title = $"{comparison.Indicator.NameZh} {comparison.Indicator.Code}  {period}  {Words.Scope(comparison.Scope)}"
            + (comparison.Category is "" or "_T" ? "" : $"  {comparison.Category}");
        screen.Say();
        screen.Say(title + (illustrative ? $"  【{Words.Illustrative}】" : ""));
        screen.Say(comparison.Indicator.NameEn);

        var bases = comparison.Cells.SelectMany(cell => cell.Growth).Select(growth => growth.Basis).Distinct().ToList();
        TextColumn[] mark = illustrative ? [TextColumn.Code("标记")] : [];
        var table = new TextTable(
        [
            TextColumn.Prose("地区 Region"), TextColumn.Number("数值 Value"), TextColumn.Code("单位 Unit"), new("排名 Rank", Wraps: false, Justify.Center),
            .. bases.Select(basis => TextColumn.Number(Words.Growth(basis))),
            TextColumn.Prose("目标 Target"), TextColumn.Prose("结论 Verdict"), .. mark,
        ]);
        foreach (var cell in comparison.Cells)
        {
            string[] marked = illustrative ? [cell.Illustrative ? Words.Illustrative : ""] : [];
            table.Add(
            [
                names.RegionName(cell.Region), Value(cell), cell.Value.Length > 0 ? comparison.Unit : "", Rank(cell, comparison),
                .. bases.Select(basis => cell.Growth.Where(growth => growth.Basis == basis).Select(Words.Change).FirstOrDefault("")),
                string.Join('\n', cell.Targets.Select(Target)), Words.VerdictWithReasons(cell), .. marked,
            ]);
        }
        screen.Show(table);
        if (comparison is { Aggregate: { } together, Cells.Count: > 1 }) screen.Say(Together(together, comparison));
    }

    public static string Target(CellTarget target)
    {
        var relation = target.State == AttainmentState.RelatedOnly ? "（相关 related）" : "";
        return $"{target.Goal} {Words.Attained(target)}{relation}".TrimEnd();
    }

    /// <summary>Reasons, each with the regions that it leaves out, at most <paramref name="most"/> of them by name.</summary>
    public static string Excluded(ComparisonAggregate aggregate, int most = int.MaxValue) => string.Join("; ", aggregate.Excluded
        .GroupBy(left => string.Join(' ', left.Reasons.Select(reason => reason.Code())), left => left.Region)
        .Select(group => $"{group.Key}: {string.Join(' ', group.Take(most))}{(group.Count() > most ? $" … ({group.Count()})" : "")}"));

    private static string Together(ComparisonAggregate aggregate, V1.Comparison comparison)
    {
        var value = aggregate.Value.Length > 0
            ? $"{aggregate.Value} {comparison.Unit}"
            : $"— {string.Join(' ', aggregate.Reasons.Select(reason => reason.Code()))}";
        var parts = aggregate.Numerator.Length > 0 ? $" = {Quantity(aggregate.Numerator, aggregate.NumeratorUnit)} / {Quantity(aggregate.Denominator, aggregate.DenominatorUnit)}" : "";
        var status = aggregate.WorstStatus is "" or "A" ? "" : $"，最低状态 worst status {aggregate.WorstStatus}";
        var partial = aggregate.PartialRegions.Count > 0 ? $"；部分属于该范围 in part only: {string.Join(", ", aggregate.PartialRegions)}" : "";
        var excluded = aggregate.Excluded.Count > 0 ? $"；未计入 left out: {Excluded(aggregate, MostNamed)}" : "";
        return $"合计 Together: {value}{parts}，{aggregate.Used}/{aggregate.Expected} 个地区 regions{status}{excluded}{partial}";
    }

    private static string Quantity(string number, string unit) => unit.Length == 0 ? number : $"{number} {unit}";

    private static string Value(ComparisonCell cell) =>
        cell.Value.Length == 0 ? "—" : cell.Derived ? cell.Value + " *" : cell.Value;

    private static string Rank(ComparisonCell cell, V1.Comparison comparison) => cell.Rank > 0 ? $"{cell.Rank}/{comparison.Ranked}" : "";
}
