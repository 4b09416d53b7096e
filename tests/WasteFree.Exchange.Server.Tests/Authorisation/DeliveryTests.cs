using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.V1;
using Xunit;
using static WasteFree.Exchange.Server.Tests.Authorisation.SharingHub;

namespace WasteFree.Exchange.Server.Tests.Authorisation;

/// <summary>A watch tells what its caller may read when it is told, however long it has been going on.</summary>
public sealed class DeliveryTests
{
    private static readonly DateTimeOffset LastMinute = new(2026, 6, 30, 23, 59, 0, TimeSpan.FromHours(8));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_grant_that_ends_ends_what_a_running_watch_is_told_and_its_places_go_on()
    {
        var clock = new FakeTimeProvider(LastMinute);
        await using var hub = await SharingHub.StartAsync(clock);
        await hub.GrantAsync("east,west,S-COND,*,示例用途,,2026-06-30");
        using var watch = Watch(hub);

        await hub.SubmitAsync("west", Row("west", Conditional, "2023", "1"));
        Assert.Equal("1", ValueOf(await NextChangeAsync(watch)));
        clock.Advance(TimeSpan.FromMinutes(1));
        await hub.SubmitAsync("west", Row("west", Conditional, "2024", "2"));
        await hub.SubmitAsync("east", Row("east", Conditional, "2024", "3"));

        var next = await NextChangeAsync(watch);
        Assert.Equal("3", ValueOf(next));
        Assert.Equal(await HeadAsync(hub), next.Position);
    }

    [Fact]
    public async Task A_grant_that_is_taken_back_or_given_counts_for_the_next_change()
    {
        await using var hub = await SharingHub.StartAsync();
        using var watch = Watch(hub);

        await hub.SubmitAsync("west", Row("west", Conditional, "2023", "1"));
        await hub.GrantAsync("east,west,S-COND,*,示例用途,,2999-12-31");
        Assert.Equal(WatchChangeKind.CatalogChanged, (await NextChangeAsync(watch)).Kind);
        await hub.SubmitAsync("west", Row("west", Conditional, "2024", "2"));
        var granted = await NextChangeAsync(watch);
        Assert.Equal("2", ValueOf(granted));
        // How many rows a report has is not the reader's to know.
        Assert.Null(granted.Counts);

        await hub.GrantAsync("east,west,S-COND,*,示例用途,,2000-12-31");
        Assert.Equal(WatchChangeKind.CatalogChanged, (await NextChangeAsync(watch)).Kind);
        await hub.SubmitAsync("west", Row("west", Conditional, "2025", "3"));
        await hub.SubmitAsync("east", Row("east", Conditional, "2025", "4"));
        var own = await NextChangeAsync(watch);
        Assert.Equal(("4", 1), (ValueOf(own), own.Counts.Submitted));
    }

    [Fact]
    public async Task A_snapshot_and_a_report_of_several_parts_hold_only_what_the_watcher_may_read()
    {
        await using var hub = await SharingHub.StartAsync();
        await hub.SubmitAsync("west", Row("west", Conditional, "2023", "1"), Row("west", Free, "2023", "2"), Row("west", Shut, "2023", "3"));
        using var watch = hub.Hub.Feed.Watch(new WatchRequest { StartAt = WatchStart.Snapshot }, RunningHub.As("east"), cancellationToken: Cancelled);

        Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
        Assert.Equal(["2"], watch.ResponseStream.Current.SnapshotPart.Observations.Select(record => record.Observation.Value));
        Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
        Assert.Equal(1, watch.ResponseStream.Current.SnapshotEnd.Count);

        await hub.SubmitAsync("west", Row("west", Shut, "2024", "4"), Row("west", Free, "2024", "5"));
        Assert.Equal("5", ValueOf(await NextChangeAsync(watch)));
    }

    private static AsyncServerStreamingCall<WatchResponse> Watch(SharingHub hub) =>
        hub.Hub.Feed.Watch(new WatchRequest(), RunningHub.As("east"), cancellationToken: Cancelled);

    private static async Task<WatchChange> NextChangeAsync(AsyncServerStreamingCall<WatchResponse> watch)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        do Assert.True(await watch.ResponseStream.MoveNext(patience.Token));
        while (watch.ResponseStream.Current.Change is null);
        return watch.ResponseStream.Current.Change;
    }

    private static string ValueOf(WatchChange change) => Assert.Single(change.Observations).Record.Observation.Value;

    private static async Task<long> HeadAsync(SharingHub hub) =>
        (await hub.Hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled)).HeadPosition;
}
