using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.SqlServer;

/// <summary>A row with the numbers of its codes.</summary>
internal readonly record struct NumberedRow(long Id, long Key, long Unit, long? NumeratorUnit, long? DenominatorUnit, Observation Row);

/// <summary>The columns of revision, in the order of the table.</summary>
internal static class RevisionColumns
{
    private static readonly object Value = (byte)0;

    public static IReadOnlyList<Func<NumberedRow, object?>> All { get; } =
    [
        row => row.Id,
        row => row.Key,
        _ => Value,
        row => Versions.Parse(row.Row.Version).Minor,
        row => row.Row.Value?.Mantissa,
        row => row.Row.Value?.Scale,
        row => row.Row.Numerator?.Mantissa,
        row => row.Row.Numerator?.Scale,
        row => row.Row.Denominator?.Mantissa,
        row => row.Row.Denominator?.Scale,
        row => row.Unit,
        row => row.Row.Status.Bits,
        row => (byte)row.Row.Confidentiality,
        row => row.Row.Note,
        row => row.Row.CollectionMethod,
        row => row.Row.Evidence,
        row => row.NumeratorUnit,
        row => row.DenominatorUnit,
    ];
}
