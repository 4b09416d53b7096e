using Grpc.Core;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Audit;

/// <summary>What is read of others is logged before it is given, or is not given.</summary>
public sealed class ReadingLogTests
{
    private static readonly Metadata Reader = RunningHub.As("wanzhou-eeb");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_reading_is_logged_with_its_filter_and_rows_and_without_values()
    {
        await using var hub = await WithRowsAsync();
        var reader = RunningHub.As("yaan"); // of the same province, and without a word that it wants its own rows alone
        var filter = new ObservationFilter { Indicators = { "HUB-HW-GEN" }, Regions = { "511800" } };
        await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest { Filter = filter }, reader, cancellationToken: Cancelled);
        using (var stream = hub.Metrics.StreamObservations(new StreamObservationsRequest { Filter = filter }, reader, cancellationToken: Cancelled))
            await stream.ResponseStream.ReadAllAsync(Cancelled).ToListAsync(Cancelled);
        await hub.Metrics.CompareMetricsAsync(Comparison, reader, cancellationToken: Cancelled);
        await hub.Metrics.ExplainValueAsync(new ExplainValueRequest { Comparison = OnePeriod, Region = "511800" }, reader, cancellationToken: Cancelled);
        await hub.Metrics.GetAttainmentAsync(new GetAttainmentRequest { Region = "500101", Period = "2024" }, reader, cancellationToken: Cancelled);
        await hub.Metrics.ListRevisionsAsync(
            new ListRevisionsRequest { Indicator = "HUB-HW-GEN", Region = "511800", Period = "2023" }, reader, cancellationToken: Cancelled);
        await hub.Metrics.DiffObservationsAsync(new DiffObservationsRequest { Filter = filter, Since = new AsOf { Position = 1 } }, reader, cancellationToken: Cancelled);
        using (var watch = hub.Feed.Watch(new WatchRequest { StartAt = WatchStart.Earliest, Filter = filter }, reader, cancellationToken: Cancelled))
            Assert.True(await watch.ResponseStream.MoveNext(Cancelled));

        var entries = await AuditLog.ReadAsync(hub);
        var targets = entries.Single(entry => entry.Operation == "MetricService/GetAttainment").RowCount;
        Assert.True(targets > 0, "Nothing was read.");
        Assert.Equal(
            [
                "yaan|ReportService/SubmitReport|organizations/yaan/reports/r1|OK||2|1",
                "yaan|MetricService/QueryObservations|indicators=HUB-HW-GEN regions=511800|OK||2|1",
                "yaan|MetricService/StreamObservations|indicators=HUB-HW-GEN regions=511800|OK|||1",
                "yaan|MetricService/CompareMetrics|indicators=HUB-HW-GEN regions=511800 periods=2022,2023|OK||2|1",
                "yaan|MetricService/ExplainValue|indicators=HUB-HW-GEN regions=511800 periods=2023 of=511800|OK|||1",
                $"yaan|MetricService/GetAttainment|region=500101 period=2024|OK||{targets}|1",
                "yaan|MetricService/ListRevisions|indicator=HUB-HW-GEN region=511800 period=2023|OK||1|1",
                "yaan|MetricService/DiffObservations|indicators=HUB-HW-GEN regions=511800 since=1|OK||2|1",
                "yaan|FeedService/Watch|indicators=HUB-HW-GEN regions=511800|OK|||1",
            ],
            entries.Select(AuditLog.Text));
        Assert.All(entries, entry => Assert.DoesNotContain("551953", entry.ToString(), StringComparison.Ordinal));
        Assert.Equal(0, (await AuditLog.VerifyAsync(hub)).TotalSize);
    }

    [Fact]
    public async Task Nobodys_readings_the_callers_own_rows_and_the_catalogue_are_not_logged()
    {
        await using var hub = await WithRowsAsync();
        var own = new ObservationFilter { Organizations = { "yaan" } };
        await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), cancellationToken: Cancelled);
        await hub.Metrics.CompareMetricsAsync(Comparison, cancellationToken: Cancelled);
        var yaan = RunningHub.As("yaan");
        Assert.Equal(2, (await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest { Filter = own }, yaan, cancellationToken: Cancelled)).Observations.Count);
        await hub.Metrics.ListRevisionsAsync(
            new ListRevisionsRequest { Indicator = "HUB-HW-GEN", Region = "511800", Period = "2023", Organization = "yaan" }, yaan, cancellationToken: Cancelled);
        await hub.Catalog.ListIndicatorsAsync(new ListIndicatorsRequest(), yaan, cancellationToken: Cancelled);
        await hub.Reports.ListReportsAsync(new ListReportsRequest { Parent = "organizations/yaan" }, yaan, cancellationToken: Cancelled);

        Assert.Equal(["ReportService/SubmitReport"], (await AuditLog.ReadAsync(hub)).Select(entry => entry.Operation));

        own.Organizations.Add("wanzhou");
        await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest { Filter = own }, yaan, cancellationToken: Cancelled);
        Assert.Equal("organizations=yaan,wanzhou", (await AuditLog.ReadAsync(hub))[^1].Resource);
        // Whoever has a credential is somebody, though it acts for no organisation.
        await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), new Metadata { { "wfx-roles", "reader" } }, cancellationToken: Cancelled);
        Assert.Equal(3, (await AuditLog.ReadAsync(hub)).Count);
    }

    [Fact]
    public async Task Where_the_log_cannot_be_written_nothing_is_read_and_nothing_is_changed()
    {
        await using var hub = await WithRowsAsync();
        AuditLog.Break(hub);

        Assert.Equal(
            ErrorReason.AuditUnavailable,
            (await Refused.ByAsync(hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), Reader, cancellationToken: Cancelled))).Reason);
        Assert.Equal(ErrorReason.AuditUnavailable, (await Refused.ByAsync(hub.Metrics.CompareMetricsAsync(Comparison, Reader, cancellationToken: Cancelled))).Reason);
        using (var stream = hub.Metrics.StreamObservations(new StreamObservationsRequest(), Reader, cancellationToken: Cancelled))
            Assert.Equal(ErrorReason.AuditUnavailable, (await Refused.ByAsync(() => stream.ResponseStream.MoveNext(Cancelled))).Reason);
        using (var watch = hub.Feed.Watch(new WatchRequest { StartAt = WatchStart.Earliest }, Reader, cancellationToken: Cancelled))
            Assert.Equal(ErrorReason.AuditUnavailable, (await Refused.ByAsync(() => watch.ResponseStream.MoveNext(Cancelled))).Reason);
        Assert.Equal(
            ErrorReason.StoreUnavailable,
            (await Refused.ByAsync(hub.Reports.SubmitReportAsync(
                SubmittingReports.Yaan("r2", SubmittingReports.Row("2024", "9")), RunningHub.As("yaan"), cancellationToken: Cancelled))).Reason);

        var open = await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), cancellationToken: Cancelled);
        Assert.Equal(2, open.Observations.Count);
        Assert.Empty(hub.Errors);
    }

    [Fact]
    public async Task No_byte_of_an_answer_goes_out_before_its_entry_is_durable()
    {
        HubFolder.RequireSqlite();
        await using var hub = await WithRowsAsync();
        using var stream = hub.Metrics.StreamObservations(new StreamObservationsRequest(), Reader, cancellationToken: Cancelled);
        await stream.ResponseStream.MoveNext(Cancelled);
        AsyncUnaryCall<QueryObservationsResponse> query;
        await using (var other = (SqliteConnection)hub.Data.Connect())
        {
            await using var held = other.BeginTransaction(deferred: false);
            query = hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), Reader, cancellationToken: Cancelled);
            using var waiting = hub.Metrics.StreamObservations(new StreamObservationsRequest(), Reader, cancellationToken: Cancelled);
            var first = waiting.ResponseStream.MoveNext(Cancelled);
            // The same without an entry, many times over: the others have every chance to be early.
            for (var i = 0; i < 30; i++) await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), cancellationToken: Cancelled);
            Assert.False(query.ResponseAsync.IsCompleted || first.IsCompleted, "It was answered before it was logged.");
            await held.RollbackAsync(Cancelled);
            Assert.True(await first);
        }
        await query;

        Assert.Equal(4, (await AuditLog.ReadAsync(hub)).Count);
    }

    private static CompareMetricsRequest Comparison => new() { Indicators = { "HUB-HW-GEN" }, Regions = { "511800" }, Periods = { "2022", "2023" } };

    private static CompareMetricsRequest OnePeriod => new() { Indicators = { "HUB-HW-GEN" }, Regions = { "511800" }, Periods = { "2023" } };

    private static async Task<RunningHub> WithRowsAsync()
    {
        var hub = await RunningHub.StartAsync();
        await hub.Reports.SubmitReportAsync(
            SubmittingReports.Yaan("r1", SubmittingReports.Row("2022", "526710.770"), SubmittingReports.Row("2023", "551953.685112")),
            RunningHub.As("yaan"),
            cancellationToken: Cancelled);
        return hub;
    }
}
