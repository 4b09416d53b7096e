using WasteFree.Exchange.Validation;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage;

/// <summary>A row whose key an earlier row of the upload has.</summary>
internal sealed class RepeatedRow
{
    public long Id { get; init; }
    public long OtherId { get; init; }

    /// <summary>All rows of the key say the same.</summary>
    public long Equal { get; init; }

    /// <summary>It is the first row to contradict the first row of the key, which is told of it.</summary>
    public long ContradictsFirst { get; init; }

    public long Key { get; init; }
    public long? Mantissa { get; init; }
    public long? Scale { get; init; }
    public long? OtherMantissa { get; init; }
    public long? OtherScale { get; init; }
    public string Indicator { get; init; } = "";
    public string Region { get; init; } = "";
    public long Scope { get; init; }
    public string Category { get; init; } = "";
    public string Organization { get; init; } = "";
    public long Major { get; init; }

    public IEnumerable<Finding> ToFindings()
    {
        var pair = new RepeatedRows.Pair(
            Keys.Offset(Id),
            Keys.Offset(OtherId),
            Number(Mantissa, Scale),
            Number(OtherMantissa, OtherScale),
            string.Join('|', Organization, Indicator, Region, ((Scope)Scope).Code(), Category, Keys.Period(Key), Major));
        yield return Equal == 1 ? RepeatedRows.Equal(pair) : RepeatedRows.Contradictory(pair);
        if (ContradictsFirst == 1) yield return RepeatedRows.Contradictory(pair.Reverse());
    }

    private static ExactDecimal? Number(long? mantissa, long? scale) =>
        mantissa is { } m ? new ExactDecimal(m, (byte)scale!.Value) : null;
}
