using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Tests.Ingest;
using WasteFree.Exchange.Validation;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Validation;

/// <summary>STR-1 on free texts, and how much of a text an answer repeats.</summary>
public sealed class TextRuleTests
{
    [Fact]
    public void STR_1_texts_end_at_their_limits()
    {
        Checking.BuiltIn.Taken(Submitted.Tonnes("1") with { Note = new string('字', 1_000), CollectionMethod = new string('m', 200), Evidence = new string('e', 200) });
        SubmittedRow row = Submitted.Tonnes("1") with { Note = new string('字', 1_001), CollectionMethod = new string('m', 201), Evidence = new string('e', 201) };

        var findings = Checking.BuiltIn.Check(row).Findings;

        Assert.Equal([("note", "<= 1000"), ("collection_method", "<= 200"), ("evidence", "<= 200")], findings.Select(finding => (finding.Field, finding.Expected)));
        Assert.All(findings, finding => Assert.Equal(("STR-1@1", Severity.Blocker), (finding.Rule, finding.Severity)));
    }

    [Theory]
    [InlineData('\0', "a<U+0000>b")]
    [InlineData('\a', "a<U+0007>b")]
    [InlineData('\r', "a<U+000D>b")]
    [InlineData('\u007f', "a<U+007F>b")]
    [InlineData('\u0085', "a<U+0085>b")]
    public void STR_1_control_characters_are_refused_and_named(char control, string observed)
    {
        var finding = Checking.BuiltIn.OnlyFinding(Submitted.Tonnes("1") with { Note = $"a{control}b" });

        Assert.Equal(("STR-1@1", "note", observed), (finding.Rule, finding.Field, finding.Observed));
    }

    [Fact]
    public void What_cannot_be_seen_in_a_code_or_a_number_is_named_wherever_it_is_repeated()
    {
        foreach (var row in new[]
        {
            Submitted.Tonnes("1") with { Region = "500101\u200b" }, Submitted.Tonnes("1") with { Indicator = "ZW21-11\u200b" },
            Submitted.Tonnes("1") with { Period = "2023\u200b" }, Submitted.Tonnes("1") with { Category = "_T\u200b" },
            Submitted.Tonnes("1") with { Scope = "WHOLE\u200b" }, Submitted.Tonnes("1") with { Version = "1.0\u200b" },
            Submitted.Tonnes("1") with { Unit = "t\u200b" }, Submitted.Tonnes("1") with { Status = ["A\u200b"] },
            Submitted.Tonnes("1") with { Confidentiality = "F\u200b" }, Submitted.Tonnes("1\u200b"),
        })
        {
            var finding = Checking.BuiltIn.OnlyFinding(row);
            Assert.All([finding.Observed, finding.MessageZh, finding.MessageEn], text => Assert.Contains("<U+200B>", text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void TAB_and_LF_are_text() => Assert.Equal("a\tb\nc", Checking.BuiltIn.Taken(Submitted.Tonnes("1") with { Note = "a\tb\nc" }).Note);

    [Fact]
    public void A_finding_repeats_at_most_a_hundred_characters_of_what_was_sent()
    {
        var endless = new string('Z', 300_000);
        foreach (var row in new[]
        {
            Submitted.Tonnes("1") with { Region = endless }, Submitted.Tonnes("1") with { Indicator = endless }, Submitted.Tonnes("1") with { Period = endless },
            Submitted.Tonnes("1") with { Category = endless }, Submitted.Tonnes("1") with { Scope = endless }, Submitted.Tonnes("1") with { Version = endless },
            Submitted.Tonnes("1") with { Unit = endless }, Submitted.Tonnes("1") with { Status = [endless] }, Submitted.Tonnes("1") with { Confidentiality = endless },
            Submitted.Tonnes(endless),
        })
        {
            var finding = Checking.BuiltIn.OnlyFinding(row);
            Assert.Equal(new string('Z', 99) + "…", finding.Observed);
            Assert.InRange(finding.MessageEn.Length, 1, 500);
            Assert.InRange(finding.MessageZh.Length, 1, 500);
        }
    }

    [Fact]
    public void An_excerpt_never_ends_in_half_a_character()
    {
        var text = new string('a', 98) + "𠀀" + new string('b', 50);

        Assert.Equal(new string('a', 98) + "…", Excerpt.Of(text));
        Assert.Equal(new string('a', 100), Excerpt.Of(new string('a', 100)));
    }

    [Fact]
    public void Rows_of_one_key_are_named_with_both_values()
    {
        var pair = new RepeatedRows.Pair(5, 2, new ExactDecimal(11, 0), null, "key");

        var (equal, contradictory, other) = (RepeatedRows.Equal(pair), RepeatedRows.Contradictory(pair), RepeatedRows.Contradictory(pair.Reverse()));

        Assert.Equal(("STR-2@1", Severity.Info, false), (equal.Rule, equal.Severity, equal.Refuses));
        Assert.Equal(("STR-2@1", Severity.Blocker, 5L, "11", ""), (contradictory.Rule, contradictory.Severity, contradictory.Row!.Value, contradictory.Observed, contradictory.Expected));
        Assert.Equal((2L, "", "11"), (other.Row!.Value, other.Observed, other.Expected));
        Assert.Contains("2", contradictory.MessageEn, StringComparison.Ordinal);
    }
}
