using System.Globalization;
using Spectre.Console;
using WasteFree.Exchange.Cli.Layout;
using WasteFree.Exchange.Client;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Cli.Output;

/// <summary>Shows an upload on stderr: a bar with rows and rate on a terminal, a line now and then without one.</summary>
internal sealed class UploadBar : IProgress<UploadProgress>
{
    /// <summary>Cells of a bar at most; a narrower screen gives it fewer.</summary>
    private const int BarCells = 30;

    /// <summary>Cells that the words leave to the bar and the percentage.</summary>
    private const int BesideWords = 18;

    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    private readonly Terminal _terminal;
    private readonly long _rows;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly ProgressTask? _bar;
    private readonly long _started;
    private long _lastLine;
    private long? _rowsAtStart;
    private bool _inTrouble;

    private UploadBar(Terminal terminal, long rows, ProgressTask? bar)
    {
        _terminal = terminal;
        _rows = rows;
        _bar = bar;
        _started = _lastLine = _time.GetTimestamp();
    }

    /// <summary>Runs an upload of so many rows and shows it.</summary>
    public static async Task<UploadOutcome> ShowAsync(
        Terminal terminal, string title, long rows, Func<IProgress<UploadProgress>, Task<UploadOutcome>> upload)
    {
        if (!terminal.ErrorIsTerminal) return await upload(new UploadBar(terminal, rows, null));
        return await terminal.Moving().Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarCells }, new PercentageColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(Fitting([VisibleText.Steady(title)], terminal.Notes.Width)), maxValue: Math.Max(rows, 1));
                var outcome = await upload(new UploadBar(terminal, rows, bar));
                bar.Value = rows; // the commit is not acknowledged in rows
                return outcome;
            });
    }

    public void Report(UploadProgress value)
    {
        if (value.Phase is UploadPhase.Sending or UploadPhase.Committing) _rowsAtStart ??= value.RowsDurable;
        var texts = value.Phase == UploadPhase.Waiting ? Waiting(value) : Texts(value);
        if (_bar is not null)
        {
            if (value.RowsDurable > 0) _bar.Value = value.RowsDurable; // a new connection does not know yet
            _bar.Description = Markup.Escape(Fitting(texts, _terminal.Notes.Width));
            return;
        }
        // The first trouble is news; the attempts after it are not.
        var isNews = value.Phase == UploadPhase.Waiting && !_inTrouble;
        if (value.Phase != UploadPhase.Connecting) _inTrouble = value.Phase == UploadPhase.Waiting;
        if (!isNews && _time.GetElapsedTime(_lastLine) < LineEvery) return;
        _lastLine = _time.GetTimestamp();
        _terminal.Note(texts[0]);
    }

    /// <summary>The longest of the texts that fits beside a bar, which must have one: a number is shown whole or not at all.</summary>
    internal static string Fitting(string[] texts, int width) => texts.FirstOrDefault(text => Cells.Width(text) <= width - BesideWords, "…");

    private static string[] Waiting(UploadProgress value) =>
    [
        $"连接中断，正在重连 connection lost, reconnecting ({VisibleText.Of(value.Trouble?.Message ?? "", int.MaxValue)})",
        "连接中断，正在重连 connection lost, reconnecting",
        "连接中断，正在重连",
        "重连",
    ];

    /// <summary>How far it is, in fewer and fewer words.</summary>
    private string[] Texts(UploadProgress value)
    {
        var seconds = _time.GetElapsedTime(_started).TotalSeconds;
        var rate = seconds > 0.5 ? (value.RowsDurable - (_rowsAtStart ?? 0)) / seconds : 0;
        var phase = value.Phase switch
        {
            UploadPhase.Connecting => "连接 connecting",
            UploadPhase.Sending when value.RowsRead < value.RowsDurable => "续传 resuming",
            UploadPhase.Sending => "发送 sending",
            UploadPhase.Committing => "提交 committing",
            _ => "",
        };
        var rows = string.Create(CultureInfo.InvariantCulture, $"{value.RowsDurable:N0}/{_rows:N0}");
        return [string.Create(CultureInfo.InvariantCulture, $"{phase} {rows} rows, {rate:N0} rows/s"), $"{phase} {rows}", rows];
    }
}
