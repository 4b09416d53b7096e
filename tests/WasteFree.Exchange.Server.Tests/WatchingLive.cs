using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>Watchers that stand at the head while the history goes on.</summary>
public sealed class WatchingLive
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Theory, InlineData(11), InlineData(12)]
    public async Task SnapshotJoins_a_snapshot_in_the_middle_and_the_changes_after_it_are_what_a_replay_ends_with(int seed)
    {
        var watchers = new List<(WatchingReader Reader, Task Reading, Func<ModelKey, bool> Takes)>();
        var end = new TaskCompletionSource<long>();
        await using var history = await WatchingHistory.BuildAsync(seed, (running, step) =>
        {
            if (step % 7 != 3) return Task.CompletedTask;
            var (filter, takes) = WatchingHistory.Filters[step % WatchingHistory.Filters.Count];
            var reader = new WatchingReader();
            var hub = running.Hubs[step % 2];
            watchers.Add((reader, ReadAsync(hub, new WatchRequest { StartAt = WatchStart.Snapshot, Filter = filter }, reader, end.Task), takes));
            return Task.CompletedTask;
        });
        var last = await history.Hubs[0].SubmitAsync(WatchingHub.Wanzhou, "last", [new ModelKey(WatchingHub.Wanzhou, "ZW21-11", "WHOLE", "1999").Row("1")]);
        end.SetResult(last.Position);

        Assert.Equal(9, watchers.Count);
        foreach (var (reader, reading, takes) in watchers)
        {
            await reading;
            var expected = history.Model.Current.Where(value => takes(value.Key)).ToDictionary();
            var told = WatchingModel.Replay(reader.Changes.Where(change => change.Position < last.Position), reader.Snapshot);
            Assert.Equal(expected, told);
            Assert.All(reader.Changes, change => Assert.True(change.Position > reader.SnapshotPosition));
        }
    }

    [Fact]
    public async Task A_change_committed_on_one_hub_arrives_at_a_watcher_of_the_other_whose_token_both_take()
    {
        var folder = await HubFolder.CreateAsync();
        await using (var one = await WatchingHub.StartAsync(folder))
        await using (var other = await WatchingHub.StartAsync(folder))
        {
            using var watch = other.Feed.Watch(new WatchRequest(), cancellationToken: Cancelled);
            Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
            Assert.NotNull(watch.ResponseStream.Current.CaughtUp);

            var receipt = await one.SubmitAsync(WatchingHub.Wanzhou, "r1", [Row("2020", "1")]);
            // Where a commit takes longer than the interval of progress, that comes first.
            do Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
            while (watch.ResponseStream.Current.Progress is not null);
            Assert.Equal(receipt.Position, watch.ResponseStream.Current.Change.Position);

            var token = watch.ResponseStream.Current.ResumeToken;
            await other.SubmitAsync(WatchingHub.Wanzhou, "r2", [Row("2020", "2")]);
            foreach (var hub in new[] { one, other })
                Assert.Equal([receipt.Position + 1], WatchingReader.Of(await hub.ReadAsync(new WatchRequest { ResumeToken = token })).Changes.Select(change => change.Position));
        }
        await folder.DisposeAsync();
    }

    [Fact]
    public async Task A_watcher_that_stalls_loses_nothing()
    {
        var folder = await HubFolder.CreateAsync();
        await using (var hub = await WatchingHub.StartAsync(folder))
        {
            using var watch = hub.Feed.Watch(new WatchRequest { Filter = WatchingHistory.Filters[0].Filter }, cancellationToken: Cancelled);
            Assert.True(await watch.ResponseStream.MoveNext(Cancelled));

            // More than every buffer between the hub and here holds, while nobody reads.
            const int reports = 40;
            for (var i = 0; i < reports; i++)
                await hub.SubmitAsync(WatchingHub.DemoWanzhou, $"r{i}", Enumerable.Range(0, 200).Select(day => Noted(day, i)));

            var reader = new WatchingReader();
            while (reader.Changes.Count < reports)
            {
                Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
                reader.Take(watch.ResponseStream.Current);
            }
            Assert.Equal(Enumerable.Range(3, reports).Select(position => (long)position), reader.Changes.Select(change => change.Position));
            Assert.All(reader.Changes, change => Assert.Equal(200, change.Rows.Count));
        }
        await folder.DisposeAsync();
    }

    private static Observation Noted(int day, int value)
    {
        var row = new ModelKey(WatchingHub.DemoWanzhou, "ZW21-11", "WHOLE", new DateOnly(2001, 1, 1).AddDays(day).ToString("yyyy-MM-dd")).Row($"{value}");
        row.Note = new string('例', 1_000);
        return row;
    }

    private static Observation Row(string period, string value) => new ModelKey(WatchingHub.Wanzhou, "ZW21-11", "WHOLE", period).Row(value);

    /// <summary>Reads until everything up to a position is known to be delivered.</summary>
    private static async Task ReadAsync(WatchingHub hub, WatchRequest request, WatchingReader reader, Task<long> end)
    {
        request.ProgressInterval = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(1));
        using var watch = hub.Feed.Watch(request, cancellationToken: Cancelled);
        while (!end.IsCompleted || reader.Tokens is [] || reader.Tokens[^1].Position < await end)
        {
            Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
            reader.Take(watch.ResponseStream.Current);
        }
    }
}
