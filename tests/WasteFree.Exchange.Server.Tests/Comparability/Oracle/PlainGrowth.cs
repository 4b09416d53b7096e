using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>How a value has grown, in the terms of its table.</summary>
internal sealed record PlainGrowth(string BasePeriod, string BaseValue, Fraction? Change, Fraction? Percent, IReadOnlyList<VerdictReason> Reasons)
{
    public static PlainGrowth Of(GrowthBasis basis, PlainTable table, string region)
    {
        var period = table.Heading.Period;
        var start = basis == GrowthBasis.PreviousPeriod ? period.Previous : period.YearBefore;
        if (start is null) return new("", "", null, null, [VerdictReason.Period]);

        var (value, from) = (table.At(period, region), table.At(start, region));
        var reasons = value.Reasons.Concat(from.Reasons).Where(reason => PlainCell.VerdictOf(reason) == Verdict.NotComparable).ToHashSet();
        if (value.Stands && from.Stands)
        {
            if (value.Organization != from.Organization) reasons.Add(VerdictReason.Source);
            if (value.Illustrative != from.Illustrative) reasons.Add(VerdictReason.Illustrative);
        }
        var broken = false;
        for (var at = period; at != start; at = at.Previous) broken |= table.At(at, region).Flags.Contains("B");
        // The bridge leads over the break that a new definition is.
        if (broken && !from.Reasons.Contains(VerdictReason.Bridged)) reasons.Add(VerdictReason.Break);

        var baseValue = from.Stands ? from.Text : "";
        if (reasons.Count > 0 || value.Number is not { } now || from.Number is not { } then) return new(start.Text, baseValue, null, null, [.. reasons.Order()]);
        return then.IsPositive
            ? new(start.Text, baseValue, now - then, (now / then - Fraction.One) * Fraction.Of(100), [])
            : new(start.Text, baseValue, now - then, null, [VerdictReason.Denominator]);
    }
}
