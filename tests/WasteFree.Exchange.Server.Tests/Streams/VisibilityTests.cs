using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Streams;

/// <summary>No reader ever sees part of a report.</summary>
public sealed class VisibilityTests
{
    private const int RowsOfReport = 900;
    private const int Reports = 6;

    [Fact]
    public async Task Readers_see_none_or_all_of_a_report_while_reports_are_streamed_and_committed()
    {
        await using var hub = await RunningHub.StartAsync();
        using var written = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => WatchAsync(hub, written.Token)).ToList();

        using (var talk = ReportTalk.With(hub))
        {
            for (var report = 0; report < Reports; report++)
            {
                // Each report replaces all values of the one before, so that a torn read would show two values.
                var rows = Rows.Days(RowsOfReport);
                foreach (var row in rows) row.Value = $"{report}";
                await talk.OpenAsync($"whole-{report}");
                for (var i = 0; i < RowsOfReport; i += 100)
                {
                    await talk.ChunkAsync(i, rows[i..(i + 100)]);
                    await talk.HearAckAsync();
                }
                await talk.CommitAsync(rows);
                Assert.Equal(report == 0 ? 0 : RowsOfReport, (await talk.HearCommittedAsync()).Counts.Revised);
            }
        }
        await written.CancelAsync();

        var seen = await Task.WhenAll(readers);
        Assert.All(seen, states => Assert.True(states > 1, "The readers saw only one state."));
    }

    /// <returns>How many states of the data were seen.</returns>
    private static async Task<int> WatchAsync(RunningHub hub, CancellationToken until)
    {
        var states = new HashSet<string>();
        var last = false;
        while (!last)
        {
            last = until.IsCancellationRequested;
            var page = await hub.Metrics.QueryObservationsAsync(
                new QueryObservationsRequest { PageSize = 10_000 }, cancellationToken: TestContext.Current.CancellationToken);
            var values = page.Observations.Select(record => (record.Observation.Value, record.Report, record.Position)).Distinct().ToList();
            Assert.True(page.Observations.Count is 0 or RowsOfReport, $"Saw {page.Observations.Count} rows.");
            Assert.True(values.Count <= 1, $"Saw {values.Count} reports in one state.");
            states.Add(values.Count == 0 ? "" : values[0].Value);

            var first = new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "511800" }, Periods = { "1990-01-01", "1990-01-02", "1992-06-18" } };
            var comparison = await hub.Metrics.CompareMetricsAsync(first, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Single(comparison.Comparisons.Select(table => table.Cells.Single().Value).Distinct());
        }
        return states.Count;
    }
}
