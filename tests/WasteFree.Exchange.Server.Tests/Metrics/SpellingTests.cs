using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Metrics;

/// <summary>A change of spelling only (90 to 90.0, 12000 t to 12 10*3.t) is told apart from a change of the quantity.</summary>
public sealed class SpellingTests : IAsyncLifetime
{
    private RunningHub _hub = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The built-in catalogue is position 1.</summary>
    public async ValueTask InitializeAsync()
    {
        _hub = await RunningHub.StartAsync();
        var secret = Rows.Tonnes("2020", "90");
        secret.Confidentiality = "C";
        await SubmitAsync("r1", Rows.Tonnes("2023", "90"), Rows.Tonnes("2022", "12000"), Rows.Tonnes("2021", "90"), secret);
        var (unit, respelled) = (Rows.Tonnes("2022", "12"), secret.Clone());
        (unit.Unit, respelled.Value) = ("10*3.t", "90.0");
        await SubmitAsync("r2", Rows.Tonnes("2023", "90.0"), unit, Rows.Tonnes("2021", "90.1"), respelled);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    /// <summary>That a number which is withheld is still the same is withheld, too.</summary>
    [Fact]
    public async Task A_difference_says_that_only_the_spelling_differs()
    {
        var request = new DiffObservationsRequest { Since = new AsOf { Position = 2 } };
        var differences = (await _hub.Metrics.DiffObservationsAsync(request, cancellationToken: Cancelled)).Differences;
        Assert.Equal([("2020", false), ("2021", false), ("2022", true), ("2023", true)], differences.Select(d => (d.After.Observation.Period, d.SpellingOnly)));
        var own = (await _hub.Metrics.DiffObservationsAsync(request, RunningHub.As("yaan"), cancellationToken: Cancelled)).Differences;
        Assert.Equal([true, false, true, true], own.Select(d => d.SpellingOnly));
        Assert.Equal(("90", "90.0"), (own[3].Before.Observation.Value, own[3].After.Observation.Value));
    }

    [Theory]
    [InlineData("2023", true)]
    [InlineData("2022", true)]
    [InlineData("2021", false)]
    [InlineData("2020", false)]
    public async Task A_history_says_that_only_the_spelling_is_another(string period, bool expected)
    {
        var request = new ListRevisionsRequest { Indicator = "HUB-HW-GEN", Region = "511800", Period = period };
        var revisions = (await _hub.Metrics.ListRevisionsAsync(request, cancellationToken: Cancelled)).Revisions;
        Assert.Equal([false, expected], revisions.Select(revision => revision.SpellingOnly));
        request.PageSize = 1;
        var second = await _hub.Metrics.ListRevisionsAsync(request, cancellationToken: Cancelled);
        request.PageToken = second.NextPageToken;
        Assert.Equal(expected, (await _hub.Metrics.ListRevisionsAsync(request, cancellationToken: Cancelled)).Revisions.Single().SpellingOnly);
    }

    [Fact]
    public async Task A_watch_says_that_only_the_spelling_is_another()
    {
        using var watch = _hub.Feed.Watch(new WatchRequest { StartAt = WatchStart.Earliest }, cancellationToken: Cancelled);
        do Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
        while (watch.ResponseStream.Current.Change?.Position != 3);
        var change = watch.ResponseStream.Current.Change;
        Assert.Equal(
            [("2020", false), ("2021", false), ("2022", true), ("2023", true)],
            change.Observations.Select(o => (o.Record.Observation.Period, o.SpellingOnly)).Order());
    }

    private async Task SubmitAsync(string id, params Observation[] rows) =>
        await _hub.Reports.SubmitReportAsync(Rows.Report(id, rows), RunningHub.As("yaan"), cancellationToken: Cancelled);
}
