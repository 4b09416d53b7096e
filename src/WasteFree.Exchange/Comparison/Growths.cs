using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>How a region's value has grown, where both ends can be compared and the series does not break in between.</summary>
internal static class Growths
{
    /// <summary>Percentage points, in UCUM.</summary>
    internal const string PointUnit = "%{point}";

    private static readonly Unit Percent = CellReader.ParsedUnit("%");

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
        var kind = table.HoldsShares ? GrowthKind.Points : GrowthKind.Relative;
        if (BaseOf(basis, cell.Period) is not { } start) return new Growth { Basis = basis, Kind = kind, Reasons = [VerdictReason.Period] };
        var origin = table.Row(start)[index];
        var reasons = new SortedSet<VerdictReason>(cell.Reasons.Concat(origin.Reasons).Where(Verdicts.Forbids));
        if (cell.Stands && origin.Stands)
        {
            // What was made of its predecessors was sent by others as a matter of course.
            if (cell.Organization != origin.Organization && table.IsInForce(cell.Region, start)) reasons.Add(VerdictReason.Source);
            if (cell.Illustrative != origin.Illustrative) reasons.Add(VerdictReason.Illustrative);
        }
        if (Breaks(origin, PeriodsOf(basis, cell.Period).Where(period => period != start).Reverse().Select(period => table.Row(period)[index]).Append(cell)))
            reasons.Add(VerdictReason.Break);

        if (table.ChangesGround(cell.Region, start, cell.Period)) reasons.Add(VerdictReason.RegionChanged);

        var growth = new Growth
        {
            Basis = basis,
            Kind = kind,
            BasePeriod = start,
            BaseValue = origin.Stands ? origin.Value : "",
            Reasons = [.. reasons],
            Origin = origin,
        };
        if (reasons.Count > 0 || cell.Quantity is not { } value || origin.Quantity is not { } from) return growth;
        growth = growth with { Change = value - from, Percent = from.Sign > 0 ? (value / from - Rational.One) * 100 : null };
        if (kind == GrowthKind.Points && table.Unit.TryConvert(value - from, Percent, out var points)) return growth with { Points = points };
        return growth.Percent is null ? growth with { Reasons = [VerdictReason.Denominator] } : growth;
    }

    /// <summary>Whether the series breaks anywhere after the base.</summary>
    /// <remarks>
    /// A bridge is what leads over the break that a new definition brings with it, and over no other. A break that the base
    /// has as well, as one of the population of a year has for all its months, does not lie between.
    /// </remarks>
    private static bool Breaks(Draft origin, IEnumerable<Draft> after)
    {
        var bridge = origin.Reasons.Contains(VerdictReason.Bridged);
        foreach (var draft in after)
        {
            var breaks = draft.Breaks.Except(origin.Breaks).Count();
            if (breaks == 0) continue;
            var isOfBridgedSeries = draft.RollUp is null && draft.Reasons.Contains(VerdictReason.Bridged);
            if (!bridge || breaks > 1 || isOfBridgedSeries) return true;
            bridge = false;
        }
        return false;
    }
}
