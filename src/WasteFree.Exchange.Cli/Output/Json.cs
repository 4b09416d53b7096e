using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Cli.Output;

/// <summary>JSON as this program writes it: Chinese readable, numbers of the domain as the strings they are.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The canonical JSON of the contract, default values included so that the shape is stable.</summary>
    private static readonly JsonFormatter Indented = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithIndentation());

    private static readonly JsonFormatter OneLine = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    public static string Of(object value) => Escaped(JsonSerializer.Serialize(value, Options));

    public static string Of(IMessage message) => Escaped(Indented.Format(message));

    public static string LineOf(IMessage message) => Escaped(OneLine.Format(message));

    /// <summary>
    /// Beyond ASCII there are characters within strings alone: what steers a terminal is escaped there, so that the text stays
    /// valid and whole.
    /// </summary>
    private static string Escaped(string json)
    {
        if (!VisibleText.SteersAny(json)) return json;
        var made = new StringBuilder(json.Length + 64);
        foreach (var character in json)
        {
            // Between the strings there is white space.
            if (character != '\r' && VisibleText.Steers(character)) made.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else made.Append(character);
        }
        return made.ToString();
    }

    /// <summary>One array, one message a line, in constant memory. Nothing is written where the first one does not come.</summary>
    /// <returns>How many.</returns>
    public static async Task<long> WriteArrayAsync<T>(IAsyncEnumerable<T> messages, TextWriter output)
        where T : IMessage
    {
        long count = 0;
        await foreach (var message in messages)
        {
            await output.WriteAsync(count++ == 0 ? "[\n" : ",\n");
            await output.WriteAsync(LineOf(message));
        }
        await output.WriteLineAsync(count == 0 ? "[]" : "\n]");
        return count;
    }
}
