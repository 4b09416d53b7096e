using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>What the hub and the oracle say of a table, in the same lines of text.</summary>
internal static class Told
{
    public static IEnumerable<string> By(V1.Comparison table)
    {
        yield return $"{table.Indicator.Code} {table.Indicator.Version} {table.Period} {table.Scope} {table.Category} {table.Unit}; ranked {table.Ranked} of {table.Expected}";
        foreach (var cell in table.Cells)
        {
            yield return $"{cell.Region}: '{cell.Value}' {Mark(cell.Illustrative)}{cell.Verdict} [{List(cell.Reasons)}] rank {(cell.Rank > 0 ? cell.Rank : null)} by '{cell.Organization}' flags [{List(cell.Status)}]"
                + $" derived {cell.Derived && cell.Value.Length > 0} others [{List(cell.Alternatives.Select(other => $"{other.Organization}={other.Value}"))}]"
                + $" roll-up {RollUp(cell.RollUp)} divided by '{cell.NormalizedBy?.Value}'"
                + $" of '{cell.Numerator} {cell.NumeratorUnit}' / '{cell.Denominator} {cell.DenominatorUnit}' sent '{cell.SentValue} {cell.SentUnit}' in '{cell.Version}' by '{cell.Report}' at {cell.Position}";
            foreach (var growth in cell.Growth)
                yield return $"   {growth.Basis} from {growth.BasePeriod} '{growth.BaseValue}': '{growth.Change}' '{growth.Percent}' '{growth.Points}' [{List(growth.Reasons)}]";
        }
        var all = table.Aggregate;
        yield return all is null
            ? "no aggregate"
            : $"all: '{all.Value}' = '{all.Numerator} {all.NumeratorUnit}' / '{all.Denominator} {all.DenominatorUnit}' {Mark(all.Illustrative)}of {all.Used} of {all.Expected}, {all.Coverage} %, flags [{List(all.Status)}] {all.WorstStatus},"
                + $" partly [{List(all.PartialRegions)}] without [{List(all.Excluded.Select(left => $"{left.Region} {List(left.Reasons)}"))}] because [{List(all.Reasons)}]";
        var known = table.Coverage;
        yield return $"coverage: {known.Valued} + {known.Missing} ({known.CannotExist}) + {known.Absent} of {known.Expected}, '{known.DataCoverage}' '{known.Completeness}'";
    }

    public static IEnumerable<string> By(PlainTable table)
    {
        var (heading, request) = (table.Heading, table.Source.Request);
        yield return $"{heading.Definition.Code} {heading.Definition.Version} {heading.Period.Text} {heading.Scope} {heading.Category} {heading.Unit}; ranked {table.Cells.Count(cell => cell.Rank is not null)} of {table.Cells.Count}";
        foreach (var cell in table.Cells)
        {
            yield return $"{cell.Region}: '{cell.Text}' {Mark(cell.Illustrative)}{cell.Verdict} [{List(cell.Reasons.Order())}] rank {cell.Rank} by '{cell.Organization}' flags [{List(cell.Flags.Order(StringComparer.Ordinal))}]"
                + $" derived {cell.Derived && cell.Number is not null} others [{List(Others(cell))}]"
                + $" roll-up {RollUp(cell.RollUp)} divided by '{cell.DividedBy}'"
                + Origin(cell, table.Heading.Definition);
            foreach (var basis in request.Growth)
            {
                var growth = PlainGrowth.Of(basis, table, cell.Region);
                yield return $"   {basis} from {growth.BasePeriod} '{growth.BaseValue}': '{growth.Change?.Text()}' '{growth.Percent?.Text()}' '{growth.Points?.Text()}' [{List(growth.Reasons)}]";
            }
        }
        var all = PlainAggregate.Of(table);
        var (top, bottom) = all?.Parts is null ? ("", "") : PlainAggregate.UnitsOf(table);
        yield return all is null
            ? "no aggregate"
            : $"all: '{all.Number?.Text()}' = '{all.Parts?.Top.Text()} {top}' / '{all.Parts?.Bottom.Text()} {bottom}' {Mark(all.Used.Any(cell => cell.Illustrative))}of {all.Used.Count} of {table.Cells.Count}, {PerCent(all.Used.Count, table.Cells.Count)} %,"
                + $" flags [{List(all.Used.SelectMany(cell => cell.Flags).Distinct().Order(StringComparer.Ordinal))}] {all.Worst},"
                + $" partly [{List(all.Used.Select(cell => cell.Region).Where(region => table.Source.Catalog.IsPartial(region, request.Scheme)))}]"
                + $" without [{List(all.Excluded.Select(left => $"{left.Region} {List(left.Reasons)}"))}] because [{List(all.Reasons)}]";
        var valued = table.Cells.Count(cell => cell.HasNumber);
        var missing = table.Cells.Where(cell => !cell.HasNumber && cell.Flags.Overlaps(["O", "M", "L", "H", "Q", "K"])).ToList();
        var never = missing.Count(cell => cell.Flags.Contains("M"));
        var most = table.Cells.Count - never;
        yield return $"coverage: {valued} + {missing.Count} ({never}) + {table.Cells.Count - valued - missing.Count} of {table.Cells.Count}, '{PerCent(valued, most)}' '{PerCent(valued + missing.Count - never, most)}'";
    }

    private static string Origin(PlainCell cell, Indicator definition)
    {
        if (cell.Chosen is not { } chosen)
        {
            var sums = cell.DividedBy.Length == 0 ? cell.Parts : null;
            var (above, below) = sums is null ? ("", "") : (definition.NumeratorUnit, definition.DenominatorUnit);
            return $" of '{sums?.Top.Text()} {above}' / '{sums?.Bottom.Text()} {below}' sent ' ' in '' by '' at 0";
        }
        var row = cell.Withheld ? new Observation() : chosen.Row;
        var sent = row.Value.Length > 0 && cell.Reasons.Overlaps([VerdictReason.Converted, VerdictReason.Unit]) ? $"{row.Value} {row.Unit}" : " ";
        return $" of '{row.Numerator} {row.NumeratorUnit}' / '{row.Denominator} {row.DenominatorUnit}' sent '{sent}' in '{chosen.Row.Version}' by '{chosen.Record.Report}' at {chosen.Record.Position}";
    }

    private static IEnumerable<string> Others(PlainCell cell) => cell.Others
        .OrderBy(other => other.Record.Illustrative).ThenBy(other => other.Record.Organization, StringComparer.Ordinal)
        .Select(other => $"{other.Record.Organization}={(other.Withheld ? "" : other.Row.Value.Length > 0 ? other.Row.Value : other.Number?.Text())}");

    private static string RollUp(CellRollUp? made) =>
        made is null || made.Used == 0 ? "none" : $"{made.Frequency} {made.Used}/{made.Expected} {made.Coverage} '{(made.Used == made.Expected ? "whole" : made.PartialValue)}'";

    private static string RollUp(PlainRollUp? made) =>
        made is null || made.Used == 0 ? "none" : $"{made.Frequency} {made.Used}/{made.Expected} {PerCent(made.Used, made.Expected)} '{(made.Used == made.Expected ? "whole" : made.Partial?.Text())}'";

    private static string PerCent(int part, int whole) => whole == 0 ? "" : (Fraction.Of(100) * Fraction.Of(part) / Fraction.Of(whole)).Text();

    private static string Mark(bool illustrative) => illustrative ? "(示例) " : "";

    private static string List<T>(IEnumerable<T> items) => string.Join(' ', items);
}
