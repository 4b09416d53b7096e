using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Attainments;

/// <summary>
/// Asks the comparison what the cells of a target are: whose value, in which unit, whether it may be used. Each target is
/// asked by itself, since a target's state does not depend on which others are looked at.
/// </summary>
internal sealed class TargetCells(CatalogSnapshot catalog, AttainmentRequest request)
{
    /// <summary>One cell per period, in the target's unit; null for a period that follows another MAJOR version than the last.</summary>
    internal IReadOnlyList<ComparisonCell?> Of(Target target, IReadOnlyList<Period> periods, IReadOnlyList<ObservationRevision> observations)
    {
        var tables = Comparer.Compare(
            catalog,
            new ComparisonRequest
            {
                Columns = [.. periods.Select(period => (target.Indicator, period))],
                Regions = [target.Region],
                Scope = target.Scope,
                Category = target.Category,
                Source = request.Source,
                Caller = request.Caller,
            },
            observations);
        var major = tables[^1].Definition.Version.Major;
        return [.. tables.Select(table => table.Definition.Version.Major == major ? InUnitOf(target, table) : null)];
    }

    private ComparisonCell InUnitOf(Target target, ComparisonTable table)
    {
        var cell = table.Cells.Single();
        if (cell.Quantity is not { } quantity || table.Unit == target.Unit) return cell;
        var (sent, unit) = cell.SentUnit.Length > 0 ? (cell.SentValue, cell.SentUnit) : (cell.Value, table.Unit);
        if (Unit.TryParse(table.Unit, out var from) && Unit.TryParse(target.Unit, out var to)
            && UnitConversion.Find(catalog, target.Indicator, target.Category, from, to, table.Period) is { } conversion)
        {
            var converted = quantity * conversion.Factor;
            return cell with
            {
                Quantity = converted,
                Value = converted.ToDecimalText(),
                SentValue = sent,
                SentUnit = unit,
                Verdict = cell.Verdict == Verdict.Comparable ? Verdict.ComparableWithConversion : cell.Verdict,
                Reasons = [.. cell.Reasons.Append(VerdictReason.Converted).Distinct().Order()],
            };
        }
        return cell with
        {
            Quantity = null,
            Value = "",
            SentValue = sent,
            SentUnit = unit,
            Verdict = Verdict.NotComparable,
            Reasons = [.. cell.Reasons.Append(VerdictReason.Unit).Order()],
            MessageZh = $"单位不可换算：{table.Unit} 不能换算为 {target.Unit}",
            MessageEn = $"unit: {table.Unit} cannot be converted to {target.Unit}",
        };
    }
}
