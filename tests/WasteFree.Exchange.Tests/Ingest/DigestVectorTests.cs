using System.Text.Json;
using WasteFree.Exchange.Ingest;
using Xunit;

namespace WasteFree.Exchange.Tests.Ingest;

/// <summary>The vectors that every client must pass hold for the hub as well.</summary>
public sealed class DigestVectorTests
{
    private static readonly Dictionary<string, JsonElement> Vectors = Read();

    public static TheoryData<string> Names => [.. Vectors.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_digest_of_a_vector_is_the_one_agreed(string name)
    {
        var digest = new RowDigest();

        foreach (var row in Vectors[name].GetProperty("rows").EnumerateArray()) digest.Append(Submitted.Row(field => Text(row, JsonName(field)), Status(row)));

        Assert.Equal(Vectors[name].GetProperty("digest").GetString(), Convert.ToHexStringLower(digest.Value));
    }

    /// <summary>As protobuf's JSON writes it: numerator_unit is numeratorUnit.</summary>
    private static string JsonName(string field) =>
        string.Concat(field.Split('_').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Text(JsonElement row, string field) => row.TryGetProperty(field, out var value) ? value.GetString()! : "";

    private static string[] Status(JsonElement row) =>
        row.TryGetProperty("status", out var flags) ? [.. flags.EnumerateArray().Select(flag => flag.GetString()!)] : [];

    private static Dictionary<string, JsonElement> Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "WasteFree.Exchange.sln"))) folder = folder.Parent!;
        var json = File.ReadAllText(Path.Combine(folder.FullName, "protos/testdata/digest.json"));
        return JsonDocument.Parse(json).RootElement.EnumerateArray().ToDictionary(vector => vector.GetProperty("name").GetString()!);
    }
}
