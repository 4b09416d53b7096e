using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>sum(numerator) by sum(denominator), never a mean of ratios.</summary>
internal static class PartQuotient
{
    /// <summary>In the definition's unit; null: the denominator is not above zero, or the units of the parts do not give it.</summary>
    internal static Derivation? Of(Indicator definition, PartSums parts)
    {
        if (parts.Denominator.Sign <= 0 || definition.UnitOfParts(Catalog.Parts.UnitOf(parts.NumeratorFrom.Unit), Catalog.Parts.UnitOf(parts.DenominatorFrom.Unit)) is not { } from) return null;
        var own = CellReader.ParsedUnit(definition.Unit);
        if (!from.TryConvert(Rational.One, own, out var factor)) return null;
        var quotient = new Derivation
        {
            Step = DerivationStep.Quotient,
            Indicator = definition.Code,
            Region = parts.NumeratorFrom.Region,
            Period = parts.NumeratorFrom.Period,
            Quantity = parts.Numerator / parts.Denominator,
            Unit = from.Code,
            Inputs = [parts.NumeratorFrom, parts.DenominatorFrom],
        };
        return factor == Rational.One && from.Code == own.Code ? quotient : Conversions.Of(quotient, own, new UnitConversion(factor, null, null));
    }
}
