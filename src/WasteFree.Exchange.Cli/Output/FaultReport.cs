using System.Text;
using CsvHelper;
using WasteFree.Exchange.Cli.Layout;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Running;

namespace WasteFree.Exchange.Cli.Output;

/// <summary>
/// Takes faults in the order of lines: the first are shown, all are counted, and all go to the findings file where
/// one is asked for. Constant memory, since a wrong unit can make a million of them.
/// </summary>
internal sealed class FaultReport : IAsyncDisposable
{
    private const int Shown = 50;

    private readonly List<Fault> _first = [];
    private readonly string? _path;
    private readonly bool _keepAll;
    private readonly CsvWriter? _file;
    private long _count;
    private long _lastLine;

    private FaultReport(string? path, OutputFormat format, bool excel)
    {
        _path = path;
        // Machines read csv and json: there nothing is left out.
        _keepAll = format != OutputFormat.Table;
        if (path is null) return;
        _file = CsvCells.WriterOf(new StreamWriter(path, false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: excel)), leaveOpen: false);
        _file.WriteRecord(Fault.Columns);
    }

    /// <summary>Findings of any severity.</summary>
    public long Count => _count + Unlisted;

    /// <summary>Those that the hub only counted: it keeps the first ones of a report.</summary>
    public long Unlisted { get; set; }

    /// <summary>Lines of the file that have any.</summary>
    public long Lines { get; private set; }

    public IReadOnlyList<Fault> First => _first;

    /// <summary>Opens the findings file before anything is sent, so that an unwritable path costs nothing.</summary>
    public static FaultReport Open(string? path, OutputFormat format, bool excel = false) => new(path, format, excel);

    public void Add(Fault fault)
    {
        _count++;
        if (fault.Line > 0 && fault.Line != _lastLine) Lines++;
        _lastLine = fault.Line;
        if (_keepAll || _first.Count < Shown) _first.Add(fault);
        if (_file is not null) _file.WriteRecord(fault.Cells());
    }

    /// <summary>Shows the faults as a table.</summary>
    public void ShowTable(Screen screen)
    {
        if (_count == 0) return;
        var table = new TextTable(
            TextColumn.Number("行 Line"), TextColumn.Code("规则 Rule"),
            TextColumn.Prose("字段 Field"), TextColumn.Prose("内容 Observed"), TextColumn.Prose("说明 Message"));
        foreach (var fault in _first.Take(Shown))
        {
            table.Add(
                fault.Line == 0 ? "—" : fault.Line.ToString(),
                $"{fault.Rule}\n{fault.Severity.Code()}",
                fault.Field,
                fault.Observed,
                $"{fault.MessageZh}\n{fault.MessageEn}");
        }
        screen.Show(table);
        if (_count > Shown && _path is null)
            screen.Say($"另有{_count - Shown}条 and {_count - Shown} more; --findings F.csv 写出全部 writes all.");
        else if (_path is not null)
            screen.Say(Unlisted == 0 ? $"全部{_count}条已写入 all {_count} are in {_path}" : $"前{_count}条已写入 the first {_count} are in {_path}");
        if (Unlisted > 0)
            screen.Say($"服务另计{Unlisted}条，未保留；--dry-run 列出全部。 The hub counted {Unlisted} more and keeps the first ones only; --dry-run tells all of them.");
    }

    /// <summary>Writes the faults as CSV.</summary>
    public void WriteCsv(TextWriter output)
    {
        using var csv = CsvCells.WriterOf(output);
        csv.WriteRecord(Fault.Columns);
        foreach (var fault in _first) csv.WriteRecord(fault.Cells());
    }

    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;
}
