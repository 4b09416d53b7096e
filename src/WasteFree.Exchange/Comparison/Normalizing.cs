using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>
/// Divides by population or product. Both are ordinary indicators with vintages of their own; what is not reported is
/// missing, never invented.
/// </summary>
public static class Normalizing
{
    /// <summary>Only these are amounts of something; a ratio has its denominator already.</summary>
    public static bool Takes(IndicatorKind kind) => kind is IndicatorKind.Amount or IndicatorKind.Stock or IndicatorKind.Count;

    public static string IndicatorOf(Normalization normalization) => normalization switch
    {
        Normalization.PerCapita => "AUX-POP",
        Normalization.PerGdp => "AUX-GDP",
    };

    /// <summary>
    /// Where the denominator of a period is looked for, the first that has one. People live through a whole year; a
    /// product belongs to its own period alone.
    /// </summary>
    internal static IReadOnlyList<Period> PeriodsOf(Normalization normalization, Period period) => normalization switch
    {
        Normalization.PerCapita => [period, .. period.Coarser().Where(coarser => coarser.Frequency == Frequency.Annual)],
        Normalization.PerGdp => [period],
    };

    /// <summary>UCUM binds from left to right: a denominator of several components needs its parentheses.</summary>
    internal static string UnitOf(Indicator definition, Indicator denominator) =>
        $"{definition.Unit}/{(denominator.Unit.AsSpan().ContainsAny('.', '/') ? $"({denominator.Unit})" : denominator.Unit)}";

    /// <param name="amount">In the definition's unit.</param>
    /// <param name="denominators">Those of the region, the first that has a number, or is not shared; null: none.</param>
    /// <param name="definition">That of the denominator.</param>
    internal static Draft Divide(Draft amount, Draft? denominator, Indicator definition, string unit)
    {
        // A part of the amount is not in the unit of the quotient.
        if (amount.RollUp is { } made) amount = amount with { RollUp = made with { PartialValue = "" } };
        if (!amount.HasNumber || amount.Withheld || amount.Quantity is not { } above) return amount;
        if (denominator is { IsShared: false })
        {
            return Fault(
                amount,
                ($"{definition.Code} {definition.NameZh}未共享", $"{definition.Code} is not shared"),
                VerdictReason.Denominator, VerdictReason.NotShared);
        }
        if (denominator is null)
        {
            return Fault(
                amount,
                ($"{definition.Code} {definition.NameZh}在 {amount.Period} 没有数值", $"no value of {definition.Code} for {amount.Period}"),
                VerdictReason.Denominator, VerdictReason.Missing);
        }
        if (!denominator.Stands || denominator.Quantity is not { Sign: > 0 } below)
        {
            var reasons = denominator.Withheld ? new[] { VerdictReason.Denominator, VerdictReason.Confidential } : [VerdictReason.Denominator];
            return Fault(
                amount,
                ($"{definition.Code} {definition.NameZh}在 {denominator.Period} 的数值不可用", $"the value of {definition.Code} for {denominator.Period} cannot be used"),
                reasons);
        }

        var caveats = new SortedSet<VerdictReason>(amount.Reasons);
        if (denominator.Reasons.Contains(VerdictReason.Status)) caveats.Add(VerdictReason.Status);
        if (denominator.Reasons.Contains(VerdictReason.Break)) caveats.Add(VerdictReason.Break);
        if (denominator.Illustrative && !amount.Illustrative) caveats.Add(VerdictReason.Illustrative);
        var derivation = new Derivation
        {
            Step = DerivationStep.Normalization,
            Indicator = amount.Derivation.Indicator,
            Region = amount.Region,
            Period = amount.Period,
            Quantity = above / below,
            Unit = unit,
            Inputs = [amount.Derivation, denominator.Derivation],
        };
        return amount with
        {
            Reasons = caveats,
            Breaks = [.. amount.Breaks.Union(denominator.Breaks)],
            Quantity = derivation.Quantity,
            Value = derivation.Quantity.Value.ToDecimalText(),
            Derived = true,
            Parts = new PartSums(above, below, amount.Derivation, denominator.Derivation),
            NormalizedBy = new Denominator(
                definition.Code, denominator.Period, denominator.Value, definition.Unit, denominator.Organization,
                denominator.Chosen is { } chosen ? new ReportName(chosen.Organization, chosen.Revision.Report).ToString() : "",
                denominator.Chosen is { Revision.Affirmed: { } affirmed } again ? new ReportName(again.Organization, affirmed.Report).ToString() : "",
                denominator.Chosen?.Revision.Position ?? 0, denominator.Status),
            Derivation = derivation,
        };
    }

    private static Draft Fault(Draft amount, (string, string) words, params VerdictReason[] reasons) => amount with
    {
        Reasons = new SortedSet<VerdictReason>(amount.Reasons.Concat(reasons)),
        Quantity = null,
        Value = "",
        Parts = null,
        DenominatorFault = words,
        Derivation = new Derivation
        {
            Step = DerivationStep.Exclusion,
            Indicator = amount.Derivation.Indicator,
            Region = amount.Region,
            Period = amount.Period,
            Reasons = reasons,
            MessageZh = words.Item1,
            MessageEn = words.Item2,
            Inputs = [amount.Derivation],
        },
    };
}
