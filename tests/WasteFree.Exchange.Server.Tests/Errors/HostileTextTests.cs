using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Errors;

/// <summary>No text of a caller steers the terminal of whoever reads the hub's log or an answer of it.</summary>
public sealed class HostileTextTests
{
    private const string Text = "x\u001b[2J\u009b31m\u0000\u0007\r\u0085\u007f\u202Eabc\u202C\u2066def\u2069\u200F\u2028\u2029\uFEFF\nwarn: forged";

    [Fact]
    public void An_entry_of_the_log_is_one_line_and_an_exception_is_indented_whatever_is_in_them()
    {
        var written = new StringWriter();
        var exception = new InvalidOperationException(Text);
        new SteadyLogFormatter().Write(new LogEntry<string>(LogLevel.Warning, "Category", default, Text, exception, (state, _) => $"It is {state}"), scopeProvider: null, written);

        var lines = written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("warn: Category It is x<U+001B>[2J", lines[0], StringComparison.Ordinal);
        Assert.All(lines.Skip(1), line => Assert.StartsWith("      ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(written.ToString(), VisibleText.Steers);
    }

    [Fact]
    public void A_refusal_that_repeats_what_was_sent_steers_no_terminal()
    {
        var refusal = new Refusal(ErrorReason.FieldInvalid, Text, Text) { Field = "region" };
        var status = RpcErrors.ToStatus(refusal);
        var localized = status.Details.First(detail => detail.Is(Google.Rpc.LocalizedMessage.Descriptor)).Unpack<Google.Rpc.LocalizedMessage>();
        var violations = status.Details.First(detail => detail.Is(Google.Rpc.BadRequest.Descriptor)).Unpack<Google.Rpc.BadRequest>();
        foreach (var said in new[] { status.Message, localized.Message, violations.FieldViolations[0].Description })
        {
            Assert.Contains("forged", said, StringComparison.Ordinal);
            Assert.DoesNotContain(said, VisibleText.Steers);
        }
    }

    [Fact]
    public async Task What_a_caller_sends_in_any_field_comes_back_steering_nothing()
    {
        await using var hub = await RunningHub.StartAsync();
        var region = Rows.Tonnes("2022", "1");
        (region.Region, region.Indicator, region.Unit, region.Version, region.Scope, region.Category, region.Confidentiality) = (Text, Text, Text, Text, Text, Text, Text);
        await hub.Reports.SubmitReportAsync(Rows.Report("r1", region), RunningHub.As("yaan"), cancellationToken: TestContext.Current.CancellationToken);
        var findings = (await hub.Reports.ListFindingsAsync(
            new ListFindingsRequest { Parent = Rows.Name("r1") }, RunningHub.As("yaan"), cancellationToken: TestContext.Current.CancellationToken)).Findings;
        Assert.NotEmpty(findings);
        Assert.DoesNotContain(string.Concat(findings.SelectMany(finding => new[] { finding.MessageZh, finding.MessageEn, finding.Observed, finding.Field, finding.Expected })), VisibleText.Steers);

        foreach (var call in new Func<AsyncUnaryCall<CompareMetricsResponse>>[]
        {
            () => hub.Metrics.CompareMetricsAsync(new CompareMetricsRequest { Indicators = { Text }, Regions = { "511800" }, Periods = { "2022" } }),
            () => hub.Metrics.CompareMetricsAsync(new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { Text }, Periods = { "2022" } }),
            () => hub.Metrics.CompareMetricsAsync(new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "511800" }, Periods = { Text } }),
            () => hub.Metrics.CompareMetricsAsync(new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "511800" }, Periods = { "2022" }, Scope = Text }),
            () => hub.Metrics.CompareMetricsAsync(new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "511800" }, Periods = { "2022" }, Unit = Text }),
            () => hub.Metrics.CompareMetricsAsync(new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "511800" }, Periods = { "2022" }, Category = Text }),
            () => hub.Metrics.CompareMetricsAsync(new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "511800" }, Periods = { "2022" }, Source = Text }),
        })
        {
            var refused = await Refused.ByAsync(async () => await call());
            Assert.DoesNotContain(refused.MessageEn + refused.MessageZh, VisibleText.Steers);
        }
    }
}
