using CsvHelper;

namespace WasteFree.Exchange.Cli.NativeCsv;

/// <summary>What the file check can find, each with what to do.</summary>
internal static class FileFaults
{
    private const string Header = "CSV-1@1";
    private const string Fields = "CSV-2@1";
    private const string Quoting = "CSV-3@1";
    private const string Name = "CSV-4@1";
    private const string Empty = "CSV-5@1";
    private const string Encoded = "CSV-6@1";

    private static readonly string Expected = string.Join(',', NativeColumns.All.Select(NativeColumns.Name));

    public static Fault UnknownColumn(long line, string name) => new()
    {
        Line = line,
        Rule = Header,
        Field = Short(name),
        Observed = Short(name),
        Expected = Expected,
        MessageZh = $"未知的列“{Short(name)}”：请删除该列或改正列名。",
        MessageEn = $"Unknown column '{Short(name)}': remove it or correct its name.",
    };

    public static Fault DuplicateColumn(long line, NativeColumn column, string name) => new()
    {
        Line = line,
        Rule = Header,
        Field = column.Name(),
        Observed = Short(name),
        MessageZh = $"列“{Short(name)}”（{column.Name()}）重复：每列只能出现一次。",
        MessageEn = $"Column '{Short(name)}' ({column.Name()}) is there twice: keep one.",
    };

    public static Fault MissingColumn(long line, string name, bool oneColumn) => new()
    {
        Line = line,
        Rule = Header,
        Field = name,
        Expected = name == "value" ? "value | numerator,denominator | status" : name,
        MessageZh = $"缺少必需的列 {name}。" + (oneColumn ? "表头只有一列：列之间应以英文逗号分隔。" : ""),
        MessageEn = $"The required column {name} is missing." + (oneColumn ? " The header has one column only: separate columns by commas." : ""),
    };

    public static Fault FieldCount(long line, int count, int expected) => new()
    {
        Line = line,
        Rule = Fields,
        Observed = count.ToString(),
        Expected = expected.ToString(),
        MessageZh = count > expected
            ? $"本行有{count}个字段，表头只有{expected}列：含逗号的文字须加英文双引号。"
            : $"本行只有{count}个字段，表头有{expected}列：空字段也要保留逗号。",
        MessageEn = count > expected
            ? $"The line has {count} fields, the header {expected}: put text with commas into double quotes."
            : $"The line has {count} fields, the header {expected}: keep the commas of empty fields.",
    };

    public static Fault BadQuoting(long line, CsvMalformedReason reason) => reason == CsvMalformedReason.UnterminatedQuote
        ? OpenQuote(line)
        : new Fault
        {
            Line = line,
            Rule = Quoting,
            MessageZh = "双引号使用有误：含双引号的字段整体加双引号，内部的双引号写两个。",
            MessageEn = "Bad quoting: put a field with a double quote into double quotes and double the ones inside.",
        };

    public static Fault OpenQuote(long line) => new()
    {
        Line = line,
        Rule = Quoting,
        MessageZh = "本行起的双引号没有闭合：其后的内容无法检查，请先改正此处。",
        MessageEn = "A double quote opened here is never closed: what follows cannot be checked, mend this first.",
    };

    public static Fault AmbiguousName(long line, NativeColumn column, string text, IReadOnlyList<string> codes, IReadOnlyList<string> labels) => new()
    {
        Line = line,
        Rule = Name,
        Field = column.Name(),
        Observed = Short(text),
        Expected = string.Join(' ', codes),
        MessageZh = $"名称“{Short(text)}”对应多个代码：请改填代码：{string.Join("、", labels)}。",
        MessageEn = $"The name '{Short(text)}' stands for several codes: write one of {string.Join(", ", labels)}.",
    };

    public static Fault NoHeader() => new()
    {
        Line = 0,
        Rule = Empty,
        Expected = Expected,
        MessageZh = "文件为空：第一行应为表头。",
        MessageEn = "The file is empty: its first line should be the header.",
    };

    public static Fault NoRows() => new()
    {
        Line = 0,
        Rule = Empty,
        MessageZh = "文件只有表头，没有数据行。",
        MessageEn = "The file has a header and no rows.",
    };

    public static Fault NotInEncoding(FileScan scan, string? asked) => new()
    {
        Line = scan.FirstLineNotUtf8,
        Rule = Encoded,
        Expected = asked ?? "utf-8 | gb18030",
        MessageZh = asked is null ? "文件既不是UTF-8也不是GB18030编码：请另存为UTF-8格式的CSV。" : $"文件不是{asked}编码：请另存为UTF-8，或改用正确的 --encoding。",
        MessageEn = asked is null
            ? "The file is neither UTF-8 nor GB18030: save it as CSV UTF-8."
            : $"The file is not {asked}: save it as UTF-8, or name its encoding with --encoding.",
    };

    private static string Short(string text) => text.Length <= 100 ? text : text[..99] + "…";
}
