namespace WasteFree.Exchange.Cli.NativeCsv;

/// <summary>Which field of a record is which column.</summary>
internal sealed class NativeHeader
{
    private readonly int[] _fieldOf; // by column; -1: the file does not have it

    private NativeHeader(int[] fieldOf, int fieldCount, int namedCount)
    {
        _fieldOf = fieldOf;
        FieldCount = fieldCount;
        NamedCount = namedCount;
    }

    public int FieldCount { get; }

    /// <summary>Fields up to the last that has a name; spreadsheets leave empty columns behind it.</summary>
    public int NamedCount { get; }

    /// <summary>Position of the column in a record, or -1.</summary>
    public int FieldOf(NativeColumn column) => _fieldOf[(int)column];

    /// <summary>Reads a header; null: rows cannot be read without what it lacks.</summary>
    public static NativeHeader? Read(IReadOnlyList<string> fields, long line, Action<Fault> report)
    {
        var fieldOf = new int[NativeColumns.All.Length];
        Array.Fill(fieldOf, -1);
        var named = fields.Count;
        while (named > 0 && string.IsNullOrWhiteSpace(fields[named - 1])) named--;
        var meant = new HashSet<string>();
        for (var i = 0; i < named; i++)
        {
            if (string.IsNullOrWhiteSpace(fields[i])) report(FileFaults.NamelessColumn(line, i + 1));
            else if (!NativeColumns.TryFind(fields[i], out var column))
            {
                var nearest = NativeColumns.Nearest(fields[i]);
                report(FileFaults.UnknownColumn(line, fields[i], nearest));
                if (nearest is { } near) meant.Add(near.Name());
            }
            else if (fieldOf[(int)column] >= 0) report(FileFaults.DuplicateColumn(line, column, fields[i]));
            else fieldOf[(int)column] = i;
        }

        var missing = Missing(column => fieldOf[(int)column] >= 0).ToArray();
        // A column that only bears another name has been told already.
        foreach (var column in missing.Where(column => !meant.Contains(column))) report(FileFaults.MissingColumn(line, column, fields.Count == 1));
        return missing.Length == 0 ? new NativeHeader(fieldOf, fields.Count, named) : null;
    }

    private static IEnumerable<string> Missing(Func<NativeColumn, bool> has)
    {
        foreach (var column in new[] { NativeColumn.Region, NativeColumn.Indicator, NativeColumn.Period })
            if (!has(column)) yield return column.Name();
        var says = has(NativeColumn.Value) || has(NativeColumn.Status) || (has(NativeColumn.Numerator) && has(NativeColumn.Denominator));
        if (!says) yield return NativeColumn.Value.Name();
    }
}
