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
        var leaves = new List<Draft>();
        if (reader.Definition.Aggregation == Aggregation.Last) leaves.Add(Last(reader, missing.Region, missing.Period));
        else Collect(reader, missing.Region, missing.Period, leaves);
        return leaves.Exists(leaf => leaf.HasNumber) ? Of(reader.Definition, missing, leaves) : null;
    }

    private static void Collect(CellReader reader, string region, Period period, List<Draft> leaves)
    {
        foreach (var finer in period.Finer())
        {
            var reported = reader.Reported(region, finer);
            if (reported.HasNumber || !reader.HasWithin(region, finer)) leaves.Add(reported);
            else Collect(reader, region, finer, leaves);
        }
    }

    /// <summary>The end of the period decides, at the coarsest frequency that has it.</summary>
    private static Draft Last(CellReader reader, string region, Period period)
    {
        var last = period.Finer()[^1];
        var reported = reader.Reported(region, last);
        return reported.HasNumber || !reader.HasWithin(region, last) ? reported : Last(reader, region, last);
    }

    private static Draft Of(Indicator definition, Draft missing, List<Draft> leaves)
    {
        var byParts = definition.Aggregation == Aggregation.Parts;
        var used = leaves.Where(leaf => leaf is { Stands: true, Quantity: not null } && (!byParts || leaf.Parts is not null)).ToList();
        var finest = leaves.Where(leaf => leaf.HasNumber).Max(leaf => leaf.Period.Frequency);
        var count = used.Sum(leaf => Count(leaf.Period, finest));
        var expected = definition.Aggregation == Aggregation.Last ? 1 : Count(missing.Period, finest);

        // That a part has values of other frequencies is no news: the whole is made of them.
        var reasons = new SortedSet<VerdictReason>(leaves.SelectMany(leaf => leaf.Reasons).Where(reason => reason != VerdictReason.Period));
        if (leaves.Exists(leaf => leaf.Stands && !used.Contains(leaf))) reasons.Add(VerdictReason.Denominator);
        if (count < expected) reasons.Add(VerdictReason.Missing);
        else reasons.Add(VerdictReason.RolledUp);
        if (used.Select(leaf => leaf.Organization).Distinct().Count() > 1) reasons.Add(VerdictReason.Source);
        if (used.Select(leaf => leaf.Illustrative).Distinct().Count() > 1) reasons.Add(VerdictReason.Illustrative);

        var excluded = leaves.Except(used).Select(Exclusion);
        var parts = byParts && used.Count > 0 ? Sum(missing, definition, used, excluded) : null;
        var quantity = byParts ? Quotient(definition, parts, reasons) : used.Count > 0 ? Total(missing, definition, used, excluded) : null;
        var withheld = leaves.Exists(leaf => leaf.Withheld);
        var whole = count == expected && !withheld && quantity is not null;
        // What is not one series has no partial sum either.
        var partial = withheld || reasons.Contains(VerdictReason.Source) || reasons.Contains(VerdictReason.Illustrative) ? null : quantity?.Quantity;
        // With nothing of the finer periods in it, it stays what was reported for the period itself.
        var none = used.Count == 0;
        return missing with
        {
            Reasons = reasons,
            OtherPeriods = [],
            Quantity = whole ? quantity!.Quantity : null,
            Value = whole ? quantity!.Quantity!.Value.ToDecimalText() : "",
            Derived = whole,
            Status = none ? missing.Status : used.Aggregate(default(StatusSet), (status, leaf) => status.Union(leaf.Status)),
            Parts = whole ? parts : null,
            Organization = none ? missing.Organization : used.Select(leaf => leaf.Organization).Distinct().ToList() is [var one] ? one : "",
            Illustrative = none ? missing.Illustrative : used.TrueForAll(leaf => leaf.Illustrative),
            Withheld = withheld,
            RollUp = new RollUp(finest, count, expected, partial?.ToDecimalText() ?? ""),
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
        Inputs = leaf.Choice.Chosen is null ? [] : [leaf.Derivation],
    };

    private static int Count(Period period, Frequency finest) =>
        period.Frequency == finest ? 1 : period.Finer().Sum(finer => Count(finer, finest));
}
