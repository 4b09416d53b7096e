using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>A row of revision with its key.</summary>
internal class RevisionRow
{
    public long Key { get; init; }
    public long Id { get; init; }
    public long Major { get; init; }
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
    public string? Method { get; init; }
    public string? Evidence { get; init; }

    public ObservationRevision ToRevision(SqliteConnection connection, ReadDictionaries dictionaries)
    {
        var series = dictionaries.Series(connection, Keys.Series(Key));
        var source = dictionaries.Changeset(connection, Keys.Changeset(Id));
        return new ObservationRevision
        {
            Observation = new Observation
            {
                Region = series.Region,
                Indicator = series.Indicator,
                Version = Major == 1 && Minor == 0 ? "1.0" : $"{Major}.{Minor}",
                Scope = (Scope)series.Scope,
                Category = series.Category,
                Period = Keys.Period(Key),
                Value = Number(ValueMantissa, ValueScale),
                Numerator = Number(NumeratorMantissa, NumeratorScale),
                Denominator = Number(DenominatorMantissa, DenominatorScale),
                Unit = dictionaries.Unit(connection, Unit),
                Status = new StatusSet((int)Status),
                Confidentiality = (Confidentiality)Confidentiality,
                Note = Note,
                Method = Method,
                Evidence = Evidence,
            },
            Organization = series.Organization,
            Report = source.Report,
            Position = source.Position,
            CommittedAt = Instants.FromMicroseconds(source.CommittedAt),
            Cursor = Key,
        };
    }

    private static ExactDecimal? Number(long? mantissa, long? scale) =>
        mantissa is { } m ? new ExactDecimal(m, (byte)scale!.Value) : null;
}
