using System.Text.Json;
using System.Text.RegularExpressions;
using WasteFree.Exchange.Cli.Tests.Readme;
using WasteFree.Exchange.Validation;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests.Guide;

/// <summary>The list of rules is what the code checks by, and what is told to partners.</summary>
public sealed partial class RuleListTests
{
    private const string Start = "<!-- rules: made from RuleList -->\n";
    private const string End = "<!-- /rules -->";

    private static string ReadmePath => Path.Combine(ReadmeTests.Root, "protos", "README.md");

    [Fact]
    public async Task Each_rule_of_the_code_is_in_the_list_with_its_weights_and_no_other()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(Path.Combine(ReadmeTests.Root, "src", "WasteFree.Exchange"), "*.cs", SearchOption.AllDirectories))
        {
            if (file.EndsWith("RuleList.cs", StringComparison.Ordinal) || file.Contains("/obj/", StringComparison.Ordinal)) continue;
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            found.UnionWith(Id().Matches(text).Select(match => match.Groups[1].Value));
            foreach (Match match in WithWeight().Matches(text))
                Assert.Contains(Enum.Parse<Severity>(match.Groups[2].Value), RuleList.All.Single(rule => rule.Id == match.Groups[1].Value).Weights);
        }
        Assert.Equal(found.Order(StringComparer.Ordinal), RuleList.All.Select(rule => rule.Id));
    }

    [Fact]
    public async Task The_table_of_the_readme_is_made_from_the_list()
    {
        var readme = await File.ReadAllTextAsync(ReadmePath, TestContext.Current.CancellationToken);
        var (start, end) = (readme.IndexOf(Start, StringComparison.Ordinal) + Start.Length, readme.IndexOf(End, StringComparison.Ordinal));
        var table = "| Rule | | A row is |\n|---|---|---|\n" + string.Concat(RuleList.All.Select(rule =>
            $"| `{rule.Id}` | {string.Join(", ", rule.Weights.Select(weight => weight == Severity.Info ? "remark" : weight.ToString().ToLowerInvariant()))} | {rule.En} |\n"));
        if (Environment.GetEnvironmentVariable("WASTEFREE_ACCEPT") == "1") await File.WriteAllTextAsync(ReadmePath, readme[..start] + table + readme[end..], TestContext.Current.CancellationToken);
        else Assert.Equal(table, readme[start..end]);
    }

    [Fact]
    public async Task A_partner_gets_the_rules_with_the_contracts()
    {
        var folder = Directory.CreateTempSubdirectory("wfx-protos-test-");
        try
        {
            await CliRun.OfAsync(new Dictionary<string, string>(), ["protos", folder.FullName], TestContext.Current.CancellationToken);
            foreach (var name in new[] { "README.md", "GUIDE.md", "testdata/digest.json", "wastefree/exchange/v1/report_service.proto" })
                Assert.Equal(
                    await File.ReadAllBytesAsync(Path.Combine(ReadmeTests.Root, "protos", name), TestContext.Current.CancellationToken),
                    await File.ReadAllBytesAsync(Path.Combine(folder.FullName, name), TestContext.Current.CancellationToken));
            using var rules = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "rules.json"), TestContext.Current.CancellationToken));
            Assert.Equal(RuleList.All.Select(rule => rule.Id), rules.RootElement.EnumerateArray().Select(rule => rule.GetProperty("id").GetString()!));
            Assert.All(rules.RootElement.EnumerateArray(), rule => Assert.Matches("[\u4e00-\u9fff]", rule.GetProperty("zh").GetString()!));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("\"([A-Z]+-[0-9]+@[0-9]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("\"([A-Z]+-[0-9]+@[0-9]+)\", Severity\\.(\\w+)")]
    private static partial Regex WithWeight();
}
