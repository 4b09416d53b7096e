using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Limits;

/// <summary>A database that may not grow any more takes no new rows; what is there goes on.</summary>
public sealed class DatabaseSizeTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_at_its_size_takes_no_new_rows_and_commits_withdraws_and_reads_what_is_there()
    {
        await using var folder = await HubFolder.CreateAsync();
        long empty;
        await using (var first = await RunningHub.StartOnAsync(folder)) empty = await first.Services.GetRequiredService<IExchangeStore>().MeasureAsync(Cancelled);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var limit = empty + 100_000;
        await using var hub = await RunningHub.StartOnAsync(folder, options => options with { MaxDatabaseBytes = limit }, clock);
        var rows = Rows.Days(3_000);
        await hub.Reports.SubmitReportAsync(Rows.Report("small", Rows.Tonnes("2024", "1")), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
        using (var talk = ReportTalk.With(hub))
        {
            await talk.OpenAsync("large");
            await talk.ChunkAsync(0, rows);
            await talk.HearAckAsync();
            clock.Advance(TimeSpan.FromSeconds(10));

            // More rows of an upload that is open.
            await talk.ChunkAsync(rows.Length, Rows.Days(10, from: rows.Length));
            await talk.HearRefusalAsync(ErrorReason.StoreFull);
        }
        foreach (var refused in new[]
        {
            await Refused.ByAsync(hub.Reports.SubmitReportAsync(Rows.Report("other", Rows.Tonnes("2023", "1")), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled)),
            await Refused.ByAsync(hub.Reports.SubmitReportAsync(new SubmitReportRequest(Rows.Report("other", Rows.Tonnes("2023", "1"))) { ValidateOnly = true }, RunningHub.As(Rows.Reporter), cancellationToken: Cancelled)),
        })
        {
            Assert.Equal(ErrorReason.StoreFull, refused.Reason);
            Assert.Equal($"{limit}", refused.Metadata["limit_value"]);
            Assert.True(long.Parse(refused.Metadata["asked"], System.Globalization.CultureInfo.InvariantCulture) >= limit);
            Assert.Contains($"{limit}", refused.MessageEn, StringComparison.Ordinal);
        }

        using (var talk = ReportTalk.With(hub))
        {
            Assert.Equal(rows.Length, (await talk.OpenAsync("large")).DurableOffset);
            await talk.CommitAsync(rows);
            await talk.HearCommittedAsync();
        }
        Assert.True((await hub.Reports.SubmitReportAsync(Rows.Report("small", Rows.Tonnes("2024", "1")), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled)).Committed.Replayed);
        await hub.Reports.WithdrawReportAsync(new WithdrawReportRequest { Name = Rows.Name("small"), Reason = "示例" }, RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
        Assert.NotEmpty((await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest { PageSize = 5 }, RunningHub.As(Rows.Reporter, "reader"), cancellationToken: Cancelled)).Observations);
    }
}
