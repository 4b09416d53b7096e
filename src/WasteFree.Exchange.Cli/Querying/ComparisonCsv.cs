using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>Comparisons as flat rows: one per cell, then one for the regions as one.</summary>
internal static class ComparisonCsv
{
    public static readonly string[] Columns =
    [
        "row", "indicator", "indicator_name", "period", "scope", "category", "region", "region_name", "value", "unit", "derived",
        "rank", "ranked", "target", "verdict", "reasons", "status", "organization", "mark", "report", "position", "version",
        "numerator", "denominator", "numerator_unit", "denominator_unit", "used", "expected", "coverage", "partial_value", "previous_base", "previous_growth", "previous_growth_unit",
        "last_year_base", "last_year_growth", "last_year_growth_unit", "normalized_by", "normalized_by_period", "normalized_by_position", "affirmed_report",
        "message_zh", "message_en",
    ];

    public static IEnumerable<string[]> Rows(V1.Comparison comparison, CatalogNames names)
    {
        foreach (var cell in comparison.Cells) yield return Row(comparison, cell, names);
        if (comparison.Aggregate is { } aggregate) yield return Row(comparison, aggregate);
    }

    private static string[] Row(V1.Comparison comparison, ComparisonCell cell, CatalogNames names)
    {
        var previous = cell.Growth.FirstOrDefault(growth => growth.Basis == GrowthBasis.PreviousPeriod);
        var lastYear = cell.Growth.FirstOrDefault(growth => growth.Basis == GrowthBasis.SamePeriodLastYear);
        var (previousGrowth, previousUnit) = Words.Told(previous);
        var (lastYearGrowth, lastYearUnit) = Words.Told(lastYear);
        return
        [
            "cell", comparison.Indicator.Code, comparison.Indicator.NameZh, comparison.Period, comparison.Scope, comparison.Category,
            cell.Region, names.PlainRegionName(cell.Region), cell.Value, comparison.Unit, cell.Derived ? "true" : "false",
            cell.Rank > 0 ? cell.Rank.ToString() : "", comparison.Ranked.ToString(), string.Join("; ", cell.Targets.Select(ComparisonTable.Target)),
            cell.Verdict.Code(), Codes(cell.Reasons), string.Join(' ', cell.Status),
            cell.Organization, cell.Illustrative ? Words.Illustrative : "", cell.Report, CsvCells.Position(cell.Position), cell.Version,
            cell.Numerator, cell.Denominator, cell.NumeratorUnit, cell.DenominatorUnit, cell.RollUp?.Used.ToString() ?? "", cell.RollUp?.Expected.ToString() ?? "",
            cell.RollUp?.Coverage ?? "", cell.RollUp?.PartialValue ?? "",
            previous?.BaseValue ?? "", previousGrowth, previousUnit, lastYear?.BaseValue ?? "", lastYearGrowth, lastYearUnit,
            cell.NormalizedBy?.Indicator ?? "", cell.NormalizedBy?.Period ?? "", cell.NormalizedBy?.Position.ToString() ?? "",
            cell.AffirmedReport, cell.MessageZh, cell.MessageEn,
        ];
    }

    private static string[] Row(V1.Comparison comparison, ComparisonAggregate aggregate) =>
    [
        "aggregate", comparison.Indicator.Code, comparison.Indicator.NameZh, comparison.Period, comparison.Scope, comparison.Category,
        "", "", aggregate.Value, comparison.Unit, "true", "", comparison.Ranked.ToString(), "",
        "", Codes(aggregate.Reasons), string.Join(' ', aggregate.Status), "", aggregate.Illustrative ? Words.Illustrative : "", "", "", "",
        aggregate.Numerator, aggregate.Denominator, aggregate.NumeratorUnit, aggregate.DenominatorUnit, aggregate.Used.ToString(), aggregate.Expected.ToString(), aggregate.Coverage, "",
        "", "", "", "", "", "", "", "", "", "", Left("未计入：", aggregate), Left("left out: ", aggregate),
    ];

    private static string Left(string words, ComparisonAggregate aggregate) =>
        aggregate.Excluded.Count == 0 ? "" : words + ComparisonTable.Excluded(aggregate);

    private static string Codes(IEnumerable<VerdictReason> reasons) => string.Join(' ', reasons.Select(reason => reason.Code()));
}
