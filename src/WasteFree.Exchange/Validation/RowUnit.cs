using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Validation;

/// <summary>The unit of a row's value, and how the value becomes one of the definition's unit.</summary>
internal readonly record struct RowUnit(Unit Sent, Unit Own, Rational Factor)
{
    /// <summary>Nearly every row is sent in the definition's unit: it costs no arithmetic.</summary>
    private bool IsOwn => ReferenceEquals(Sent, Own);

    public Rational ToOwn(Rational sent) => IsOwn ? sent : sent * Factor;

    public Rational ToSent(Rational own) => IsOwn ? own : own / Factor;
}
