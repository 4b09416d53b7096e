using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog;

/// <summary>What numerator and denominator of an indicator make together.</summary>
public static class Parts
{
    /// <summary>Numerator by denominator, exactly, in <paramref name="unit"/>.</summary>
    /// <param name="definition">Theirs.</param>
    /// <param name="numerator">In <paramref name="numeratorUnit"/>.</param>
    /// <param name="numeratorUnit">Null: not stated, neither in the row nor in the definition.</param>
    /// <param name="denominator">In <paramref name="denominatorUnit"/>.</param>
    /// <param name="denominatorUnit">Null: not stated, neither in the row nor in the definition.</param>
    /// <param name="unit">Wanted.</param>
    /// <param name="quantity">In <paramref name="unit"/>.</param>
    /// <returns>Whether there is such a quantity: not for a denominator that is not above zero, nor for parts of unknown unit.</returns>
    public static bool TryDerive(
        this Indicator definition, ExactDecimal numerator, Unit? numeratorUnit, ExactDecimal denominator, Unit? denominatorUnit, Unit unit, out Rational quantity)
    {
        quantity = default;
        return denominator.Mantissa > 0
            && definition.UnitOfParts(numeratorUnit, denominatorUnit) is { } parts
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
    /// <param name="definition">Theirs.</param>
    /// <param name="numerator">Unit of the numerator; null: not stated.</param>
    /// <param name="denominator">Unit of the denominator; null: not stated.</param>
    public static Unit? UnitOfParts(this Indicator definition, Unit? numerator, Unit? denominator)
    {
        if (numerator is not null && denominator is not null) return numerator.Code == denominator.Code ? Unit.One : numerator.Per(denominator);
        return definition.Kind == IndicatorKind.Ratio ? Unit.One : null;
    }

    /// <summary>A unit of the catalogue, or of a row that was checked; null where none is stated.</summary>
    public static Unit? UnitOf(string? code) =>
        string.IsNullOrEmpty(code) ? null
        : Unit.TryParse(code, out var unit) ? unit
        : throw new InvalidOperationException($"The unit '{code}' of a numerator or denominator does not read.");
}
