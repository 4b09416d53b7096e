using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Metrics;

/// <summary>
/// A value that a later report repeated is asserted by that one: every surface names it, also after the report that sent the
/// value first was withdrawn.
/// </summary>
public sealed class AffirmedTests : IAsyncLifetime
{
    private static readonly string First = Rows.Name("first");
    private static readonly string Again = Rows.Name("again");

    private RunningHub _hub = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The built-in catalogue is position 1.</summary>
    public async ValueTask InitializeAsync()
    {
        _hub = await RunningHub.StartAsync();
        await _hub.Reports.SubmitReportAsync(Rows.Report("first", Rows.Tonnes("2023", "5")), RunningHub.As("yaan"), cancellationToken: Cancelled);
        await _hub.Reports.SubmitReportAsync(Rows.Report("again", Rows.Tonnes("2023", "5")), RunningHub.As("yaan"), cancellationToken: Cancelled);
        await _hub.Reports.WithdrawReportAsync(new WithdrawReportRequest { Name = First, Reason = "示例" }, RunningHub.As("yaan"), cancellationToken: Cancelled);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_query_names_who_asserts_a_value_at_its_instant()
    {
        AssertAsserted((await _hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), cancellationToken: Cancelled)).Observations.Single());
        var then = (await _hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest { AsOf = new AsOf { Position = 2 } }, cancellationToken: Cancelled)).Observations.Single();
        Assert.Equal((First, "", 0L), (then.Report, then.AffirmedReport, then.AffirmedPosition));
    }

    [Fact]
    public async Task A_stream_names_who_asserts_a_value()
    {
        using var stream = _hub.Metrics.StreamObservations(new StreamObservationsRequest(), cancellationToken: Cancelled);
        Assert.True(await stream.ResponseStream.MoveNext(Cancelled));
        AssertAsserted(stream.ResponseStream.Current.Batch.Observations.Single());
    }

    [Fact]
    public async Task A_history_names_who_asserted_each_value_last()
    {
        var request = new ListRevisionsRequest { Indicator = "HUB-HW-GEN", Region = "511800", Period = "2023" };
        AssertAsserted((await _hub.Metrics.ListRevisionsAsync(request, cancellationToken: Cancelled)).Revisions.Single().Observation);
        request.AsOf = new AsOf { Position = 2 };
        Assert.Empty((await _hub.Metrics.ListRevisionsAsync(request, cancellationToken: Cancelled)).Revisions.Single().Observation.AffirmedReport);
    }

    [Fact]
    public async Task A_difference_names_who_asserts_the_value_and_an_affirmation_alone_is_none()
    {
        var whole = await _hub.Metrics.DiffObservationsAsync(new DiffObservationsRequest { Since = new AsOf { Position = 1 } }, cancellationToken: Cancelled);
        AssertAsserted(whole.Differences.Single().After);
        Assert.Empty((await _hub.Metrics.DiffObservationsAsync(new DiffObservationsRequest { Since = new AsOf { Position = 2 } }, cancellationToken: Cancelled)).Differences);
    }

    [Fact]
    public async Task A_comparison_and_its_explanation_name_who_asserts_a_value()
    {
        var request = new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "511800" }, Periods = { "2023" } };
        var cell = (await _hub.Metrics.CompareMetricsAsync(request, cancellationToken: Cancelled)).Comparisons.Single().Cells.Single();
        Assert.Equal((First, Again), (cell.Report, cell.AffirmedReport));
        var explained = await _hub.Metrics.ExplainValueAsync(new ExplainValueRequest { Comparison = request, Region = "511800" }, cancellationToken: Cancelled);
        AssertAsserted(Observations(explained.Explanation).First());
    }

    [Fact]
    public async Task A_snapshot_names_who_asserts_a_value_and_a_change_tells_it_as_it_happened()
    {
        using var watch = _hub.Feed.Watch(new WatchRequest { StartAt = WatchStart.Snapshot }, cancellationToken: Cancelled);
        Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
        AssertAsserted(watch.ResponseStream.Current.SnapshotPart.Observations.Single());

        using var changes = _hub.Feed.Watch(new WatchRequest { StartAt = WatchStart.Earliest }, cancellationToken: Cancelled);
        do Assert.True(await changes.ResponseStream.MoveNext(Cancelled));
        while (changes.ResponseStream.Current.Change?.Observations.Count is null or 0);
        var set = changes.ResponseStream.Current.Change.Observations.Single().Record;
        Assert.Equal((First, ""), (set.Report, set.AffirmedReport));
    }

    private static void AssertAsserted(ObservationRecord record) =>
        Assert.Equal((First, 2L, Again, 3L), (record.Report, record.Position, record.AffirmedReport, record.AffirmedPosition));

    private static IEnumerable<ObservationRecord> Observations(Explanation explanation) =>
        explanation.Inputs.SelectMany(Observations).Prepend(explanation.Observation).OfType<ObservationRecord>();
}
