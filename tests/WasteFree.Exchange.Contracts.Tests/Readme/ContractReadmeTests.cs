using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using WasteFree.Exchange.Contracts.Tests.Contracts;
using WasteFree.Exchange.Contracts.Tests.Digest;

namespace WasteFree.Exchange.Contracts.Tests.Readme;

/// <summary>What <c>protos/README.md</c> tells a partner is what the contracts say.</summary>
public sealed partial class ContractReadmeTests
{
    private static readonly string Text = Repository.ReadText("protos/README.md");

    [Fact]
    public void The_worked_example_is_a_digest_vector()
    {
        var vector = DigestTests.Vectors.Single(candidate => candidate.Name == "one row");
        var line = ObservationDigest.Line(Assert.Single(vector.Rows));

        Assert.Contains($"    {line.Replace('\t', '⇥').Replace('\n', '␊')}\n", Text);
        Assert.Contains($"    digest = {vector.Digest}\n", Text);
        Assert.Contains($"printf '{line.Replace("\t", @"\t").Replace("\n", @"\n")}'", Text);
    }

    [Fact]
    public void The_list_of_services_names_every_service_and_every_report_and_metric_method()
    {
        foreach (var service in ContractFiles.All.SelectMany(file => file.Services))
        {
            Assert.Contains($"`{service.Name}`", Text);
            if (service.Name is "ReportService" or "MetricService")
                Assert.All(service.Methods, method => Assert.Contains($"`{method.Name}`", Text));
        }
    }

    [Fact]
    public void Every_message_and_field_of_the_stream_that_it_shows_exists()
    {
        var messages = ContractFiles.Messages.GroupBy(message => message.Name).ToDictionary(group => group.Key, group => group.First());
        var shown = ShownMessage().Matches(Text);

        Assert.True(shown.Count > 8, "The message sequence is gone.");
        foreach (Match match in shown)
        {
            Assert.True(messages.TryGetValue(match.Groups["message"].Value, out var message), $"No message {match.Value}.");
            foreach (Capture field in match.Groups["field"].Captures)
                Assert.True(message.FindFieldByName(field.Value) is not null, $"{message.Name} has no field {field.Value}.");
        }
    }

    [Fact]
    public void Every_constant_in_capitals_is_a_value_of_the_contracts()
    {
        var known = ContractFiles.Enums
            .SelectMany(type => type.Values)
            .SelectMany(value => new[] { value.Name, value.Name[PrefixOf(value.EnumDescriptor).Length..] })
            .ToHashSet();

        var shown = CapitalConstant().Matches(Text).Select(match => match.Groups["name"].Value).ToList();
        Assert.NotEmpty(shown);
        Assert.All(shown, name => Assert.Contains(name, known));
    }

    private static string PrefixOf(EnumDescriptor type) => type.Values[0].Name[..^"UNSPECIFIED".Length];

    // Names that stand for themselves between backticks and hold an underscore: REPORT_CONTENT_CONFLICT.
    [GeneratedRegex("`(?:state: )?(?<name>[A-Z]+(?:_[A-Z]+)+)`")]
    private static partial Regex CapitalConstant();

    // Open{upload: 1, report: "…"} or Ack{upload: 1, durable_offset: 1000}
    [GeneratedRegex(@"(?<message>[A-Z][A-Za-z]+)\{(?:(?<field>[a-z_]+)(?:: [^,}]*(?:\{[^}]*\})?[^,}]*)?(?:, )?)+\}")]
    private static partial Regex ShownMessage();
}
