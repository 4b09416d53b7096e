using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Comparability.Oracle;

/// <summary>A period made of finer ones, in the definition's unit.</summary>
internal static class PlainRollUps
{
    /// <summary>Null: there is nothing finer with a number, or finer periods do not make a coarser one.</summary>
    public static PlainCell? Make(PlainCells cells, PlainHeading table, string region)
    {
        var way = table.Definition.Aggregation;
        if (way is Aggregation.None or Aggregation.Unspecified) return null;
        var leaves = Leaves(cells, table, region, table.Period);
        if (leaves.Count == 0) return null;
        var breaks = leaves.SelectMany(leaf => leaf.Breaks).ToList();
        if (way == Aggregation.Last) leaves = [leaves[^1]];
        if (!leaves.Any(leaf => leaf.HasNumber)) return null;
        var never = leaves.Where(leaf => leaf.CannotExist).ToList();

        var used = leaves.Where(leaf => leaf is { Stands: true, Number: not null } && (way != Aggregation.Parts || leaf.Parts is not null)).ToList();
        var finest = leaves.Where(leaf => leaf.HasNumber || leaf.CannotExist).MinBy(leaf => leaf.Period.Days)!.Period.Frequency;
        var count = used.Sum(leaf => Count(leaf.Period, finest));
        var expected = way == Aggregation.Last ? 1 : Count(table.Period, finest) - never.Sum(leaf => Count(leaf.Period, finest));

        var cell = new PlainCell { Region = region, Period = table.Period };
        // What is made of other frequencies does not complain of them.
        foreach (var leaf in leaves.Except(never)) cell.Reasons.UnionWith(leaf.Reasons.Where(reason => reason != VerdictReason.Period));
        cell.Breaks.UnionWith(breaks);
        if (breaks.Count > 0) cell.Reasons.Add(VerdictReason.Break);
        foreach (var leaf in used) cell.Flags.UnionWith(leaf.Flags);
        if (leaves.Any(leaf => leaf.Stands && !used.Contains(leaf))) cell.Reasons.Add(VerdictReason.Denominator);
        cell.Reasons.Add(count < expected ? VerdictReason.Missing : VerdictReason.RolledUp);
        // One series is of one organisation, real or made up.
        var organizations = used.Select(leaf => leaf.Organization).Distinct().ToList();
        if (used.Concat(never).Select(leaf => leaf.Organization).Distinct().Count() > 1) cell.Reasons.Add(VerdictReason.Source);
        if (used.Concat(never).Select(leaf => leaf.Illustrative).Distinct().Count() > 1) cell.Reasons.Add(VerdictReason.Illustrative);

        var mixed = cell.Reasons.Overlaps([VerdictReason.Source, VerdictReason.Illustrative]);

        cell.Withheld = leaves.Any(leaf => leaf is { Withheld: true, HasNumber: true });
        cell.Organization = organizations.Count == 1 ? organizations[0] : "";
        cell.Illustrative = used.Count > 0 && used.All(leaf => leaf.Illustrative);
        var number = way == Aggregation.Parts ? Quotient(cell, table, used) : used.Count > 0 ? Fraction.Sum(used.Select(leaf => leaf.Number!.Value)) : (Fraction?)null;
        cell.RollUp = new PlainRollUp(finest, count, expected, cell.Withheld || mixed ? null : number);
        if (count < expected || cell.Withheld || number is null) cell.Parts = null;
        else (cell.Number, cell.Derived) = (number, true);
        return cell;
    }

    /// <summary>What cannot exist in any of its parts, or of a stock at its end, cannot exist in a period of which nothing was said.</summary>
    public static PlainCell Never(PlainCells cells, PlainHeading table, PlainCell reported)
    {
        var way = table.Definition.Aggregation;
        if (way is Aggregation.None or Aggregation.Unspecified || reported.Chosen is not null) return reported;
        var leaves = Leaves(cells, table, reported.Region, table.Period);
        if (way == Aggregation.Last) leaves = [.. leaves.TakeLast(1)];
        if (leaves.Count == 0 || !leaves.All(leaf => leaf.CannotExist)) return reported;
        foreach (var leaf in leaves) reported.Flags.UnionWith(leaf.Flags);
        reported.Illustrative = leaves.All(leaf => leaf.Illustrative);
        reported.Reasons.Remove(VerdictReason.Period);
        return reported;
    }

    /// <summary>What cannot exist is said of a period and all within, unless a number there says otherwise.</summary>
    private static List<PlainCell> Leaves(PlainCells cells, PlainHeading table, string region, PlainPeriod period)
    {
        var leaves = new List<PlainCell>();
        foreach (var finer in period.Finer)
        {
            var reported = cells.Reported(table with { Period = finer }, region);
            var within = cells.HasWithin(table, region, finer) ? Leaves(cells, table, region, finer) : [];
            if (reported.HasNumber || within.Count == 0 || (reported.CannotExist && !within.Any(leaf => leaf.HasNumber))) leaves.Add(reported);
            else leaves.AddRange(within);
        }
        return leaves;
    }

    private static int Count(PlainPeriod period, char finest) => period.Frequency == finest ? 1 : period.Finer.Sum(finer => Count(finer, finest));

    private static Fraction? Quotient(PlainCell cell, PlainHeading table, List<PlainCell> used)
    {
        if (used.Count == 0) return null;
        var (top, bottom) = (Fraction.Sum(used.Select(leaf => leaf.Parts!.Value.Top)), Fraction.Sum(used.Select(leaf => leaf.Parts!.Value.Bottom)));
        cell.Parts = (top, bottom);
        if (bottom.IsZero)
        {
            cell.Reasons.Add(VerdictReason.Denominator);
            return null;
        }
        return top / bottom * PlainUnits.QuotientFactor(table.Definition.NumeratorUnit, table.Definition.DenominatorUnit, table.Definition.Unit, table.Days);
    }
}
