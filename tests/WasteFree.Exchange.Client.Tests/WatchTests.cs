using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Client.Tests;

public sealed class WatchTests : IAsyncLifetime
{
    private static readonly ObservationFilter Everything = new() { IncludeIllustrative = true };

    private HubInProcess _hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hub = await HubInProcess.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory, InlineData(60_000), InlineData(200_000), InlineData(500_000), InlineData(900_000)]
    public async Task No_row_comes_twice_after_a_cut_in_the_middle_of_a_large_change(long cutAt)
    {
        const int rows = 6_000;
        using var direct = _hub.Connect();
        await direct.Uploader.UploadAsync(Rows.Upload("large", rows), null, Cancellation);
        await using var relay = new CuttableRelay(_hub.Address, cutAtReceived: cutAt);
        using var connection = _hub.Connect(relay.Address);

        var values = new List<string>();
        var last = 0;
        await foreach (var message in connection.Client.WatchAsync(new WatchSubscription { StartAt = WatchStart.Earliest, Filter = Everything }, Cancellation))
        {
            if (message.CaughtUp is not null) break;
            if (message.Change is not { Kind: WatchChangeKind.ReportCommitted } change) continue;
            values.AddRange(change.Observations.Select(row => row.Record.Observation.Value));
            if (change.Last) last++;
        }
        Assert.True(relay.WasCut);
        Assert.Equal(1, last);
        Assert.Equal(Enumerable.Range(0, rows).Select(number => $"{number}.50"), values);
    }

    [Theory, InlineData(60_000), InlineData(200_000), InlineData(400_000)]
    public async Task A_snapshot_that_was_cut_goes_on_where_it_ended_though_the_ledger_goes_on(long cutAt)
    {
        const int rows = 4_000;
        using var direct = _hub.Connect();
        await direct.Uploader.UploadAsync(Rows.Upload("large", rows), null, Cancellation);
        await using var relay = new CuttableRelay(_hub.Address, cutAtReceived: cutAt);
        using var connection = _hub.Connect(relay.Address);

        var values = new List<string>();
        var positions = new HashSet<long>();
        await foreach (var message in connection.Client.WatchAsync(new WatchSubscription { StartAt = WatchStart.Snapshot, Filter = Everything }, Cancellation))
        {
            if (message.SnapshotPart is { } part)
            {
                // What is told after the break must still be what was there when the snapshot began.
                if (values.Count == 0) await direct.Client.WithdrawReportAsync("organizations/demo-500101/reports/large", "test", Cancellation);
                values.AddRange(part.Observations.Select(record => record.Observation.Value));
                positions.Add(part.Position);
            }
            else if (message.SnapshotEnd is { } end)
            {
                Assert.Equal((rows, positions.Single()), (end.Count, end.Position));
            }
            else if (message.Change is { } change)
            {
                // Only now is the withdrawal told.
                Assert.Equal(WatchChangeKind.ReportWithdrawn, change.Kind);
                break;
            }
        }
        Assert.True(relay.WasCut);
        Assert.Equal(rows, values.Count);
        Assert.Equal(rows, values.Distinct().Count());
    }

    [Fact]
    public async Task A_watch_survives_restarts_of_the_hub_and_misses_nothing()
    {
        using var connection = _hub.Connect();
        var interruptions = new List<WatchInterruption>();
        var subscription = new WatchSubscription { Filter = Everything, Interruptions = new Listener(interruptions.Add) };
        await using var watch = connection.Client.WatchAsync(subscription, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await watch.MoveNextAsync());
        Assert.NotNull(watch.Current.CaughtUp);

        // Each report is longer than the one before: rows that say nothing new are not told.
        for (var round = 0; round < 3; round++)
        {
            await connection.Uploader.UploadAsync(Rows.Upload($"before-{round}", 20 * round + 1), null, Cancellation);
            await _hub.RestartAsync();
            using (var fresh = _hub.Connect()) await fresh.Uploader.UploadAsync(Rows.Upload($"after-{round}", 20 * round + 10), null, Cancellation);
            Assert.Equal($"before-{round}", await NextReportAsync(watch));
            Assert.Equal($"after-{round}", await NextReportAsync(watch));
        }
        Assert.NotEmpty(interruptions);
        Assert.All(interruptions, interruption => Assert.True(interruption.RetryIn >= TimeSpan.Zero));
    }

    [Fact]
    public async Task A_watch_goes_on_after_the_token_that_was_kept()
    {
        using var connection = _hub.Connect();
        var first = await FirstAsync(connection, new WatchSubscription { StartAt = WatchStart.Earliest, Filter = Everything }, message => message.CaughtUp is not null);
        await connection.Uploader.UploadAsync(Rows.Upload("r1", 3), null, Cancellation);
        var subscription = new WatchSubscription { ResumeToken = first.ResumeToken, Filter = Everything };
        var next = await FirstAsync(connection, subscription, _ => true);
        Assert.Equal("organizations/demo-500101/reports/r1", next.Change.Report);
        var since = await FirstAsync(connection, new WatchSubscription { Since = new AsOf { Position = next.Change.Position - 1 }, Filter = Everything }, _ => true);
        // A token is sealed anew each time; what it stands for is the same.
        Assert.Equal(next.ResumeToken.Length, since.ResumeToken.Length);
        (next.ResumeToken, since.ResumeToken) = ("", "");
        Assert.Equal(next, since);
    }

    [Fact]
    public async Task A_ledger_that_was_rewound_is_told_and_not_retried()
    {
        using var connection = _hub.Connect();
        var backup = await _hub.CopyAsync();
        await connection.Uploader.UploadAsync(Rows.Upload("lost", 1), null, Cancellation);
        var at = await FirstAsync(connection, new WatchSubscription { Filter = Everything }, message => message.CaughtUp is not null);

        await _hub.RestoreAsync(backup);
        using var again = _hub.Connect();
        var refused = await Assert.ThrowsAsync<ExchangeException>(() =>
            FirstAsync(again, new WatchSubscription { ResumeToken = at.ResumeToken, Filter = Everything }, _ => true));
        Assert.Equal(ErrorReason.LedgerRewound, refused.Reason);
        Assert.False(refused.Retriable);
        Assert.NotEmpty(refused.MessageZh);
    }

    [Fact]
    public async Task A_watch_gives_up_when_the_hub_stays_away_and_ends_when_it_is_told_to()
    {
        using var connection = _hub.Connect(giveUpAfter: TimeSpan.Zero);
        using var told = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var watch = connection.Client.WatchAsync(new WatchSubscription(), told.Token).GetAsyncEnumerator(told.Token);
        await watch.MoveNextAsync();
        var next = watch.MoveNextAsync().AsTask();
        await told.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);

        await _hub.StopAsync();
        await Assert.ThrowsAsync<HubUnreachableException>(() => FirstAsync(connection, new WatchSubscription(), _ => true));
    }

    [Fact]
    public async Task An_unfinished_upload_is_given_up_and_its_name_is_free_again()
    {
        using var connection = _hub.Connect();
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var upload = Rows.Upload("r1", 5_000) with { Rows = Rows.Source(5_000, pauseAt: 4_000, once: cut.CancelAsync) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.Uploader.UploadAsync(upload, null, cut.Token));

        Assert.Equal(ReportState.Aborted, (await connection.Client.AbortReportAsync(upload.Report, Cancellation)).State);
        Assert.Equal(ReportState.Aborted, (await connection.Client.AbortReportAsync(upload.Report, Cancellation)).State);
        await connection.Uploader.UploadAsync(Rows.Upload("r1", 7), null, Cancellation);
        var refused = await Assert.ThrowsAsync<ExchangeException>(() => connection.Client.AbortReportAsync(upload.Report, Cancellation));
        Assert.Equal(ErrorReason.ReportState, refused.Reason);
    }

    private static async Task<string> NextReportAsync(IAsyncEnumerator<WatchResponse> watch)
    {
        do Assert.True(await watch.MoveNextAsync());
        while (watch.Current.Change is null);
        return watch.Current.Change.Report.Split('/')[^1];
    }

    private static async Task<WatchResponse> FirstAsync(ExchangeConnection connection, WatchSubscription subscription, Func<WatchResponse, bool> wanted)
    {
        await foreach (var message in connection.Client.WatchAsync(subscription, Cancellation))
            if (wanted(message)) return message;
        throw new InvalidOperationException("The watch ended.");
    }

    private sealed class Listener(Action<WatchInterruption> heard) : IProgress<WatchInterruption>
    {
        public void Report(WatchInterruption value) => heard(value);
    }
}
