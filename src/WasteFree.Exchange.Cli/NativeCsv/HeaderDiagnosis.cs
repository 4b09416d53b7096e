using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Cli.NativeCsv;

/// <summary>The fields of one line of a file, whatever they are.</summary>
internal readonly record struct FileLine(long Number, IReadOnlyList<string> Fields);

/// <summary>
/// Says what a file is whose first line is no header of ours: columns that other characters separate, a title above the
/// header, a table without a header, a wide table with a column for each indicator. One sentence on the whole then stands for
/// many on its columns.
/// </summary>
internal sealed class HeaderDiagnosis(CatalogNames names)
{
    /// <summary>As many lines are looked through for the header; no title is longer.</summary>
    public const int MostLines = 20;

    private static readonly char[] Separators = [';', '\t', '|', '，', '；', '、'];

    /// <summary>The faults of a file, the first line with something in it first; none: only the columns are to blame, one by one.</summary>
    public IReadOnlyList<Fault> Of(IReadOnlyList<FileLine> lines)
    {
        foreach (var line in lines)
            if (line.Fields is [var only] && SeparatorOf(only) is { } separator) return [FileFaults.OtherSeparator(line.Number, separator)];

        var at = 0;
        while (at < lines.Count && !IsHeader(lines[at].Fields)) at++;
        if (at == lines.Count) return IsData(lines[0].Fields) ? [FileFaults.NoHeaderLine(lines[0].Number)] : [];
        if (at == 0) return WideTable(lines, 0);

        List<Fault> faults = [FileFaults.TitleLines(lines[0].Number, lines[at])];
        var inner = new List<Fault>();
        // What is below the title may be wrong as well, and is told along with it.
        if (NativeHeader.Read(lines[at].Fields, lines[at].Number, inner.Add) is null && WideTable(lines, at) is { Count: > 0 } wide) inner = [.. wide];
        return [.. faults, .. inner];
    }

    private IReadOnlyList<Fault> WideTable(IReadOnlyList<FileLine> lines, int at)
    {
        var header = lines[at].Fields;
        if (Has(header, NativeColumn.Value) || Has(header, NativeColumn.Numerator)) return [];
        var wide = Enumerable.Range(0, header.Count).Where(field => IsWide(header, field)).ToList();
        if (wide.Count == 0) return [];
        var row = at + 1 < lines.Count ? lines[at + 1].Fields : [];
        return [FileFaults.WideTable(lines[at].Number, [.. wide.Select(field => header[field].Trim())], Example(header, row, wide[0]))];
    }

    /// <summary>A column that says with its name what every row should say: its indicator, its period or its region.</summary>
    private bool IsWide(IReadOnlyList<string> header, int field)
    {
        var (name, unit) = NativeColumns.SplitUnit(header[field]);
        if (NativeColumns.TryNearest(header[field], out _)) return false;
        return (names.HasIndicator(name) && !Has(header, NativeColumn.Indicator))
            || (IsPeriod(name) && !Has(header, NativeColumn.Period))
            || (names.HasRegion(name) && !Has(header, NativeColumn.Region))
            // An indicator that the catalogue calls otherwise: its unit gives it away.
            || (!Has(header, NativeColumn.Indicator) && unit.Length > 0 && UnitNames.TryFind(unit, "", out _));
    }

    /// <summary>The first value of a wide table as the row that should carry it.</summary>
    private string Example(IReadOnlyList<string> header, IReadOnlyList<string> row, int wide)
    {
        var (name, unit) = NativeColumns.SplitUnit(header[wide]);
        var value = wide < row.Count && row[wide].Trim().Length > 0 ? row[wide].Trim() : "…";
        var isPeriod = IsPeriod(name);
        var isRegion = names.HasRegion(name);
        string[] cells =
        [
            isRegion ? name : Cell(NativeColumn.Region),
            isPeriod || isRegion ? Cell(NativeColumn.Indicator) : name,
            PeriodOf(isPeriod ? name : Cell(NativeColumn.Period)),
            value,
            unit.Length > 0 ? unit : Cell(NativeColumn.Unit, absent: ""),
        ];
        return string.Join(',', cells.Select(cell => cell.Contains(',', StringComparison.Ordinal) ? $"\"{cell}\"" : cell));

        string Cell(NativeColumn column, string absent = "…")
        {
            for (var field = 0; field < Math.Min(header.Count, row.Count); field++)
                if (NativeColumns.TryNearest(header[field], out var near) && near == column && row[field].Trim().Length > 0) return row[field].Trim();
            return absent;
        }
    }

    private bool IsHeader(IReadOnlyList<string> fields)
    {
        var columns = fields.Count(field => NativeColumns.TryNearest(field, out _));
        return columns >= 2
            || (columns == 1 && fields.Any(field => IsName(NativeColumns.SplitUnit(field).Name)))
            // Nothing but the columns of a wide table, such as two regions side by side; a row of data has one of each.
            || (!IsData(fields) && fields.Select(field => NativeColumns.SplitUnit(field).Name).ToList() is var all
                && (all.Count(names.HasRegion) >= 2 || all.Count(names.HasIndicator) >= 2 || all.Count(IsPeriod) >= 2));
    }

    private bool IsData(IReadOnlyList<string> fields) =>
        fields.Any(field => names.HasRegion(field.Trim())) && fields.Any(field => names.HasIndicator(field.Trim()) || IsPeriod(field.Trim()));

    private bool IsName(string text) => names.HasIndicator(text) || names.HasRegion(text) || IsPeriod(text);

    private static bool Has(IReadOnlyList<string> header, NativeColumn column) =>
        header.Any(field => NativeColumns.TryNearest(field, out var near) && near == column);

    private static bool IsPeriod(string text) => Period.TryParse(PeriodOf(text), out _);

    /// <summary>2024年 is 2024, 2024年3月 is 2024-03.</summary>
    private static string PeriodOf(string text)
    {
        var digits = text.TrimEnd('度').Split(['年', '月'], StringSplitOptions.RemoveEmptyEntries);
        return digits switch
        {
            [var year] when year.Length == 4 => year,
            [var year, var month] when year.Length == 4 && month.Length is 1 or 2 => $"{year}-{month.PadLeft(2, '0')}",
            _ => text,
        };
    }

    private static char? SeparatorOf(string line)
    {
        foreach (var separator in Separators)
        {
            var parts = line.Split(separator);
            if (parts.Length >= 3 && parts.Count(part => NativeColumns.TryNearest(part, out _)) >= 2) return separator;
        }
        return null;
    }
}
