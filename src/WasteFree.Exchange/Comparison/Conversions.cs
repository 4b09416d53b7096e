using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>The step from one unit to another.</summary>
internal static class Conversions
{
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
