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
        Derivation = missing.Derivation with { Reasons = [VerdictReason.Missing], Inputs = [.. leaves.Select(Exclusion)] },
    };

    private static Draft Of(Indicator definition, Draft missing, List<Draft> leaves, List<Period> breaks)
    {
        var byParts = definition.Aggregation == Aggregation.Parts;
        var used = leaves.Where(leaf => leaf is { Stands: true, Quantity: not null } && (!byParts || leaf.Parts is not null)).ToList();
        var nothing = leaves.Where(leaf => leaf.CannotExist).ToList();
        var finest = leaves.Where(leaf => leaf.HasNumber || leaf.CannotExist).Max(leaf => leaf.Period.Frequency);
        var count = used.Sum(leaf => Count(leaf.Period, finest));
        var none = nothing.Sum(leaf => Count(leaf.Period, finest));
        var expected = definition.Aggregation == Aggregation.Last ? 1 : Count(missing.Period, finest) - none;

        // That a part has values of other frequencies is no news: the whole is made of them.
        var reasons = new SortedSet<VerdictReason>(leaves.Except(nothing).SelectMany(leaf => leaf.Reasons).Where(reason => reason != VerdictReason.Period));
        if (breaks.Count > 0) reasons.Add(VerdictReason.Break);
        if (leaves.Exists(leaf => leaf.Stands && !used.Contains(leaf))) reasons.Add(VerdictReason.Denominator);
        if (count < expected) reasons.Add(VerdictReason.Missing);
        else reasons.Add(VerdictReason.RolledUp);
        // Who says that there can be nothing is a source of the whole as well.
        var said = used.Concat(nothing).ToList();
        if (said.Select(leaf => leaf.Organization).Distinct().Count() > 1) reasons.Add(VerdictReason.Source);
        if (said.Select(leaf => leaf.Illustrative).Distinct().Count() > 1) reasons.Add(VerdictReason.Illustrative);

        var excluded = leaves.Except(used).Select(Exclusion);
        var parts = byParts && used.Count > 0 ? Sum(missing, definition, used, excluded) : null;
        var quantity = byParts ? Quotient(definition, parts, reasons) : used.Count > 0 ? Total(missing, definition, used, excluded) : null;
        var withheld = leaves.Exists(leaf => leaf.Withheld);
        var whole = count == expected && !withheld && quantity is not null;
        // What is not one series has no partial sum either.
        var partial = withheld || reasons.Contains(VerdictReason.Source) || reasons.Contains(VerdictReason.Illustrative) ? null : quantity?.Quantity;
        // With nothing of the finer periods in it, it stays what was reported for the period itself.
        var unused = used.Count == 0;
        return missing with
        {
            Reasons = reasons,
            OtherPeriods = [],
            Breaks = breaks,
            Quantity = whole ? quantity!.Quantity : null,
            Value = whole ? quantity!.Quantity!.Value.ToDecimalText() : "",
            Derived = whole,
            Status = unused ? missing.Status : used.Aggregate(default(StatusSet), (status, leaf) => status.Union(leaf.Status)),
            Parts = whole ? parts : null,
            Organization = unused ? missing.Organization : used.Select(leaf => leaf.Organization).Distinct().ToList() is [var one] ? one : "",
            Illustrative = unused ? missing.Illustrative : used.TrueForAll(leaf => leaf.Illustrative),
            Withheld = withheld,
            RollUp = new RollUp(finest, count, expected, none, partial?.ToDecimalText() ?? ""),
            Derivation = quantity is null || withheld
                ? missing.Derivation with { Reasons = [.. reasons], Inputs = [.. excluded] }
                : quantity,
        };
    }

    private static PartSums Sum(Draft missing, Indicator definition, List<Draft> used, IEnumerable<Derivation> excluded)
    {
        var above = Node(missing, definition, definition.NumeratorUnit, [.. used.Select(leaf => leaf.Parts!.NumeratorFrom)], excluded);
        var below = Node(missing, definition, definition.DenominatorUnit, [.. used.Select(leaf => leaf.Parts!.DenominatorFrom)], []);
        return new PartSums(above.Quantity!.Value, below.Quantity!.Value, above, below);
    }

    private static Derivation? Quotient(Indicator definition, PartSums? parts, SortedSet<VerdictReason> reasons)
    {
        if (parts is null) return null;
        if (PartQuotient.Of(definition, parts) is { } quotient) return quotient;
        reasons.Add(VerdictReason.Denominator);
        return null;
    }

    private static Derivation Total(Draft missing, Indicator definition, List<Draft> used, IEnumerable<Derivation> excluded) =>
        Node(missing, definition, definition.Unit, [.. used.Select(leaf => leaf.Derivation)], excluded);

    private static Derivation Node(Draft missing, Indicator definition, string unit, IReadOnlyList<Derivation> inputs, IEnumerable<Derivation> excluded) => new()
    {
        Step = DerivationStep.RollUp,
        Indicator = definition.Code,
        Region = missing.Region,
        Period = missing.Period,
        Quantity = inputs.Aggregate(Rational.Zero, (sum, input) => sum + input.Quantity!.Value),
        Unit = unit,
        Aggregation = definition.Aggregation,
        Inputs = [.. inputs, .. excluded],
    };

    private static Derivation Exclusion(Draft leaf) => new()
    {
        Step = DerivationStep.Exclusion,
        Indicator = leaf.Derivation.Indicator,
        Region = leaf.Region,
        Period = leaf.Period,
        Reasons = leaf.Stands ? [VerdictReason.Denominator] : [.. leaf.Reasons],
        MessageZh = leaf.CannotExist ? "不可能有数值（M），不计入应有期数" : "",
        MessageEn = leaf.CannotExist ? "there can be no value (M), so none is expected" : "",
        Inputs = leaf.Choice.Chosen is null ? [] : [leaf.Derivation],
    };

    private static int Count(Period period, Frequency finest) =>
        period.Frequency == finest ? 1 : period.Finer().Sum(finer => Count(finer, finest));
}
