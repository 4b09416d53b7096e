using System.Text.Encodings.Web;
using System.Text.Json;

namespace WasteFree.Exchange.Catalog;

/// <summary>
/// The stored form of a row: a JSON object of texts with sorted keys, so that equal rows are equal texts and columns
/// that the hub does not know survive.
/// </summary>
internal static class CatalogContent
{
    // Chinese stays readable for whoever reads the table itself; nothing here is embedded in HTML.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyDictionary<string, string> columns) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(columns.ToDictionary(), StringComparer.Ordinal), Options);

    public static IReadOnlyDictionary<string, string> Read(string content) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(content)
        ?? throw new InvalidDataException("A stored catalogue row has no content.");
}
