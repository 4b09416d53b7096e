using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>Of what a missing value is made, and how.</summary>
/// <param name="Step">As what it is explained.</param>
/// <param name="Reason">What its cell says of it when it is complete.</param>
/// <param name="ByParts">sum(numerator) by sum(denominator); else the values add up.</param>
/// <param name="Expected">How many values the whole takes, those included that cannot exist (M).</param>
/// <param name="Weight">For how many of those a leaf counts.</param>
/// <param name="OneSource">It is one series only if one organisation sent it.</param>
/// <param name="Frequency">Of finer periods: the finest of those counted; null: made of regions.</param>
/// <param name="Regions">Of regions: their codes.</param>
/// <param name="Breaks">Periods in which its series breaks.</param>
internal sealed record Making(
    DerivationStep Step, VerdictReason Reason, bool ByParts, int Expected, Func<Draft, int> Weight, bool OneSource, Frequency? Frequency, IReadOnlyList<string> Regions, IReadOnlyList<Period> Breaks)
{
    /// <summary>What the leaves make of it, in the definition's unit; what is not complete has no value, only a partial one beside it.</summary>
    internal Draft Of(Indicator definition, Draft missing, IReadOnlyList<Draft> leaves)
    {
        var used = leaves.Where(leaf => leaf is { Stands: true, Quantity: not null } && (!ByParts || leaf.Parts is not null)).ToList();
        if (ByParts) used = SummableParts.Among(used, leaf => leaf.Parts!);
        var nothing = leaves.Where(leaf => leaf.CannotExist).ToList();
        var (count, none) = (used.Sum(Weight), nothing.Sum(Weight));
        var expected = Expected - none;

        // That a part has values of other frequencies is no news: the whole is made of them.
        var reasons = new SortedSet<VerdictReason>(leaves.Except(nothing).SelectMany(leaf => leaf.Reasons).Where(reason => reason != VerdictReason.Period));
        if (Breaks.Count > 0) reasons.Add(VerdictReason.Break);
        foreach (var leaf in leaves.Where(leaf => leaf.Stands && !used.Contains(leaf))) reasons.Add(WhyUnused(leaf));
        if (count < expected) reasons.Add(VerdictReason.Missing);
        else reasons.Add(Reason);
        // Who says that there can be nothing is a source of the whole as well.
        var said = used.Concat(nothing).ToList();
        if (OneSource && said.Select(leaf => leaf.Organization).Distinct().Count() > 1) reasons.Add(VerdictReason.Source);
        if (said.Select(leaf => leaf.Illustrative).Distinct().Count() > 1) reasons.Add(VerdictReason.Illustrative);

        var excluded = leaves.Except(used).Select(Exclusion);
        var parts = ByParts && used.Count > 0 ? Sum(missing, definition, used, excluded) : null;
        var quantity = ByParts ? Quotient(definition, parts, reasons) : used.Count > 0 ? Node(missing, definition, definition.Unit, [.. used.Select(leaf => leaf.Derivation)], excluded) : null;
        // One that says in confidence that it has no value has no number to give away.
        var withheld = leaves.Any(leaf => leaf is { Withheld: true, HasNumber: true });
        var whole = count == expected && !withheld && quantity is not null;
        // What is not one series has no partial sum either.
        var partial = withheld || reasons.Contains(VerdictReason.Source) || reasons.Contains(VerdictReason.Illustrative) ? null : quantity?.Quantity;
        // With nothing of the leaves in it, it stays what was reported for the whole itself.
        var unused = used.Count == 0;
        return missing with
        {
            Reasons = reasons,
            OtherPeriods = [],
            Breaks = Breaks,
            Quantity = whole ? quantity!.Quantity : null,
            Value = whole ? quantity!.Quantity!.Value.ToDecimalText() : "",
            Derived = whole,
            Status = unused ? missing.Status : used.Aggregate(default(StatusSet), (status, leaf) => status.Union(leaf.Status)),
            Parts = whole ? parts : null,
            Organization = unused ? missing.Organization : used.Select(leaf => leaf.Organization).Distinct().ToList() is [var one] ? one : "",
            Illustrative = unused ? missing.Illustrative : used.TrueForAll(leaf => leaf.Illustrative),
            Withheld = withheld,
            RollUp = new RollUp(Frequency, Regions, count, expected, none, partial?.ToDecimalText() ?? ""),
            Derivation = quantity is null || withheld
                ? missing.Derivation with { Reasons = [.. reasons], Inputs = [.. excluded] }
                : quantity,
        };
    }

    private PartSums Sum(Draft missing, Indicator definition, List<Draft> used, IEnumerable<Derivation> excluded)
    {
        var parts = SummableParts.InOneUnit(used.Select(leaf => leaf.Parts!));
        var above = Node(missing, definition, parts[0].NumeratorFrom.Unit, [.. parts.Select(part => part.NumeratorFrom)], excluded);
        var below = Node(missing, definition, parts[0].DenominatorFrom.Unit, [.. parts.Select(part => part.DenominatorFrom)], []);
        return new PartSums(above.Quantity!.Value, below.Quantity!.Value, above, below);
    }

    private static Derivation? Quotient(Indicator definition, PartSums? parts, SortedSet<VerdictReason> reasons)
    {
        if (parts is null) return null;
        if (PartQuotient.Of(definition, parts) is { } quotient) return quotient;
        reasons.Add(VerdictReason.Denominator);
        return null;
    }

    private Derivation Node(Draft missing, Indicator definition, string unit, IReadOnlyList<Derivation> inputs, IEnumerable<Derivation> excluded) => new()
    {
        Step = Step,
        Indicator = definition.Code,
        Region = missing.Region,
        Period = missing.Period,
        Quantity = inputs.Aggregate(Rational.Zero, (sum, input) => sum + input.Quantity!.Value),
        Unit = unit,
        Aggregation = definition.Aggregation,
        Inputs = [.. inputs, .. excluded],
    };

    /// <summary>It stands for itself, but has no parts, or none in a unit that adds up with the others.</summary>
    private static VerdictReason WhyUnused(Draft leaf) => leaf.Parts is null ? VerdictReason.Denominator : VerdictReason.Unit;

    internal static Derivation Exclusion(Draft leaf) => new()
    {
        Step = DerivationStep.Exclusion,
        Indicator = leaf.Derivation.Indicator,
        Region = leaf.Region,
        Period = leaf.Period,
        Reasons = leaf.Stands ? [WhyUnused(leaf)] : [.. leaf.Reasons],
        MessageZh = leaf.CannotExist ? "不可能有数值（M），不计入应有个数" : "",
        MessageEn = leaf.CannotExist ? "there can be no value (M), so none is expected" : "",
        Inputs = leaf.Choice.Chosen is null ? [] : [leaf.Derivation],
    };
}
