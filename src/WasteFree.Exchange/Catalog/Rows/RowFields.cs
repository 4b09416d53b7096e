using System.Globalization;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Catalog.Rows;

/// <summary>
/// The columns of one row, read as what they should be. A column that is not what it should be becomes a fault and
/// reads as empty, so that one pass finds every fault of a row.
/// </summary>
internal sealed class RowFields
{
    private readonly string _table;
    private readonly int _line;
    private readonly List<CatalogFault> _faults;

    public RowFields(string table, int line, IReadOnlyDictionary<string, string> columns, List<CatalogFault> faults)
    {
        (_table, _line, Columns, _faults) = (table, line, columns, faults);
        foreach (var (column, text) in columns)
            if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r')))
                Fault(column, text, FaultText.Control);
    }

    /// <summary>Columns that are not empty, unknown ones included.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; }

    public void Fault(string column, string observed, FaultText text) =>
        _faults.Add(FaultAt.Line(_table, _line, column, observed, text));

    public string Text(string column) => Columns.GetValueOrDefault(column, "");

    public string RequiredText(string column)
    {
        var text = Text(column);
        if (text.Length == 0) Fault(column, text, FaultText.Required);
        return text;
    }

    /// <summary>
    /// What a person, and a report that gives names for codes, writes to mean the row: without anything that cannot be
    /// seen, since nobody could write the same again. A name may have several lines.
    /// </summary>
    public string Name(string column)
    {
        var text = Text(column);
        var line = text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        if (VisibleText.HidesAny(line) && !line.Any(char.IsControl)) Fault(column, text, FaultText.HiddenInName);
        return text;
    }

    public string RequiredName(string column)
    {
        var text = RequiredText(column);
        return text.Length == 0 ? text : Name(column);
    }

    /// <summary>A code, or empty.</summary>
    public string Code(string column)
    {
        var text = Text(column);
        if (text.Length == 0 || CodeSyntax.IsCode(text)) return text;
        Fault(column, text, FaultText.NotACode);
        return "";
    }

    public string RequiredCode(string column)
    {
        var text = RequiredText(column);
        return text.Length == 0 ? text : Code(column);
    }

    /// <summary>Codes separated by blanks (or, in one column, by semicolons).</summary>
    public IReadOnlyList<string> Codes(string column, char separator = ' ')
    {
        var items = Text(column).Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Wellformed(column, items, CodeSyntax.IsCode, FaultText.NotACode);
    }

    public CodePatterns Patterns(string column) =>
        PatternsOf(column, RequiredText(column), CodeSyntax.IsPattern, FaultText.NotAPattern);

    /// <param name="column">The column.</param>
    /// <param name="absent">Stands for an empty column; null: it must not be empty.</param>
    public CodePatterns CategoryPatterns(string column, string? absent = null) =>
        PatternsOf(column, TextOr(column, absent), item => item == Values.Codes.Total || CodeSyntax.IsPattern(item), FaultText.NotAPattern);

    /// <param name="column">The column.</param>
    /// <param name="absent">Stands for an empty column; null: it must not be empty.</param>
    public CodePatterns RegionPatterns(string column, string? absent = null) =>
        PatternsOf(column, TextOr(column, absent), item => item == "*" || CodeSyntax.IsCode(item), FaultText.NotRegions);

    public string Unit(string column)
    {
        var text = Text(column);
        if (text.Length == 0 || Values.Unit.TryParse(text, out _)) return text;
        Fault(column, text, FaultText.NotAUnit(text));
        return "";
    }

    public string RequiredUnit(string column)
    {
        var text = RequiredText(column);
        return text.Length == 0 ? text : Unit(column);
    }

    public bool Bool(string column)
    {
        var text = Text(column);
        if (text.Length == 0) return false;
        // Spreadsheets write TRUE and FALSE.
        if (bool.TryParse(text, out var value)) return value;
        Fault(column, text, FaultText.NotABool);
        return false;
    }

    public ExactDecimal? Decimal(string column)
    {
        var text = Text(column);
        if (text.Length == 0) return null;
        if (ExactDecimal.TryParse(text, out var value)) return value;
        Fault(column, text, FaultText.NotADecimal);
        return null;
    }

    public DateOnly? Date(string column)
    {
        var text = Text(column);
        return text.Length == 0 ? null : Day(column, text);
    }

    /// <summary>Dates separated by blanks.</summary>
    public IReadOnlyList<DateOnly> Dates(string column) =>
        [.. Text(column).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(item => Day(column, item)).OfType<DateOnly>()];

    /// <summary>Texts separated by semicolons.</summary>
    public IReadOnlyList<string> Texts(string column) =>
        Text(column).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public Period? Period(string column)
    {
        var text = Text(column);
        if (text.Length == 0) return null;
        if (Values.Period.TryParse(text, out var period)) return period;
        Fault(column, text, FaultText.NotAPeriod);
        return null;
    }

    public Period? RequiredPeriod(string column)
    {
        RequiredText(column);
        return Period(column);
    }

    public int Integer(string column, int min, int max) => Text(column).Length == 0 ? 0 : RequiredInteger(column, min, max) ?? 0;

    public int? RequiredInteger(string column, int min, int max)
    {
        var text = RequiredText(column);
        if (text.Length == 0) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
        Fault(column, text, FaultText.NotAnInteger(min, max));
        return null;
    }

    /// <summary>A member of a closed set; <paramref name="absent"/> where the column is empty.</summary>
    public T Choice<T>(string column, ClosedSet<T> set, T absent)
    {
        var text = Text(column);
        if (text.Length == 0) return absent;
        if (set.TryGet(text, out var value)) return value;
        Fault(column, text, FaultText.NotOneOf(set.Codes));
        return absent;
    }

    public T RequiredChoice<T>(string column, ClosedSet<T> set)
        where T : struct
    {
        RequiredText(column);
        return Choice(column, set, default);
    }

    public IReadOnlyList<T> Choices<T>(string column, ClosedSet<T> set)
    {
        var values = new List<T>();
        foreach (var item in Text(column).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (set.TryGet(item, out var value)) values.Add(value);
            else Fault(column, item, FaultText.NotOneOf(set.Codes));
        }
        return values;
    }

    private DateOnly? Day(string column, string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Fault(column, text, FaultText.NotADate);
        return null;
    }

    private string TextOr(string column, string? absent) =>
        absent is not null && Text(column).Length == 0 ? absent : RequiredText(column);

    private CodePatterns PatternsOf(string column, string text, Func<string, bool> isItem, FaultText fault)
    {
        var items = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new CodePatterns(string.Join(' ', Wellformed(column, items, isItem, fault)));
    }

    /// <summary>What is not written as a code is told as that, and not once more as a code that does not exist.</summary>
    private List<string> Wellformed(string column, string[] items, Func<string, bool> isItem, FaultText fault)
    {
        foreach (var item in items.Where(item => !isItem(item))) Fault(column, item, fault);
        return [.. items.Where(isItem)];
    }
}
