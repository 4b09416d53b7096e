namespace WasteFree.Exchange.Cli.NativeCsv;

/// <summary>Which field of a record is which column.</summary>
internal sealed class NativeHeader
{
    private readonly int[] _fieldOf; // by column; -1: the file does not have it

    private NativeHeader(int[] fieldOf, int fieldCount)
    {
        _fieldOf = fieldOf;
        FieldCount = fieldCount;
    }

    public int FieldCount { get; }

    /// <summary>Position of the column in a record, or -1.</summary>
    public int FieldOf(NativeColumn column) => _fieldOf[(int)column];

    /// <summary>Reads a header; null: rows cannot be read without what it lacks.</summary>
    public static NativeHeader? Read(IReadOnlyList<string> fields, long line, Action<Fault> report)
    {
        var fieldOf = new int[NativeColumns.All.Length];
        Array.Fill(fieldOf, -1);
        for (var i = 0; i < fields.Count; i++)
        {
            if (!NativeColumns.TryFind(fields[i], out var column)) report(FileFaults.UnknownColumn(line, fields[i]));
            else if (fieldOf[(int)column] >= 0) report(FileFaults.DuplicateColumn(line, column, fields[i]));
            else fieldOf[(int)column] = i;
        }

        var missing = Missing(column => fieldOf[(int)column] >= 0).ToArray();
        foreach (var column in missing) report(FileFaults.MissingColumn(line, column, fields.Count == 1));
        return missing.Length == 0 ? new NativeHeader(fieldOf, fields.Count) : null;
    }

    private static IEnumerable<string> Missing(Func<NativeColumn, bool> has)
    {
        foreach (var column in new[] { NativeColumn.Region, NativeColumn.Indicator, NativeColumn.Period })
            if (!has(column)) yield return column.Name();
        var says = has(NativeColumn.Value) || has(NativeColumn.Status) || (has(NativeColumn.Numerator) && has(NativeColumn.Denominator));
        if (!says) yield return NativeColumn.Value.Name();
    }
}
