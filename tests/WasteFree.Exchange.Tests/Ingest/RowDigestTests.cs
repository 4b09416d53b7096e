using FsCheck;
using FsCheck.Fluent;
using WasteFree.Exchange.Ingest;
using Xunit;

namespace WasteFree.Exchange.Tests.Ingest;

public sealed class RowDigestTests
{
    /// <summary>Texts that try to look like other texts once they are joined.</summary>
    private static readonly Gen<string> Texts = Gen.Elements("a", "\t", "\n", "\\", "t", "n", " ", "示", "𠀀", "é").ArrayOf().Select(string.Concat);

    private static readonly Gen<SubmittedRow> RowGen =
        from fields in Texts.ArrayOf(16)
        from status in Gen.Elements("A", "E", "P").ArrayOf()
        select RowOf(fields, status);

    [Fact]
    public void The_digest_does_not_depend_on_where_an_upload_was_interrupted() =>
        Prop.ForAll(
            (from rows in RowGen.ArrayOf() from cuts in Gen.Choose(1, 5).ArrayOf() select (rows, cuts)).ToArbitrary(),
            upload => Of(upload.rows).SequenceEqual(Resumed(upload.rows, upload.cuts))).QuickCheckThrowOnFailure();

    [Fact]
    public void Rows_that_differ_have_digests_that_differ() =>
        Prop.ForAll(
            (from a in RowGen from b in RowGen select (a, b)).ToArbitrary(),
            pair => Same(pair.a, pair.b) == Of([pair.a]).SequenceEqual(Of([pair.b]))).QuickCheckThrowOnFailure();

    [Fact]
    public void Moving_a_character_over_the_border_of_two_fields_changes_the_digest()
    {
        var left = Submitted.Row(field => field switch { "note" => "ab", "collection_method" => "c", _ => "" });
        var right = Submitted.Row(field => field switch { "note" => "a", "collection_method" => "bc", _ => "" });

        Assert.NotEqual(Of([left]), Of([right]));
        Assert.NotEqual(Of([left with { Note = "ab\tc", CollectionMethod = "" }]), Of([left]));
        Assert.NotEqual(Of([left with { Note = "\t" }]), Of([left with { Note = "\\t" }]));
    }

    [Fact]
    public void Status_flags_are_a_set_without_order()
    {
        var row = Submitted.Rate("1");

        Assert.Equal(Of([row with { Status = ["E", "P"] }]), Of([row with { Status = ["P", "E"] }]));
        Assert.NotEqual(Of([row with { Status = ["E"] }]), Of([row with { Status = ["P", "E"] }]));
    }

    [Fact]
    public void A_field_longer_than_any_buffer_is_digested_whole()
    {
        var row = Submitted.Rate("1");
        var longest = new string('示', 100_000);

        Assert.NotEqual(Of([row with { Note = longest }]), Of([row with { Note = longest[1..] }]));
        Assert.NotEqual(Of([row with { Note = longest + "a" }]), Of([row with { Note = longest + "b" }]));
    }

    private static byte[] Of(IEnumerable<SubmittedRow> rows)
    {
        var digest = new RowDigest();
        foreach (var row in rows) digest.Append(row);
        return digest.Value;
    }

    /// <summary>As several streams would do it: each begins with the state that the one before left.</summary>
    private static byte[] Resumed(SubmittedRow[] rows, int[] cuts)
    {
        var state = new RowDigest().State;
        var rest = rows.AsEnumerable();
        foreach (var cut in cuts.Append(int.MaxValue))
        {
            var digest = new RowDigest(state);
            foreach (var row in rest.Take(cut)) digest.Append(row);
            state = digest.State;
            rest = rest.Skip(cut);
        }
        return new RowDigest(state).Value;
    }

    private static bool Same(SubmittedRow a, SubmittedRow b) =>
        Fields(a).SequenceEqual(Fields(b));

    private static IEnumerable<string> Fields(SubmittedRow row) =>
    [
        row.Region, row.Indicator, row.Version, row.Scope, row.Category, row.Period, row.Value, row.Numerator, row.Denominator,
        row.Unit, string.Join(' ', row.Status.Order(StringComparer.Ordinal)), row.Confidentiality, row.Note, row.CollectionMethod, row.Evidence,
        row.NumeratorUnit, row.DenominatorUnit,
    ];

    private static SubmittedRow RowOf(string[] fields, string[] status)
    {
        var next = 0;
        return Submitted.Row(_ => fields[next++], status);
    }
}
