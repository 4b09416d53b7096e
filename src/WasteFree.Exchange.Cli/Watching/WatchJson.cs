using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using WasteFree.Exchange.Cli.Output;

namespace WasteFree.Exchange.Cli.Watching;

/// <summary>One JSON object a line; observations and counts as the contract's JSON has them.</summary>
internal sealed class WatchJson(TextWriter output) : WatchWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new();

    public override void Write(WatchLine line)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("position", line.Position.ToString()); // int64 as the contract's JSON writes it
            json.WriteString("kind", line.Kind);
            if (line.Time is { } time) json.WriteString("commitTime", time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"));
            if (line.Report.Length > 0) json.WriteString("report", line.Report);
            json.WriteBoolean("illustrative", line.Illustrative);
            if (line.Counts is { } counts)
            {
                json.WritePropertyName("counts");
                json.WriteRawValue(Json.LineOf(counts));
            }
            if (line.Record is { } record)
            {
                json.WriteString("action", line.Action);
                if (line.SpellingOnly) json.WriteBoolean("spellingOnly", true);
                json.WritePropertyName("record");
                json.WriteRawValue(Json.LineOf(record));
            }
            json.WriteBoolean("last", line.Last);
            json.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(_buffer.WrittenSpan));
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
