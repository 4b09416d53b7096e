using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>How a value has grown, in the terms of its table.</summary>
internal sealed record PlainGrowth(string BasePeriod, string BaseValue, Fraction? Change, Fraction? Percent, Fraction? Points, IReadOnlyList<VerdictReason> Reasons)
{
    public static PlainGrowth Of(GrowthBasis basis, PlainTable table, string region)
    {
        var period = table.Heading.Period;
        var start = basis == GrowthBasis.PreviousPeriod ? period.Previous : period.YearBefore;
        if (start is null) return new("", "", null, null, null, [VerdictReason.Period]);

        var (value, from) = (table.At(period, region), table.At(start, region));
        var reasons = value.Reasons.Concat(from.Reasons).Where(reason => PlainCell.VerdictOf(reason) == Verdict.NotComparable).ToHashSet();
        if (value.Stands && from.Stands)
        {
            if (value.Organization != from.Organization) reasons.Add(VerdictReason.Source);
            if (value.Illustrative != from.Illustrative) reasons.Add(VerdictReason.Illustrative);
        }
        // The bridge leads over the one break that a new definition is, and not over those of the old one.
        var (breaks, ofOldDefinition) = (0, false);
        for (var at = period; at != start; at = at.Previous)
        {
            var cell = table.At(at, region);
            var own = cell.Breaks.Except(from.Breaks).Count();
            breaks += own;
            ofOldDefinition |= own > 0 && (cell.RollUp?.Used ?? 0) == 0 && cell.Reasons.Contains(VerdictReason.Bridged);
        }
        if (breaks > (from.Reasons.Contains(VerdictReason.Bridged) ? 1 : 0) || ofOldDefinition) reasons.Add(VerdictReason.Break);

        var baseValue = from.Stands ? from.Text : "";
        if (reasons.Count > 0 || value.Number is not { } now || from.Number is not { } then) return new(start.Text, baseValue, null, null, null, [.. reasons.Order()]);
        var percent = then.IsPositive ? (now / then - Fraction.One) * Fraction.Of(100) : (Fraction?)null;
        // A share is told by its points, from zero as well.
        var points = table.Heading.Definition.Kind == IndicatorKind.Ratio ? (now - then) * PlainUnits.Factor(table.Heading.Unit, "%", null) : null;
        return new(start.Text, baseValue, now - then, percent, points, percent is null && points is null ? [VerdictReason.Denominator] : []);
    }
}
