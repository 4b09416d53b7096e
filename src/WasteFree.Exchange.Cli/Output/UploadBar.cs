using System.Globalization;
using Spectre.Console;
using WasteFree.Exchange.Client;

namespace WasteFree.Exchange.Cli.Output;

/// <summary>Shows an upload on stderr: a bar with rows and rate on a terminal, a line now and then without one.</summary>
internal sealed class UploadBar : IProgress<UploadProgress>
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    private readonly Terminal _terminal;
    private readonly long _rows;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly ProgressTask? _bar;
    private readonly long _started;
    private long _lastLine;
    private long? _rowsAtStart;

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
        return await terminal.Notes.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 30 }, new PercentageColumn())
            .StartAsync(async context => await upload(new UploadBar(terminal, rows, context.AddTask(Markup.Escape(title), maxValue: Math.Max(rows, 1)))));
    }

    public void Report(UploadProgress value)
    {
        if (value.Phase == UploadPhase.Waiting)
        {
            _terminal.Note($"连接中断，{value.RetryIn.TotalSeconds:F0}秒后续传。 Connection lost ({value.Trouble?.Message}); trying again in {value.RetryIn.TotalSeconds:F0} s.");
            return;
        }
        _rowsAtStart ??= value.RowsDurable > 0 || value.Phase != UploadPhase.Connecting ? value.RowsDurable : null;
        var text = Text(value);
        if (_bar is not null)
        {
            _bar.Value = value.RowsDurable;
            _bar.Description = Markup.Escape(text);
        }
        else if (_time.GetElapsedTime(_lastLine) >= LineEvery)
        {
            _lastLine = _time.GetTimestamp();
            _terminal.Note(text);
        }
    }

    private string Text(UploadProgress value)
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
        return string.Create(CultureInfo.InvariantCulture, $"{phase} {value.RowsDurable:N0}/{_rows:N0} rows, {rate:N0} rows/s");
    }
}
