using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Feed;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using Xunit;
using ObservationFilter = WasteFree.Exchange.Store.ObservationFilter;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>The feed with a short memory and a clock of the test's, on the store of a real hub.</summary>
public sealed class WatchingTheTail : IAsyncLifetime
{
    private const int Capacity = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private HubFolder _folder = null!;
    private readonly FakeTimeProvider _time = new();
    private WatchingHub _hub = null!;
    private IExchangeStore _store = null!;
    private LedgerTail _tail = null!;
    private int _reports;
    private Visibility _visibility = Visibility.Everything;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _folder = await HubFolder.CreateAsync();
        _hub = await WatchingHub.StartAsync(_folder);
        _store = _hub.Services.GetRequiredService<IExchangeStore>();
        _tail = new LedgerTail(_store, Capacity);
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is null) return;
        await _tail.DisposeAsync();
        await _hub.DisposeAsync();
        await _folder.DisposeAsync();
    }

    [Fact]
    public async Task A_watcher_behind_the_tail_is_told_so_reads_the_store_and_catches_up_without_a_gap()
    {
        await using var watch = Watch(new LedgerPoint(2, (await _store.ReadLedgerAsync(1, 1, Cancelled))[0].EntryHash));
        Assert.Equal(2, Assert.IsType<FeedEvent.CaughtUp>(await NextAsync(watch)).Point.Position);

        await SubmitAsync(Capacity + 3);
        var behind = Assert.IsType<FeedEvent.FellBehind>(await NextAsync(watch));
        Assert.Equal(2, behind.Point.Position);
        Assert.Equal(2 + Capacity + 3, behind.Head);

        var told = new List<long>();
        FeedEvent happened;
        while ((happened = await NextAsync(watch)) is FeedEvent.Change change) told.Add(change.Entry.Position);
        Assert.Equal(Enumerable.Range(3, Capacity + 3).Select(position => (long)position), told);
        Assert.Equal(2 + Capacity + 3, Assert.IsType<FeedEvent.CaughtUp>(happened).Point.Position);
    }

    [Fact]
    public async Task A_watcher_that_the_tail_still_reaches_has_not_fallen_behind()
    {
        await using var watch = Watch(new LedgerPoint(2, (await _store.ReadLedgerAsync(1, 1, Cancelled))[0].EntryHash));
        await NextAsync(watch);
        await SubmitAsync(Capacity);
        for (var position = 3L; position < 3 + Capacity; position++)
            Assert.Equal(position, Assert.IsType<FeedEvent.Change>(await NextAsync(watch)).Entry.Position);
    }

    [Fact]
    public async Task Progress_is_told_at_each_interval_while_nothing_happens_and_at_none_between()
    {
        await using var watch = Watch(LedgerPoint.Origin);
        while (await NextAsync(watch) is not FeedEvent.CaughtUp)
        {
        }
        for (var i = 0; i < 3; i++)
        {
            var next = watch.MoveNextAsync();
            _time.Advance(Interval - TimeSpan.FromMilliseconds(1));
            Assert.False(next.IsCompleted);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(await next);
            Assert.Equal(2, Assert.IsType<FeedEvent.Progress>(watch.Current).Point.Position);
        }
    }

    [Fact]
    public async Task Progress_is_told_while_the_filter_takes_nothing_of_what_happens_and_is_not_ahead_of_what_it_takes()
    {
        await SubmitAsync(8);
        var wanted = await SubmitAsync(1, "2021");
        var filter = new ObservationFilter { Periods = [Values.Period.TryParse("2021", out var year) ? year : default] };
        // The clock moves at each look: some entries pass within an interval, and the interval passes.
        _time.AutoAdvanceAmount = TimeSpan.FromSeconds(3);
        await using var watch = Watch(new LedgerPoint(2, []), filter);
        var told = new List<long>();
        while (await NextAsync(watch) is FeedEvent.Progress progress) told.Add(progress.Point.Position);
        Assert.Equal(wanted, Assert.IsType<FeedEvent.Change>(watch.Current).Entry.Position);
        Assert.NotEmpty(told);
        Assert.Equal(told.Distinct().Order(), told);
        Assert.All(told, position => Assert.InRange(position, 3, wanted - 1));
    }

    [Fact]
    public async Task A_window_holds_what_follows_the_positions_it_reaches()
    {
        await SubmitAsync(Capacity + 1);
        while (_tail.Current.Head < 2 + Capacity + 1) await _tail.Current.Next.WaitAsync(Cancelled);
        var window = _tail.Current;
        Assert.Equal(Capacity, window.Entries.Count);
        Assert.False(window.Holds(window.Head - Capacity - 1));
        Assert.True(window.Holds(window.Head - Capacity));
        Assert.True(window.Holds(window.Head));
        Assert.Equal(Enumerable.Range(4, Capacity).Select(position => (long)position), window.After(3).Select(entry => entry.Position));
        Assert.Empty(window.After(window.Head));
        Assert.False(window.Next.IsCompleted);
    }

    [Fact]
    public async Task What_was_read_ahead_is_not_told_once_it_is_revoked_and_the_change_is_closed_all_the_same()
    {
        const int rows = 1_200;
        await _hub.SubmitAsync(
            WatchingHub.Wanzhou, "long",
            Enumerable.Range(0, rows).Select(i => new ModelKey(WatchingHub.Wanzhou, "ZW21-11", "WHOLE", $"{new DateOnly(1990, 1, 1).AddDays(i):yyyy-MM-dd}").Row("1")));
        await using var watch = Watch(new LedgerPoint(2, []));

        var first = Assert.IsType<FeedEvent.Change>(await NextAsync(watch));
        Assert.False(first.IsLast);
        Assert.InRange(first.Rows.Count, 1, rows - 1);
        _visibility = Visibility.Nothing;

        var last = Assert.IsType<FeedEvent.Change>(await NextAsync(watch));
        Assert.True(last.IsLast);
        Assert.Empty(last.Rows);
        Assert.Equal(first.Entry.Position, Assert.IsType<FeedEvent.CaughtUp>(await NextAsync(watch)).Point.Position);
    }

    private IAsyncEnumerator<FeedEvent> Watch(LedgerPoint start, ObservationFilter? filter = null)
    {
        var request = new FeedRequest
        {
            Start = start,
            Filter = _ => filter ?? new ObservationFilter(),
            Visibility = _ => Task.FromResult(_visibility),
            ProgressInterval = Interval,
        };
        return new LedgerFeed(_store, new CatalogHistory(_store), _tail, _time).WatchAsync(request, Cancelled).GetAsyncEnumerator(Cancelled);
    }

    private static async Task<FeedEvent> NextAsync(IAsyncEnumerator<FeedEvent> watch)
    {
        Assert.True(await watch.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancelled));
        return watch.Current;
    }

    /// <summary>Commits reports and waits until the tail knows them.</summary>
    private async Task<long> SubmitAsync(int count, string period = "2020")
    {
        var last = 0L;
        for (var i = 0; i < count; i++)
        {
            var id = $"r{_reports++}";
            last = (await _hub.SubmitAsync(WatchingHub.Wanzhou, id, [new ModelKey(WatchingHub.Wanzhou, "ZW21-11", "WHOLE", period).Row($"{_reports}")])).Position;
        }
        while (_tail.Current.Head < last) await _tail.Current.Next.WaitAsync(Cancelled);
        return last;
    }
}
