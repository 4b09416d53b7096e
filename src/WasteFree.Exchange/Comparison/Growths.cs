using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>How a region's value has grown, where both ends can be compared and the series does not break in between.</summary>
internal static class Growths
{
    internal static Period? BaseOf(GrowthBasis basis, Period period) => basis switch
    {
        GrowthBasis.PreviousPeriod => period.Previous,
        GrowthBasis.SamePeriodLastYear => period.SamePeriodLastYear,
    };

    /// <summary>From the base up to the period before this one: a break may lie in each.</summary>
    internal static IEnumerable<Period> PeriodsOf(GrowthBasis basis, Period period)
    {
        if (BaseOf(basis, period) is not { } start) yield break;
        for (var at = period.Previous; at >= start; at = at.Previous) yield return at;
    }

    /// <param name="table">Reads the base in the terms of the cell.</param>
    /// <param name="index">Place of the region in the row.</param>
    internal static Growth Of(GrowthBasis basis, TableReader table, Draft cell, int index)
    {
        if (BaseOf(basis, cell.Period) is not { } start) return new Growth { Basis = basis, Reasons = [VerdictReason.Period] };
        var origin = table.Row(start)[index];
        var reasons = new SortedSet<VerdictReason>(cell.Reasons.Concat(origin.Reasons).Where(Verdicts.Forbids));
        if (cell.Stands && origin.Stands)
        {
            if (cell.Organization != origin.Organization) reasons.Add(VerdictReason.Source);
            if (cell.Illustrative != origin.Illustrative) reasons.Add(VerdictReason.Illustrative);
        }
        // A bridge is what leads over the break that a new definition brings with it.
        if (!origin.Reasons.Contains(VerdictReason.Bridged)
            && PeriodsOf(basis, cell.Period).Where(period => period != start).Select(period => table.Row(period)[index]).Append(cell)
                .Any(draft => draft.Status.Has('B')))
            reasons.Add(VerdictReason.Break);

        var growth = new Growth
        {
            Basis = basis,
            BasePeriod = start,
            BaseValue = origin.Stands ? origin.Value : "",
            Reasons = [.. reasons],
            Origin = origin,
        };
        if (reasons.Count > 0 || cell.Quantity is not { } value || origin.Quantity is not { } from) return growth;
        growth = growth with { Change = value - from };
        return from.Sign > 0
            ? growth with { Percent = (value / from - Rational.One) * 100 }
            : growth with { Reasons = [VerdictReason.Denominator] };
    }
}
