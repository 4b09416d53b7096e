using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage;

/// <summary>A row of revision with its key.</summary>
internal class RevisionRow
{
    public long Key { get; init; }
    public long Id { get; init; }
    public long Minor { get; init; }
    public long? ValueMantissa { get; init; }
    public long? ValueScale { get; init; }
    public long? NumeratorMantissa { get; init; }
    public long? NumeratorScale { get; init; }
    public long? DenominatorMantissa { get; init; }
    public long? DenominatorScale { get; init; }
    public long Unit { get; init; }
    public long Status { get; init; }
    public long Confidentiality { get; init; }
    public string? Note { get; init; }
    public string? CollectionMethod { get; init; }
    public string? Evidence { get; init; }

    /// <summary>Null: not stated, or there is no numerator.</summary>
    public long? NumeratorUnit { get; init; }

    /// <summary>Null: not stated, or there is no denominator.</summary>
    public long? DenominatorUnit { get; init; }

    /// <summary>The last row that repeated it; null: none did.</summary>
    public long? AffirmedId { get; init; }

    public Observation ToObservation(string indicator, long major, string region, Scope scope, string category, string unit, string? numeratorUnit, string? denominatorUnit) => new()
    {
        Region = region,
        Indicator = indicator,
        Version = major == 1 && Minor == 0 ? "1.0" : $"{major}.{Minor}",
        Scope = scope,
        Category = category,
        Period = Keys.Period(Key),
        Value = Number(ValueMantissa, ValueScale),
        Numerator = Number(NumeratorMantissa, NumeratorScale),
        Denominator = Number(DenominatorMantissa, DenominatorScale),
        Unit = unit,
        Status = new StatusSet((int)Status),
        Confidentiality = (Confidentiality)Confidentiality,
        Note = Note,
        CollectionMethod = CollectionMethod,
        Evidence = Evidence,
        NumeratorUnit = numeratorUnit,
        DenominatorUnit = denominatorUnit,
    };

    private static ExactDecimal? Number(long? mantissa, long? scale) =>
        mantissa is { } m ? new ExactDecimal(m, (byte)scale!.Value) : null;
}

/// <summary>A value and the revision that replaced it.</summary>
internal sealed class ReplacedRow : RevisionRow
{
    public long ById { get; init; }
}
