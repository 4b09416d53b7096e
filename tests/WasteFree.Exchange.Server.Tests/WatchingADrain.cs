using System.Diagnostics;
using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>How a hub ends the watches of its clients.</summary>
public sealed class WatchingADrain : IAsyncLifetime
{
    private HubFolder _folder = null!;
    private WatchingHub _hub = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _folder = await HubFolder.CreateAsync();
        _hub = await WatchingHub.StartAsync(_folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is null) return;
        await _hub.DisposeAsync();
        await _folder.DisposeAsync();
    }

    [Fact]
    public async Task A_watcher_that_reads_gets_GoAway_then_UNAVAILABLE_with_RetryInfo_within_two_seconds()
    {
        using var watch = _hub.Feed.Watch(new WatchRequest(), cancellationToken: Cancelled);
        Assert.True(await watch.ResponseStream.MoveNext(Cancelled));

        var started = Stopwatch.GetTimestamp();
        var stopping = _hub.StopAsync();
        Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
        var goAway = watch.ResponseStream.Current.GoAway;
        Assert.Equal(ErrorReason.HubDraining, goAway.Reason);
        Assert.True(goAway.RetryAfter.ToTimeSpan() > TimeSpan.Zero);

        var end = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(Cancelled));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
        Assert.Equal("HUB_DRAINING", end.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason);
        Assert.NotNull(end.GetRpcStatus()!.GetDetail<Google.Rpc.RetryInfo>());
        await stopping;
    }

    [Fact]
    public async Task A_watcher_that_does_not_read_holds_the_drain_for_five_seconds_at_most()
    {
        using var watch = _hub.Feed.Watch(new WatchRequest { Filter = WatchingHistory.Filters[0].Filter }, cancellationToken: Cancelled);
        Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
        var note = new string('例', 1_000);
        for (var i = 0; i < 10; i++)
        {
            await _hub.SubmitAsync(WatchingHub.DemoWanzhou, $"r{i}", Enumerable.Range(0, 200).Select(day =>
            {
                var row = new ModelKey(WatchingHub.DemoWanzhou, "ZW21-11", "WHOLE", new DateOnly(2001, 1, 1).AddDays(day).ToString("yyyy-MM-dd")).Row($"{i}");
                row.Note = note;
                return row;
            }));
        }

        var started = Stopwatch.GetTimestamp();
        await _hub.StopAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }
}
