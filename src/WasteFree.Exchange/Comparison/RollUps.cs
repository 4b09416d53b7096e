using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>
/// Makes a period of finer ones: each half of a year, quarter of a half-year and so on is what was reported for it, or
/// else is made of finer ones in its turn. What is not complete has no value, only a partial one beside it.
/// </summary>
internal static class RollUps
{
    /// <summary>In the definition's unit; null: there is nothing finer, or it does not add up.</summary>
    internal static Draft? Make(CellReader reader, Draft missing)
    {
        if (reader.Definition.Aggregation == Aggregation.None || !reader.HasWithin(missing.Region, missing.Period)) return null;
        var leaves = Leaves(reader, missing.Region, missing.Period);
        // A stock breaks in any of them, wherever the one stands that is its value.
        var breaks = leaves.SelectMany(leaf => leaf.Breaks).ToList();
        // The end of the period decides, at the coarsest frequency that has it.
        if (reader.Definition.Aggregation == Aggregation.Last) leaves = leaves[^1..];
        return leaves.Exists(leaf => leaf.HasNumber) ? Of(reader.Definition, missing, leaves, breaks)
            : missing.Choice.Chosen is null && leaves.TrueForAll(leaf => leaf.CannotExist) ? CannotExist(missing, leaves)
            : null;
    }

    private static List<Draft> Leaves(CellReader reader, string region, Period period)
    {
        var leaves = new List<Draft>();
        foreach (var finer in period.Finer())
        {
            var reported = reader.Reported(region, finer);
            var within = reported.HasNumber || !reader.HasWithin(region, finer) ? [] : Leaves(reader, region, finer);
            // That nothing can be there says it of all within, unless one of them has a number after all.
            if (within.Count == 0 || (reported.CannotExist && !within.Exists(leaf => leaf.HasNumber))) leaves.Add(reported);
            else leaves.AddRange(within);
        }
        return leaves;
    }

    /// <summary>What cannot exist in any of its parts, or of a stock at its end, cannot exist in the period.</summary>
    private static Draft CannotExist(Draft missing, List<Draft> leaves) => missing with
    {
        Reasons = new SortedSet<VerdictReason>(missing.Reasons.Where(reason => reason != VerdictReason.Period)),
        OtherPeriods = [],
        Status = leaves.Aggregate(default(StatusSet), (status, leaf) => status.Union(leaf.Status)),
        Illustrative = leaves.TrueForAll(leaf => leaf.Illustrative),
        Derivation = missing.Derivation with { Reasons = [VerdictReason.Missing], Inputs = [.. leaves.Select(Making.Exclusion)] },
    };

    private static Draft Of(Indicator definition, Draft missing, List<Draft> leaves, List<Period> breaks)
    {
        var finest = leaves.Where(leaf => leaf.HasNumber || leaf.CannotExist).Max(leaf => leaf.Period.Frequency);
        var expected = definition.Aggregation == Aggregation.Last ? 1 : Count(missing.Period, finest);
        var making = new Making(
            DerivationStep.RollUp, VerdictReason.RolledUp, definition.Aggregation == Aggregation.Parts,
            expected, leaf => Count(leaf.Period, finest), OneSource: true, finest, Regions: [], breaks);
        return making.Of(definition, missing, leaves);
    }

    private static int Count(Period period, Frequency finest) =>
        period.Frequency == finest ? 1 : period.Finer().Sum(finer => Count(finer, finest));
}
