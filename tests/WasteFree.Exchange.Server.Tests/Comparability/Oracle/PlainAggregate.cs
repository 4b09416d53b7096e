using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>The regions of a table as one.</summary>
/// <param name="Number">In the table's unit.</param>
/// <param name="Used">Members in it.</param>
/// <param name="Excluded">Members left out.</param>
/// <param name="Reasons">Why there is no number.</param>
internal sealed record PlainAggregate(
    Fraction? Number,
    (Fraction Top, Fraction Bottom)? Parts,
    IReadOnlyList<PlainCell> Used,
    IReadOnlyList<(string Region, IReadOnlyList<VerdictReason> Reasons)> Excluded,
    IReadOnlyList<VerdictReason> Reasons)
{
    private const string Precedence = "BOMLHQJSDKWIFEPNUVGA";

    /// <summary>Null: such things do not add up.</summary>
    public static PlainAggregate? Of(PlainTable table)
    {
        var kind = table.Heading.Definition.Kind;
        if (kind is IndicatorKind.Flag or IndicatorKind.Event) return null;
        var divided = table.Source.Request.Normalization != Normalization.Unspecified;
        var byParts = divided || kind is IndicatorKind.Ratio or IndicatorKind.Intensity;

        var used = table.Cells.Where(cell => cell.Stands && (!byParts || cell.Parts is not null)).ToList();
        var excluded = table.Cells.Where(cell => !used.Contains(cell)).Select(cell => (cell.Region, ReasonsOf(cell))).ToList();
        if (table.Cells.Count(cell => cell.Withheld) == 1) return new(null, null, used, excluded, [VerdictReason.Confidential]);
        if (used.Count == 0) return new(null, null, used, excluded, [.. excluded.Select(left => left.Item2[0]).Distinct().Order()]);
        if (!byParts) return new(Fraction.Sum(used.Select(cell => cell.Number!.Value)), null, used, excluded, []);

        var (top, bottom) = (Fraction.Sum(used.Select(cell => cell.Parts!.Value.Top)), Fraction.Sum(used.Select(cell => cell.Parts!.Value.Bottom)));
        if (bottom.IsZero) return new(null, null, used, excluded, [VerdictReason.Denominator]);
        return new(top / bottom * FactorOf(table), (top, bottom), used, excluded, []);
    }

    public string Worst => Used.SelectMany(cell => cell.Flags).MinBy(flag => Precedence.IndexOf(flag, StringComparison.Ordinal)) ?? "";

    public static (string Top, string Bottom) UnitsOf(PlainTable table)
    {
        var definition = table.Heading.Definition;
        return table.Source.Request.Normalization == Normalization.Unspecified ? (definition.NumeratorUnit, definition.DenominatorUnit)
            : table.Source.Request.Normalization == Normalization.PerCapita ? (definition.Unit, "{person}")
            : (definition.Unit, "10*4.{CNY}");
    }

    private static Fraction FactorOf(PlainTable table)
    {
        var (above, below) = UnitsOf(table);
        return PlainUnits.QuotientFactor(above, below, table.Heading.Unit, table.Heading.Days)!.Value;
    }

    private static IReadOnlyList<VerdictReason> ReasonsOf(PlainCell cell)
    {
        // It has a value of its own and no parts, or those of another definition.
        if (cell.Stands) return [cell.Reasons.Contains(VerdictReason.Bridged) ? VerdictReason.Definition : VerdictReason.Denominator];
        return [.. cell.Reasons.Where(reason => PlainCell.VerdictOf(reason) == Verdict.NotComparable).Order()];
    }
}
