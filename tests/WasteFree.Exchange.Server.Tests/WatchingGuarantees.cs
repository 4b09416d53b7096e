using WasteFree.Exchange.Tests.Shared;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>Histories of a few seeds, made once: nothing changes them afterwards.</summary>
public sealed class WatchingHistories : IAsyncLifetime
{
    public const int Seeds = 3;

    private WatchingHistory[] _all = [];

    internal WatchingHistory[] All => HubFolder.Require(_all);

    public async ValueTask InitializeAsync() =>
        _all = SqlServerForTests.IsMissing ? [] : await Task.WhenAll(Enumerable.Range(1, Seeds).Select(seed => WatchingHistory.BuildAsync(seed)));

    public async ValueTask DisposeAsync()
    {
        foreach (var history in _all) await history.DisposeAsync();
    }
}

/// <summary>The guarantees of the feed, each by its name, over random histories on two hubs with one store.</summary>
public sealed class WatchingGuarantees(WatchingHistories histories) : IClassFixture<WatchingHistories>
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, WatchingHistories.Seeds)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task Ordered_changes_come_in_ledger_order_and_are_dense_without_a_filter(int seed)
    {
        var told = await ReadAsync(seed, 0, WatchStart.Earliest);
        Assert.Contains(told.Changes, change => change.Rows.Count > 500);
        Assert.All(told.Changes.Zip(told.Changes.Skip(1)), pair => Assert.True(pair.First.Position < pair.Second.Position));
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Unique_and_Complete_every_change_comes_exactly_once(int seed)
    {
        var told = await ReadAsync(seed, 0, WatchStart.Earliest);
        WatchingReader.AssertSame(histories.All[seed].Model.Told(_ => true), told.Changes);
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Atomic_a_change_in_parts_is_whole_before_its_token(int seed)
    {
        var messages = await histories.All[seed].Hubs[0].ReadAsync(new WatchRequest { StartAt = WatchStart.Earliest, Filter = WatchingHistory.Filters[0].Filter });
        var parts = messages.Where(message => message.Change is not null).GroupBy(message => message.Change.Position).ToList();
        Assert.Contains(parts, part => part.Count() > 1);
        Assert.All(parts, part =>
        {
            Assert.All(part.SkipLast(1), message => Assert.False(message.Change.Last || message.ResumeToken.Length > 0));
            Assert.True(part.Last().Change.Last && part.Last().ResumeToken.Length > 0);
        });
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Resumable_what_comes_after_a_token_is_what_came_after_it_before_on_either_hub(int seed)
    {
        for (var which = 0; which < WatchingHistory.Filters.Count; which++)
        {
            var whole = await ReadAsync(seed, which, WatchStart.Earliest);
            for (var i = 0; i < whole.Tokens.Count; i += 3)
            {
                var (token, before, _) = whole.Tokens[i];
                var request = new WatchRequest { ResumeToken = token, Filter = WatchingHistory.Filters[which].Filter };
                var rest = WatchingReader.Of(await histories.All[seed].Hubs[i % 2].ReadAsync(request));
                WatchingReader.AssertSame(whole.Changes[before..], rest.Changes);
            }
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Bookmarkable_no_message_is_ahead_of_anything_undelivered(int seed)
    {
        for (var which = 0; which < WatchingHistory.Filters.Count; which++)
        {
            var told = await ReadAsync(seed, which, WatchStart.Earliest);
            var expected = histories.All[seed].Model.Told(WatchingHistory.Filters[which].Takes);
            Assert.All(told.Tokens, token => Assert.Equal(expected.Count(change => change.Position <= token.Position), token.Changes));
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task FilterExact_exactly_what_the_filter_takes_is_told(int seed)
    {
        for (var which = 0; which < WatchingHistory.Filters.Count; which++)
        {
            var expected = histories.All[seed].Model.Told(WatchingHistory.Filters[which].Takes);
            Assert.Contains(expected, change => change.Rows.Count > 0);
            WatchingReader.AssertSame(expected, (await ReadAsync(seed, which, WatchStart.Earliest)).Changes);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task The_detail_of_reports_tells_the_same_changes_without_their_rows(int seed)
    {
        for (var which = 0; which < WatchingHistory.Filters.Count; which++)
        {
            var request = new WatchRequest { StartAt = WatchStart.Earliest, Filter = WatchingHistory.Filters[which].Filter, Detail = WatchDetail.Report };
            var told = WatchingReader.Of(await histories.All[seed].Hubs[1].ReadAsync(request));
            var expected = histories.All[seed].Model.Told(WatchingHistory.Filters[which].Takes);
            WatchingReader.AssertSame([.. expected.Select(change => change with { Rows = [] })], told.Changes);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task SnapshotJoins_a_snapshot_is_what_the_replay_ends_with(int seed)
    {
        for (var which = 0; which < WatchingHistory.Filters.Count; which++)
        {
            var takes = WatchingHistory.Filters[which].Takes;
            var snapshot = await ReadAsync(seed, which, WatchStart.Snapshot);
            Assert.Empty(snapshot.Changes);
            var replay = WatchingModel.Replay((await ReadAsync(seed, which, WatchStart.Earliest)).Changes);
            Assert.Equal(replay, snapshot.Snapshot);
            Assert.Equal(histories.All[seed].Model.Current.Where(value => takes(value.Key)).ToDictionary(), snapshot.Snapshot);
        }
    }

    private async Task<WatchingReader> ReadAsync(int seed, int which, WatchStart from) =>
        WatchingReader.Of(await histories.All[seed].Hubs[seed % 2].ReadAsync(new WatchRequest { StartAt = from, Filter = WatchingHistory.Filters[which].Filter }));
}
