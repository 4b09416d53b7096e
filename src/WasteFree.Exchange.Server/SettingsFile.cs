using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using WasteFree.Exchange.Server.Security;

namespace WasteFree.Exchange.Server;

/// <summary>
/// Settings that people write, as JSON: comments and trailing commas are allowed; names that are unknown or repeated, values
/// of another kind, and null where something has to stand are refused with their place.
/// </summary>
internal static class SettingsFile
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonDocumentOptions Syntax = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <param name="path">The file.</param>
    /// <param name="expected">What it should hold, for whoever wrote it.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">It does not hold that; the message says where.</exception>
    public static T Read<T>(string path, string expected)
        where T : class
    {
        var text = Text(path);
        try
        {
            var settings = JsonSerializer.Deserialize<T>(text, Format) ?? throw new JsonException("null", "$", lineNumber: 0, bytePositionInLine: 0);
            // The serialiser lets a list of texts or records hold null.
            using var document = JsonDocument.Parse(text, Syntax);
            return NullIn(document.RootElement, "$") is { } place ? throw Wrong(place) : settings;
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"{path}: line {e.LineNumber + 1}, {e.Path}: {expected}", e);
        }

        ArgumentException Wrong(string place) => new($"{path}: {place}: null. {expected}");
    }

    /// <summary>As <see cref="Read"/> takes it.</summary>
    public static string Write<T>(T settings) => JsonSerializer.Serialize(settings, Format) + "\n";

    private static string Text(string path)
    {
        try
        {
            if (File.Exists(path)) FileRights.RefuseWritable(path);
            return File.ReadAllText(path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} 无法读取。 It cannot be read.", e);
        }
    }

    private static string? NullIn(JsonElement element, string place)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    var at = $"{place}[{index++}]";
                    if (item.ValueKind == JsonValueKind.Null) return at;
                    if (NullIn(item, at) is { } within) return within;
                }
                return null;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    if (NullIn(member.Value, $"{place}.{member.Name}") is { } within) return within;
                }
                return null;
            default:
                return null;
        }
    }
}
