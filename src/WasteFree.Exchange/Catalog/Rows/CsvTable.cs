using System.Collections.Frozen;
using System.Text;
using CsvHelper;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog.Rows;

/// <summary>One row of a CSV file: where it begins and its columns that are not empty.</summary>
internal sealed record CsvRow(int Line, IReadOnlyDictionary<string, string> Columns);

/// <summary>
/// The rows of a CSV file. <see cref="Readable"/> is false where the file as a whole could not be read, so that
/// nothing is known of the rows it may have had. A header alone is a table without rows, as the export of an empty one is.
/// </summary>
internal sealed record CsvTable(bool Readable, IReadOnlySet<string> Header, IReadOnlyList<CsvRow> Rows)
{
    private static readonly CsvTable Unreadable = new(false, FrozenSet<string>.Empty, []);

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static CsvTable Read(CatalogTable table, TableSchema schema, List<CatalogFault> faults)
    {
        if (!IsUtf8(table, faults)) return Unreadable;

        var malformed = new Dictionary<long, CsvMalformedReason>();
        using var reader = CsvReader.Create(WithoutMarks(table.Csv), Options(malformed));
        if (!reader.Read())
        {
            faults.Add(FaultAt.Table(table.Name, "", "", FaultText.Empty));
            return Unreadable;
        }

        var headerLine = (int)reader.LineNumber;
        if (malformed.TryGetValue(headerLine, out var reason))
        {
            faults.Add(BadQuoting(table, headerLine, reader, reason));
            return Unreadable;
        }
        if (HeaderOf(reader, table, schema, headerLine, faults) is not { } header) return Unreadable;

        var rows = new List<CsvRow>();
        while (reader.Read())
        {
            var line = (int)reader.LineNumber;
            if (malformed.TryGetValue(line, out reason)) faults.Add(BadQuoting(table, line, reader, reason));
            else if (reader.FieldCount != header.Length)
                faults.Add(FaultAt.Line(table.Name, line, "", $"{reader.FieldCount}", FaultText.FieldCount(header.Length, reader.FieldCount)));
            else rows.Add(new CsvRow(line, Columns(reader, header)));
        }
        // A row that was lost may be the one that others refer to.
        return new CsvTable(malformed.Count == 0, header.ToFrozenSet(StringComparer.Ordinal), rows);
    }

    /// <summary>A row's columns over those of the row that it replaces: what the file has no column for stays.</summary>
    public IReadOnlyDictionary<string, string> Over(IReadOnlyDictionary<string, string> stored, CsvRow row) =>
        stored.Where(column => !Header.Contains(column.Key)).Concat(row.Columns).ToDictionary(StringComparer.Ordinal);

    /// <summary>The file behind the marks of encoding that it begins with; some programs write two.</summary>
    private static ReadOnlyMemory<byte> WithoutMarks(ReadOnlyMemory<byte> csv)
    {
        while (csv.Span.StartsWith(Encoding.UTF8.Preamble)) csv = csv[Encoding.UTF8.Preamble.Length..];
        return csv;
    }

    private static CsvReaderOptions Options(Dictionary<long, CsvMalformedReason> malformed) => new()
    {
        // Detection would take a file of another separator for one that was meant.
        Separator = ',',
        HasHeader = false,
        TrimWhitespace = true,
        TrimInsideQuotes = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Recover,
        OnMalformedRecord = record => malformed.TryAdd(record.LineNumber, record.Reason),
    };

    private static bool IsUtf8(CatalogTable table, List<CatalogFault> faults)
    {
        try
        {
            StrictUtf8.GetCharCount(table.Csv.Span);
            return true;
        }
        catch (DecoderFallbackException invalid)
        {
            // The index counts from the first byte of the file, and can lie before it for a sequence cut off.
            var place = Math.Clamp(invalid.Index, 0, table.Csv.Length - 1);
            var line = 1 + table.Csv.Span[..place].Count((byte)'\n');
            var bytes = Convert.ToHexString(invalid.BytesUnknown ?? []);
            faults.Add(FaultAt.Line(table.Name, line, "", $"0x{bytes}", FaultText.NotUtf8));
            return false;
        }
    }

    private static string[]? HeaderOf(CsvReader reader, CatalogTable table, TableSchema schema, int line, List<CatalogFault> faults)
    {
        var before = faults.Count;
        var names = new string[reader.FieldCount];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var place = 0; place < names.Length; place++)
        {
            var written = TextAt(reader, place);
            names[place] = schema.Canonical(written.ToLowerInvariant());
            if (written.Length == 0 || VisibleText.HidesAny(written))
                faults.Add(FaultAt.Line(table.Name, line, $"#{place + 1}", written, FaultText.NamelessColumn));
            else if (!seen.Add(names[place]))
                faults.Add(FaultAt.Line(table.Name, line, names[place], written, FaultText.DuplicateColumn));
        }
        foreach (var column in schema.Required.Where(column => !seen.Contains(column)))
            faults.Add(FaultAt.Line(table.Name, line, column, "", FaultText.MissingColumn));
        return faults.Count == before ? names : null;
    }

    private static Dictionary<string, string> Columns(CsvReader reader, string[] header)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var place = 0; place < header.Length; place++)
            if (TextAt(reader, place) is { Length: > 0 } text) columns.Add(header[place], text);
        return columns;
    }

    /// <summary>As it was before an export kept a spreadsheet from running it.</summary>
    private static string TextAt(CsvReader reader, int place) => FormulaGuard.Restore(reader.GetString(place));

    private static CatalogFault BadQuoting(CatalogTable table, int line, CsvReader reader, CsvMalformedReason reason) =>
        FaultAt.Line(table.Name, line, "", Encoding.UTF8.GetString(reader.RawRecord),
            reason == CsvMalformedReason.UnterminatedQuote ? FaultText.UnterminatedQuote : FaultText.StrayQuote);
}
