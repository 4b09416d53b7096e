using CsvHelper;
using WasteFree.Exchange.Validation;

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
    private const string Layout = "CSV-7@1";
    private const string Example = "地区,指标,期间,数值,单位";

    private static readonly string Expected = string.Join(',', NativeColumns.All.Select(NativeColumns.Name));

    /// <summary>Whether a row is to blame, not the file as a whole or its header.</summary>
    public static bool IsOfRow(Fault fault) => fault.Rule is Fields or Quoting or Name;

    public static Fault UnknownColumn(long line, string name, NativeColumn? nearest)
    {
        NativeColumn? unitColumn = nearest switch
        {
            NativeColumn.Value => NativeColumn.Unit,
            NativeColumn.Numerator => NativeColumn.NumeratorUnit,
            NativeColumn.Denominator => NativeColumn.DenominatorUnit,
            _ => null,
        };
        var unit = unitColumn is null ? "" : NativeColumns.SplitUnit(name).Unit;
        return new()
        {
            Line = line,
            Rule = Header,
            Field = Excerpt.Of(name),
            Observed = Excerpt.Of(name),
            Expected = nearest?.Name() ?? Expected,
            MessageZh = nearest is { } near
                ? $"未知的列“{Excerpt.Of(name)}”：最接近的是“{near.NameZh()}”（{near.Name()}），请改正列名或删除该列。{(unit.Length > 0 ? $"单位“{Excerpt.Of(unit)}”请写在“{unitColumn!.Value.NameZh()}”列中。" : "")}"
                : $"未知的列“{Excerpt.Of(name)}”：请删除该列或改正列名。",
            MessageEn = nearest is { } column
                ? $"Unknown column '{Excerpt.Of(name)}': the nearest is '{column.NameZh()}' ({column.Name()}); correct its name or remove it.{(unit.Length > 0 ? $" Write the unit '{Excerpt.Of(unit)}' into a column {unitColumn!.Value.Name()}." : "")}"
                : $"Unknown column '{Excerpt.Of(name)}': remove it or correct its name.",
        };
    }

    public static Fault NamelessColumn(long line, int place) => new()
    {
        Line = line,
        Rule = Header,
        Expected = Expected,
        MessageZh = $"第{place}列没有列名：请写上列名或删除该列（合并的单元格须先拆分）。",
        MessageEn = $"Column {place} has no name: name it or remove it (split merged cells first).",
    };

    public static Fault FieldBesideTable(long line, string text) => new()
    {
        Line = line,
        Rule = Fields,
        Observed = Excerpt.Of(text),
        MessageZh = $"“{Excerpt.Of(text)}”所在的列没有列名：请写上列名或清除该列的内容。",
        MessageEn = $"'{Excerpt.Of(text)}' stands in a column without a name: name the column or clear it.",
    };

    public static Fault NoteLine(long line, string text) => new()
    {
        Line = line,
        Rule = Fields,
        Observed = Excerpt.Of(text),
        MessageZh = $"本行只有一格有内容（“{Excerpt.Of(text)}”），像是标题或附注而不是数据：请删除本行，说明请写在“备注”列中。",
        MessageEn = $"Only one cell of the line has something in it ('{Excerpt.Of(text)}'): it looks like a title or a note, not like data. Remove the line; remarks go into the column note.",
    };

    public static Fault TitleLines(long line, FileLine header) => new()
    {
        Line = line,
        Rule = Layout,
        Expected = Excerpt.Of(string.Join(',', header.Fields)),
        MessageZh = $"表头在第{header.Number}行（“{Excerpt.Of(string.Join(',', header.Fields))}”），其上是标题：请删除表头以上的各行和表末的附注，使表头成为第一行。",
        MessageEn = $"The header is on line {header.Number} ('{Excerpt.Of(string.Join(',', header.Fields))}'), with a title above it: remove the lines above the header and the notes below the table, so that the header comes first.",
    };

    public static Fault NoHeaderLine(long line) => new()
    {
        Line = line,
        Rule = Layout,
        Expected = Expected,
        MessageZh = $"第一行是数据而不是表头：请在其上加一行列名，例如“{Example}”。",
        MessageEn = $"The first line is data, not a header: put a line with the names of the columns above it, for example '{Example}' or 'region,indicator,period,value,unit'.",
    };

    public static Fault WideTable(long line, IReadOnlyList<string> columns, string example)
    {
        var named = Excerpt.Of(string.Join('、', columns));
        var row = Excerpt.Of(example);
        return new()
        {
            Line = line,
            Rule = Layout,
            Observed = named,
            Expected = Example,
            MessageZh = $"这是宽表：数值分在{columns.Count}列中（{named}）。请改为每行一个指标的一个数值，表头“{Example}”，例如“{row}”。",
            MessageEn = $"This is a wide table with values in {columns.Count} columns ({named}). Write one row per indicator and value, under the header '{Example}', for example '{row}'.",
        };
    }

    public static Fault OtherSeparator(long line, char separator)
    {
        var shown = separator == '	' ? "TAB" : separator.ToString();
        return new()
        {
            Line = line,
            Rule = Layout,
            Observed = shown,
            Expected = ",",
            MessageZh = $"列之间用“{shown}”分隔：请另存为以英文逗号分隔的CSV。",
            MessageEn = $"The columns are separated by '{shown}': separate columns by commas (save the file as CSV with commas).",
        };
    }

    public static Fault NotCsv(string kind) => new()
    {
        Line = 0,
        Rule = Encoded,
        Observed = kind,
        Expected = "CSV",
        MessageZh = $"文件不是CSV，而是{kind}：请在表格软件中打开并另存为“CSV UTF-8（逗号分隔）”。",
        MessageEn = $"The file is not CSV but {kind}: open it in a spreadsheet and save it as CSV UTF-8 (comma separated).",
    };

    public static Fault DuplicateColumn(long line, NativeColumn column, string name) => new()
    {
        Line = line,
        Rule = Header,
        Field = column.Name(),
        Observed = Excerpt.Of(name),
        MessageZh = $"列“{Excerpt.Of(name)}”（{column.Name()}）重复：每列只能出现一次。",
        MessageEn = $"Column '{Excerpt.Of(name)}' ({column.Name()}) is there twice: keep one.",
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
        Observed = Excerpt.Of(text),
        Expected = string.Join(' ', codes),
        MessageZh = $"名称“{Excerpt.Of(text)}”对应多个代码：请改填代码：{string.Join("、", labels)}。",
        MessageEn = $"The name '{Excerpt.Of(text)}' stands for several codes: write one of {string.Join(", ", labels)}.",
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
}
