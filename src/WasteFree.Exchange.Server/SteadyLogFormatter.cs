using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Server;

/// <summary>
/// The log as people read it: one line for an entry, and the lines of an exception indented below it. No text in it steers a
/// terminal or makes up an entry, wherever it comes from.
/// </summary>
internal sealed class SteadyLogFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "steady";

    private const string Indent = "      ";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write($"{LevelOf(logEntry.LogLevel)}: {logEntry.Category} {VisibleText.Of(logEntry.Formatter(logEntry.State, logEntry.Exception), int.MaxValue)}\n");
        if (logEntry.Exception is null) return;
        foreach (var line in VisibleText.Lines(logEntry.Exception.ToString()).Split('\n')) textWriter.Write($"{Indent}{line}\n");
    }

    private static string LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        LogLevel.None => "none",
    };
}
