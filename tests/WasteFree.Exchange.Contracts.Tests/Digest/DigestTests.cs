using System.Text.Json;
using Google.Protobuf;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Contracts.Tests.Digest;

public sealed class DigestTests
{
    public static TheoryData<string> Names => [.. Vectors.Select(vector => vector.Name)];

    internal static IReadOnlyList<DigestVector> Vectors { get; } = DigestVector.ReadAll();

    [Theory]
    [MemberData(nameof(Names))]
    public void The_digest_of_a_vector_follows_from_the_rule(string name)
    {
        var vector = Vectors.Single(candidate => candidate.Name == name);

        Assert.Equal(vector.Digest, ObservationDigest.Of(vector.Rows));
    }

    [Fact]
    public void The_digest_line_is_made_of_exactly_the_fields_of_an_observation_in_their_order()
    {
        // A field that is not on the line could be lost in transit unnoticed; one added to it changes every digest.
        Assert.Equal(
            ObservationDigest.LineFields,
            Observation.Descriptor.Fields.InFieldNumberOrder().Select(field => field.Name));
    }

    [Fact]
    public void The_vectors_use_every_field_and_every_escape()
    {
        var rows = Vectors.SelectMany(vector => vector.Rows).ToList();
        var text = string.Concat(rows.Select(row => row.Note));

        foreach (var field in Observation.Descriptor.Fields.InFieldNumberOrder())
            Assert.Contains(rows, row => field.IsRepeated ? row.Status.Count > 0 : (string)field.Accessor.GetValue(row) != "");
        Assert.Contains('\\', text);
        Assert.Contains('\t', text);
        Assert.Contains('\n', text);
        Assert.Contains(text, char.IsSurrogate);
    }

    [Fact]
    public void Vectors_differ_wherever_their_rows_differ()
    {
        var groups = Vectors.GroupBy(vector => vector.Digest).Where(group => group.Count() > 1).ToList();

        // A set of flags has no order: these two reports say the same.
        var same = Assert.Single(groups);
        Assert.Equal(["status flags in order", "status flags out of order"], same.Select(vector => vector.Name));
    }
}

/// <summary>One entry of <c>protos/testdata/digest.json</c>.</summary>
internal sealed record DigestVector(string Name, IReadOnlyList<Observation> Rows, string Digest)
{
    public static IReadOnlyList<DigestVector> ReadAll()
    {
        using var document = JsonDocument.Parse(Repository.ReadText("protos/testdata/digest.json"));
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    private static DigestVector Read(JsonElement entry) => new(
        entry.GetProperty("name").GetString()!,
        [.. entry.GetProperty("rows").EnumerateArray().Select(row => JsonParser.Default.Parse<Observation>(row.GetRawText()))],
        entry.GetProperty("digest").GetString()!);
}
