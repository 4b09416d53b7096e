using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Validation;

/// <summary>The numbers of a row.</summary>
public readonly record struct Numbers(ExactDecimal? Value, ExactDecimal? Numerator, ExactDecimal? Denominator)
{
    public bool HasParts => Numerator is not null || Denominator is not null;

    public bool HasBothParts => Numerator is not null && Denominator is not null;
}
