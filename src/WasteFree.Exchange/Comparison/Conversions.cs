using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>The step from one unit to another.</summary>
internal static class Conversions
{
    /// <summary>In another unit that a factor alone leads to; null: it is in that one, one of the two is not stated, or none does.</summary>
    internal static Derivation? ByFactor(Derivation input, string code)
    {
        if (input.Unit == code || input.Unit.Length == 0 || code.Length == 0) return null;
        var to = CellReader.ParsedUnit(code);
        return CellReader.ParsedUnit(input.Unit).TryConvert(Rational.One, to, out var factor) ? Of(input, to, new UnitConversion(factor, null, null)) : null;
    }

    internal static Derivation Of(Derivation input, Unit to, UnitConversion conversion) => new()
    {
        Step = DerivationStep.Conversion,
        Indicator = input.Indicator,
        Region = input.Region,
        Period = input.Period,
        Quantity = input.Quantity * conversion.Factor,
        Unit = to.Code,
        Conversion = conversion,
        Inputs = [input],
    };
}
