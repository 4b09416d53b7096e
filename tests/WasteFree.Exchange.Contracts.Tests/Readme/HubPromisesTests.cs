using System.Text.RegularExpressions;

namespace WasteFree.Exchange.Contracts.Tests.Readme;

/// <summary>What the page of the hub promises is held by tests, and the page names them.</summary>
public sealed partial class HubPromisesTests
{
    private const string Header = "| Promise | Test |";

    private static readonly string Text = Repository.ReadText("src/WasteFree.Exchange.Server/README.md");

    private static readonly string[] Threats = [.. SectionOf("Threat model").Split('\n').Where(line => line.StartsWith('|')).Skip(2)];

    /// <summary>Sections with a table of another form, or with no promise of the hub.</summary>
    private static readonly string[] Others = ["Threat model", "等保 2.0 第三级与密评 (MLPS level 3, commercial cryptography)"];

    [Fact]
    public void Every_test_class_that_the_page_names_exists()
    {
        var files = Repository.Files(["tests"], "Tests.cs", ".sh");
        var classes = files.SelectMany(file => Class().Matches(Repository.ReadText(file)).Select(match => match.Groups[1].Value));

        Assert.Empty(TestsIn(Text).Except([.. classes, .. files.Select(file => Path.GetFileName(file)).Where(name => name.EndsWith(".sh", StringComparison.Ordinal))]));
        Assert.InRange(TestsIn(Text).Distinct().Count(), 30, int.MaxValue);
    }

    [Fact]
    public void Every_section_ends_with_what_it_promises_and_each_promise_has_a_test()
    {
        foreach (var title in Heading().Matches(Text).Select(match => match.Groups[1].Value).Except(Others))
        {
            var section = SectionOf(title);
            Assert.True(section.Contains(Header, StringComparison.Ordinal), $"'{title}' does not say which tests hold what it promises.");
            var promises = section[section.IndexOf(Header, StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith('|')).Skip(2).ToList();
            Assert.NotEmpty(promises);
            Assert.All(promises, promise => Assert.NotEmpty(TestsIn(promise)));
        }
    }

    [Fact]
    public void What_stands_against_a_threat_is_held_by_a_test()
    {
        Assert.InRange(Threats.Length, 10, 50);
        Assert.All(Threats, threat => Assert.NotEmpty(TestsIn(threat)));
    }

    /// <summary>The text from a heading to the next one.</summary>
    private static string SectionOf(string title)
    {
        var begin = Heading().Matches(Text).Single(match => match.Groups[1].Value == title).Index;
        var next = Heading().Matches(Text).FirstOrDefault(match => match.Index > begin);
        return next is null ? Text[begin..] : Text[begin..next.Index];
    }

    private static IEnumerable<string> TestsIn(string text) => Test().Matches(text).Select(match => match.Groups[1].Value);

    /// <summary>A class, or a script.</summary>
    [GeneratedRegex("`([A-Za-z0-9]+Tests|[a-z-]+[.]sh)`")]
    private static partial Regex Test();

    [GeneratedRegex("""\bclass ([A-Za-z0-9]+Tests)\b""")]
    private static partial Regex Class();

    [GeneratedRegex("^##+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
