using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace WasteFree.Exchange.Server;

/// <summary>
/// The log as one JSON object a line: time, level, category, event, message, its fields by name, and the exception where there
/// is one. Whatever is no printable ASCII is escaped, so that no text of a caller ends a line or moves a terminal's cursor.
/// </summary>
internal sealed class JsonLines(TimeProvider time) : ConsoleFormatter(Format)
{
    public const string Format = "json-lines";

    /// <summary>The logger's own name for the message before it is filled in.</summary>
    private const string Template = "{OriginalFormat}";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", logEntry.LogLevel.ToString());
            json.WriteString("category", logEntry.Category);
            json.WriteNumber("event_id", logEntry.EventId.Id);
            json.WriteString("event", logEntry.EventId.Name ?? "");
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            json.WriteStartObject("fields");
            if (logEntry.State is IReadOnlyList<KeyValuePair<string, object?>> fields)
            {
                foreach (var (name, value) in fields.DistinctBy(field => field.Key).Where(field => field.Key != Template))
                    json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
            }
            json.WriteEndObject();
            if (logEntry.Exception is { } exception) json.WriteString("exception", exception.ToString());
            json.WriteEndObject();
        }
        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }
}
