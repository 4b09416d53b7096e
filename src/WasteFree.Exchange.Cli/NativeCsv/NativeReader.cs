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
        await using var csv = CsvReader.Create(file, Options(), leaveOpen: true);

        if (!await NextAsync(csv, report, cancellationToken))
        {
            report(FileFaults.NoHeader());
            yield break;
        }
        var header = NativeHeader.Read([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)], csv.LineNumber, report);
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
        if (csv.FieldCount != header.FieldCount)
        {
            report(FileFaults.FieldCount(line, csv.FieldCount, header.FieldCount));
            return null;
        }

        string Text(NativeColumn column) => header.FieldOf(column) is >= 0 and var field ? FormulaGuard.Restore(csv.GetString(field).Trim()) : "";

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
            Unit = Text(NativeColumn.Unit),
            Confidentiality = Text(NativeColumn.Confidentiality),
            Note = Text(NativeColumn.Note),
            Method = Text(NativeColumn.Method),
            Evidence = Text(NativeColumn.Evidence),
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
            if (csv.GetSpan(i).ContainsAnyExcept((byte)' ', (byte)'\t')) return false;
        return true;
    }

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
