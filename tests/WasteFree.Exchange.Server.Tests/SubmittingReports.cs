using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>One report in one call, from the wire to the comparison.</summary>
public sealed class SubmittingReports
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_that_is_committed_can_be_compared_digit_for_digit()
    {
        await using var hub = await RunningHub.StartAsync();
        var response = await hub.Reports.SubmitReportAsync(
            Yaan("r1", Row("2022", "526710.770"), Row("2023", "551953.685112")), RunningHub.As("yaan"), cancellationToken: Cancelled);

        Assert.Equal(2, response.Committed.Receipt.Counts.Created);
        var comparison = await hub.Metrics.CompareMetricsAsync(
            new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "511800" }, Periods = { "2022", "2023" } }, cancellationToken: Cancelled);
        Assert.Equal(["526710.770", "551953.685112"], comparison.Comparisons.Select(c => c.Cells.Single().Value));
    }

    internal static SubmitReportRequest Yaan(string id, params Observation[] rows) =>
        new() { Report = $"organizations/yaan/reports/{id}", Rows = { rows } };

    internal static Observation Row(string period, string value) =>
        new() { Region = "511800", Indicator = "HUB-HW-GEN", Period = period, Value = value };
}
