using System.Text.Json;
using Google.Protobuf;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Client.Tests;

public sealed class RowDigestTests
{
    public static TheoryData<string> Vectors()
    {
        var names = new TheoryData<string>();
        foreach (var vector in Read()) names.Add(vector.Name);
        return names;
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_digest_is_that_of_the_shared_vector(string name)
    {
        var vector = Read().Single(vector => vector.Name == name);
        using var digest = new RowDigest();
        foreach (var row in vector.Rows) digest.Add(JsonParser.Default.Parse<Observation>(row));
        Assert.Equal(vector.Digest, Convert.ToHexStringLower(digest.Value));
    }

    [Fact]
    public void There_are_vectors_for_everything_that_a_client_can_get_wrong()
    {
        var names = Read().Select(vector => vector.Name).ToArray();
        Assert.True(names.Length >= 20, string.Join(", ", names));
    }

    [Fact]
    public void Long_texts_full_of_escapes_fit_the_buffer()
    {
        using var plain = new RowDigest();
        plain.Add(new Observation { Region = "500101", Note = new string('x', 5000) });
        using var escaped = new RowDigest();
        escaped.Add(new Observation { Region = "500101", Note = string.Concat(Enumerable.Repeat("\\\t\n废", 2000)) });

        Assert.Equal(Reference("500101" + new string('\t', 12) + new string('x', 5000) + "\t\t\t\t\n"), Convert.ToHexStringLower(plain.Value));
        var note = string.Concat(Enumerable.Repeat("\\\\\\t\\n废", 2000));
        Assert.Equal(Reference("500101" + new string('\t', 12) + note + "\t\t\t\t\n"), Convert.ToHexStringLower(escaped.Value));
    }

    private static string Reference(string line) => Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(line)));

    private static List<Vector> Read()
    {
        using var stream = typeof(RowDigestTests).Assembly.GetManifestResourceStream("digest.json")!;
        using var document = JsonDocument.Parse(stream);
        return
        [
            .. document.RootElement.EnumerateArray().Select(vector => new Vector(
                vector.GetProperty("name").GetString()!,
                [.. vector.GetProperty("rows").EnumerateArray().Select(row => row.GetRawText())],
                vector.GetProperty("digest").GetString()!)),
        ];
    }

    private sealed record Vector(string Name, string[] Rows, string Digest);
}
