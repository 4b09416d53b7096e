using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>
/// Makes the regions of a table one. Amounts, stocks and counts sum; whatever is a quotient is sum(numerator) by
/// sum(denominator) over the members that have both, never a mean of ratios.
/// </summary>
internal static class Aggregates
{
    /// <summary>Null: flags and events do not add up.</summary>
    internal static Aggregate? Of(TableReader table, ComparisonRequest request, Period period, IReadOnlyList<Placed> cells, CatalogSnapshot catalog)
    {
        var definition = table.Cells.Definition;
        if (definition.Kind is IndicatorKind.Flag or IndicatorKind.Event || cells.Count == 0) return null;
        var byParts = request.Normalization is not null || definition.Kind is IndicatorKind.Ratio or IndicatorKind.Intensity;
        var used = cells.Where(cell => cell.Stands && (!byParts || cell.Draft.Parts is not null)).ToList();
        if (byParts) used = SummableParts.Among(used, cell => cell.Draft.Parts!);
        var excluded = cells.Except(used).Select(cell => new Excluded(cell.Draft.Region, ReasonsOf(cell))).ToList();

        var parts = byParts && used.Count > 0 ? SummableParts.InOneUnit(used.Select(cell => cell.Draft.Parts!)) : null;
        var derivation = used.Count == 0 ? null
            : parts is not null ? Quotient(table, request, period, parts)
            : Node(definition, period, table.Unit.Code, used.Select(cell => cell.Draft.Derivation));
        // With one member withheld, whoever learns the sum over all of them learns its number.
        var withheld = cells.Count(cell => cell.Draft.Withheld) == 1;
        IReadOnlyList<VerdictReason> reasons = withheld ? [VerdictReason.Confidential]
            : used.Count == 0 ? WhyNone(cells)
            : derivation is null ? [VerdictReason.Denominator]
            : [];
        var value = reasons.Count == 0 ? derivation : null;
        return new Aggregate
        {
            Quantity = value?.Quantity,
            Numerator = value is null ? null : parts?.Aggregate(Rational.Zero, (sum, part) => sum + part.Numerator),
            Denominator = value is null ? null : parts?.Aggregate(Rational.Zero, (sum, part) => sum + part.Denominator),
            NumeratorUnit = value is null ? "" : parts?[0].NumeratorFrom.Unit ?? "",
            DenominatorUnit = value is null ? "" : parts?[0].DenominatorFrom.Unit ?? "",
            Used = used.Count,
            Expected = cells.Count,
            Status = used.Aggregate(default(StatusSet), (status, cell) => status.Union(cell.Draft.Status)),
            Illustrative = used.Exists(cell => cell.Draft.Illustrative),
            Excluded = excluded,
            PartialRegions = request.Scheme is { } scheme
                ? [.. used.Select(cell => cell.Draft.Region).Where(region => catalog.BelongsInPart(region, scheme, period.LastDay))]
                : [],
            Reasons = reasons,
            Derivation = Explained(definition, period, table.Unit.Code, value, reasons, excluded),
        };
    }

    /// <summary>The weightiest reason of each member; those that may not be seen count where no other may.</summary>
    private static IReadOnlyList<VerdictReason> WhyNone(IReadOnlyList<Placed> cells) =>
    [
        .. cells.Where(cell => cell.Draft.IsShared || cells.All(other => !other.Draft.IsShared)).Select(cell => ReasonsOf(cell)[0]).Distinct().Order(),
    ];

    private static IReadOnlyList<VerdictReason> ReasonsOf(Placed cell) => cell.Stands
        // It has a value of its own, but no parts in this definition, or none in a unit that adds up with the others.
        ? [cell.Draft.Parts is not null ? VerdictReason.Unit : cell.Reasons.Contains(VerdictReason.Bridged) ? VerdictReason.Definition : VerdictReason.Denominator]
        : [.. cell.Reasons.Where(Verdicts.Forbids)];

    private static Derivation? Quotient(TableReader table, ComparisonRequest request, Period period, List<PartSums> parts)
    {
        var definition = table.Cells.Definition;
        var above = Node(definition, period, parts[0].NumeratorFrom.Unit, parts.Select(part => part.NumeratorFrom));
        var below = Node(definition, period, parts[0].DenominatorFrom.Unit, parts.Select(part => part.DenominatorFrom));
        var sums = new PartSums(above.Quantity!.Value, below.Quantity!.Value, above, below);
        if (sums.Denominator.Sign <= 0) return null;
        var quotient = request.Normalization is null
            ? PartQuotient.Of(definition, sums)
            : new Derivation
            {
                Step = DerivationStep.Normalization,
                Indicator = definition.Code,
                Period = period,
                Quantity = sums.Numerator / sums.Denominator,
                Unit = table.NormalizedUnit,
                Inputs = [above, below],
            };
        return quotient is null ? null : table.InTablesUnit(quotient, period);
    }

    private static Derivation Node(Indicator definition, Period period, string unit, IEnumerable<Derivation> inputs)
    {
        var all = inputs.ToList();
        return new Derivation
        {
            Step = DerivationStep.Sum,
            Indicator = definition.Code,
            Period = period,
            Quantity = all.Aggregate(Rational.Zero, (sum, input) => sum + input.Quantity!.Value),
            Unit = unit,
            Inputs = all,
        };
    }

    private static Derivation Explained(
        Indicator definition, Period period, string unit, Derivation? value, IReadOnlyList<VerdictReason> reasons, List<Excluded> excluded) => new()
    {
        Step = DerivationStep.Cell,
        Indicator = definition.Code,
        Period = period,
        Quantity = value?.Quantity,
        Unit = unit,
        Shown = value?.Quantity?.ToDecimalText() ?? "",
        Reasons = reasons,
        Inputs =
        [
            .. value is null ? [] : new[] { value },
            .. excluded.Select(left => new Derivation
            {
                Step = DerivationStep.Exclusion,
                Indicator = definition.Code,
                Region = left.Region,
                Period = period,
                Reasons = left.Reasons,
            }),
        ],
    };
}
