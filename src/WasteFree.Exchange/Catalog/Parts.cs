using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog;

/// <summary>What numerator and denominator of an indicator make together.</summary>
public static class Parts
{
    /// <summary>Numerator by denominator, exactly, in <paramref name="unit"/>.</summary>
    /// <returns>Whether there is such a quantity: not for a denominator that is not above zero, nor for parts of unknown unit.</returns>
    public static bool TryDerive(this Indicator definition, ExactDecimal numerator, ExactDecimal denominator, Unit unit, out Rational quantity)
    {
        quantity = default;
        return denominator.Mantissa > 0
            && definition.UnitOfParts() is { } parts
            && parts.TryConvert(numerator.ToRational() / denominator.ToRational(), unit, out quantity);
    }

    /// <summary>A ratio, or a rate that is told in per cent or per mille, such as a rate of growth.</summary>
    public static bool IsShare(this Indicator definition) => definition.Kind switch
    {
        IndicatorKind.Ratio => true,
        IndicatorKind.Amount or IndicatorKind.Stock or IndicatorKind.Intensity => definition.Unit is "%" or "[ppth]" or "[ppm]",
        IndicatorKind.Count or IndicatorKind.Flag or IndicatorKind.Event => false,
    };

    /// <summary>
    /// The unit of numerator by denominator; null: unknown. A ratio has parts of one kind, so an unstated unit is the same
    /// above and below; an intensity has not.
    /// </summary>
    public static Unit? UnitOfParts(this Indicator definition)
    {
        if (definition.NumeratorUnit.Length > 0 && definition.DenominatorUnit.Length > 0)
        {
            if (definition.NumeratorUnit == definition.DenominatorUnit) return Unit.One;
            return Unit.TryParse(definition.NumeratorUnit, out var numerator) && Unit.TryParse(definition.DenominatorUnit, out var denominator)
                ? numerator.Per(denominator)
                : null;
        }
        return definition.Kind == IndicatorKind.Ratio ? Unit.One : null;
    }
}
