using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using WasteFree.Exchange.V1;
using FormulaGuard = WasteFree.Exchange.Values.FormulaGuard;

namespace WasteFree.Exchange.Cli.NativeCsv;

/// <summary>A good row and the line it starts on.</summary>
internal readonly record struct NativeRow(long Line, Observation Observation);

/// <summary>Reads a native CSV row by row, in constant memory however long the file is.</summary>
internal sealed class NativeReader(string path, Encoding encoding, CatalogNames names)
{
    /// <summary>A row has a few kilobytes at most; a longer record is a quote that was left open.</summary>
    private const int MaxRecordBytes = 256 * 1024;

    private static readonly Dictionary<string, string> ScopeNames = new(StringComparer.Ordinal)
    {
        ["全域"] = "WHOLE",
        ["城市"] = "URBAN",
        ["建成区"] = "BUILT_UP",
        ["农村"] = "RURAL",
    };

    private CsvMalformedRecord? _malformed;

    /// <summary>
    /// Gives the rows that can be sent and reports what is wrong with the others. What only the hub can judge (codes,
    /// numbers, periods) goes to the hub as it is.
    /// </summary>
    public async IAsyncEnumerable<NativeRow> ReadAsync(Action<Fault> report, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        SkipMarks(file);
        await using var csv = CsvReader.Create(file, Options(), leaveOpen: true);

        if (await LineAsync(csv, report, cancellationToken) is not { } first)
        {
            report(FileFaults.NoHeader());
            yield break;
        }
        var found = new List<Fault>();
        var header = NativeHeader.Read(first.Fields, first.Number, found.Add);
        if (header is null) found = await DiagnoseAsync(csv, first, found, report, cancellationToken);
        foreach (var fault in found) report(fault);
        if (header is null) yield break;

        var any = false;
        while (await NextAsync(csv, report, cancellationToken))
        {
            if (IsBlank(csv)) continue;
            any = true;
            if (Observation(csv, header, report) is { } observation) yield return new NativeRow(csv.LineNumber, observation);
        }
        if (!any) report(FileFaults.NoRows());
    }

    /// <summary>What the file is, in one sentence where there is one; else what is wrong with its columns.</summary>
    private async Task<List<Fault>> DiagnoseAsync(CsvReader csv, FileLine first, List<Fault> columns, Action<Fault> report, CancellationToken cancellationToken)
    {
        var lines = new List<FileLine> { first };
        while (lines.Count < HeaderDiagnosis.MostLines && await LineAsync(csv, report, cancellationToken) is { } line) lines.Add(line);
        return new HeaderDiagnosis(names).Of(lines) is { Count: > 0 } whole ? [.. whole] : columns;
    }

    /// <summary>The next line that is not blank; null: there is none.</summary>
    private static async Task<FileLine?> LineAsync(CsvReader csv, Action<Fault> report, CancellationToken cancellationToken)
    {
        do
        {
            if (!await NextAsync(csv, report, cancellationToken)) return null;
        }
        while (IsBlank(csv));
        return new FileLine(csv.LineNumber, [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
    }

    /// <summary>Moves behind the marks of encoding that the file begins with; some programs write two.</summary>
    private void SkipMarks(FileStream file)
    {
        var mark = encoding.GetBytes("\uFEFF");
        var start = new byte[mark.Length];
        long behind = 0;
        while (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.AsSpan().SequenceEqual(mark)) behind = file.Position;
        file.Position = behind;
    }

    private static async Task<bool> NextAsync(CsvReader csv, Action<Fault> report, CancellationToken cancellationToken)
    {
        try
        {
            return await csv.ReadAsync(cancellationToken);
        }
        catch (CsvFormatException exception)
        {
            report(FileFaults.OpenQuote(exception.LineNumber));
            return false;
        }
    }

    private Observation? Observation(CsvReader csv, NativeHeader header, Action<Fault> report)
    {
        var line = csv.LineNumber;
        if (_malformed is { } malformed && malformed.LineNumber == line)
        {
            report(FileFaults.BadQuoting(line, malformed.Reason));
            return null;
        }
        if (OnlyCell(csv) is { } note)
        {
            report(FileFaults.NoteLine(line, note));
            return null;
        }
        if (csv.FieldCount != header.FieldCount)
        {
            report(FileFaults.FieldCount(line, csv.FieldCount, header.FieldCount));
            return null;
        }
        for (var field = header.NamedCount; field < csv.FieldCount; field++)
        {
            if (IsBlank(csv, field)) continue;
            report(FileFaults.FieldBesideTable(line, csv.GetString(field)));
            return null;
        }

        string Text(NativeColumn column) => header.FieldOf(column) is >= 0 and var field ? Lines(FormulaGuard.Restore(csv.GetString(field).Trim())) : "";

        var indicator = Code(names.Indicator(Text(NativeColumn.Indicator)), NativeColumn.Indicator);
        var region = Code(names.Region(Text(NativeColumn.Region), Text(NativeColumn.Period)), NativeColumn.Region);
        if (indicator is null || region is null) return null;

        var scope = Text(NativeColumn.Scope);
        var observation = new Observation
        {
            Region = region,
            Indicator = indicator,
            Version = Text(NativeColumn.Version),
            Scope = ScopeNames.GetValueOrDefault(scope, scope),
            Category = Text(NativeColumn.Category),
            Period = Text(NativeColumn.Period),
            Value = Text(NativeColumn.Value),
            Numerator = Text(NativeColumn.Numerator),
            Denominator = Text(NativeColumn.Denominator),
            Unit = names.Unit(Text(NativeColumn.Unit), indicator),
            Confidentiality = Text(NativeColumn.Confidentiality),
            Note = Text(NativeColumn.Note),
            CollectionMethod = Text(NativeColumn.CollectionMethod),
            Evidence = Text(NativeColumn.Evidence),
            NumeratorUnit = names.NumeratorUnit(Text(NativeColumn.NumeratorUnit), indicator),
            DenominatorUnit = names.DenominatorUnit(Text(NativeColumn.DenominatorUnit), indicator),
        };
        var status = Text(NativeColumn.Status);
        if (status.Length > 0) observation.Status.AddRange(status.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return observation;

        string? Code(NameMeaning meaning, NativeColumn column)
        {
            switch (meaning)
            {
                case NameMeaning.One one:
                    return one.Code;
                case NameMeaning.Several several:
                    report(FileFaults.AmbiguousName(line, column, Text(column), several.Codes, several.Labels));
                    return null;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
    }

    /// <summary>Spreadsheets leave lines of commas behind the last row.</summary>
    private static bool IsBlank(CsvReader csv)
    {
        for (var i = 0; i < csv.FieldCount; i++)
            if (!IsBlank(csv, i)) return false;
        return true;
    }

    private static bool IsBlank(CsvReader csv, int field) => !csv.GetSpan(field).ContainsAnyExcept((byte)' ', (byte)'\t');

    /// <summary>The one cell of a line that has something in it; null where there are more. No row says all it must in one.</summary>
    private static string? OnlyCell(CsvReader csv)
    {
        var only = -1;
        for (var i = 0; i < csv.FieldCount; i++)
        {
            if (IsBlank(csv, i)) continue;
            if (only >= 0) return null;
            only = i;
        }
        return csv.GetString(only).Trim();
    }

    /// <summary>Lines within a cell end with LF, whatever the file ends its lines with: that is what is sent, and what the digest covers.</summary>
    private static string Lines(string text) =>
        text.Contains('\r', StringComparison.Ordinal) ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;

    private CsvReaderOptions Options() => new()
    {
        Separator = ',',
        HasHeader = false, // the header has faults of its own to report
        TrackLineNumbers = true,
        PoolStrings = true,
        MaxRecordSize = MaxRecordBytes,
        Encoding = encoding,
        OnMalformedRecord = malformed => _malformed = malformed,
    };
}
