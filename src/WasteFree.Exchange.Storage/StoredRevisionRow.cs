using WasteFree.Exchange.Digests;

namespace WasteFree.Exchange.Storage;

/// <summary>A row of revision with what its numbers stand for.</summary>
internal sealed class StoredRevisionRow
{
    public long Id { get; init; }
    public string? Organization { get; init; }
    public string? Indicator { get; init; }
    public long? Major { get; init; }
    public long Minor { get; init; }
    public string? Region { get; init; }
    public long? Scope { get; init; }
    public string? Category { get; init; }
    public long? Period { get; init; }
    public long? ValueMantissa { get; init; }
    public long? ValueScale { get; init; }
    public long? NumeratorMantissa { get; init; }
    public long? NumeratorScale { get; init; }
    public long? DenominatorMantissa { get; init; }
    public long? DenominatorScale { get; init; }
    public string? Unit { get; init; }
    public long Status { get; init; }
    public long Confidentiality { get; init; }
    public string? Note { get; init; }
    public string? CollectionMethod { get; init; }
    public string? Evidence { get; init; }
    public string? NumeratorUnit { get; init; }
    public string? DenominatorUnit { get; init; }

    public StoredRow ToStored() => new()
    {
        Offset = Keys.Offset(Id),
        Organization = Organization,
        Indicator = Indicator,
        Major = Major,
        Minor = Minor,
        Region = Region,
        Scope = Scope,
        Category = Category,
        Period = Period,
        ValueMantissa = ValueMantissa,
        ValueScale = ValueScale,
        NumeratorMantissa = NumeratorMantissa,
        NumeratorScale = NumeratorScale,
        DenominatorMantissa = DenominatorMantissa,
        DenominatorScale = DenominatorScale,
        Unit = Unit,
        Status = Status,
        Confidentiality = Confidentiality,
        Note = Note,
        CollectionMethod = CollectionMethod,
        Evidence = Evidence,
        NumeratorUnit = NumeratorUnit,
        DenominatorUnit = DenominatorUnit,
    };
}
