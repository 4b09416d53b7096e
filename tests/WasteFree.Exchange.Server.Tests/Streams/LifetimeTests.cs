using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Streams;

/// <summary>No stream lasts for ever: its end says when to come back, and what was acknowledged is where the next one goes on.</summary>
public sealed class LifetimeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_stream_that_is_old_is_told_to_come_back_and_resumes()
    {
        await using var hub = await RunningHub.StartAsync(time: _clock);
        using var talk = ReportTalk.With(hub);
        await talk.OpenAsync("old");
        await talk.ChunkAsync(0, Rows.Days(3));
        await talk.HearAckAsync();

        Assert.Equal(ErrorReason.HubDraining, (await PingUntilTheEndAsync(talk)).Reason);
        using var again = ReportTalk.With(hub);
        Assert.Equal(3, (await again.OpenAsync("old")).DurableOffset);
    }

    [Fact]
    public async Task A_stream_on_which_nothing_comes_is_ended_as_idle()
    {
        await using var hub = await RunningHub.StartAsync(time: _clock);
        using var talk = ReportTalk.With(hub);
        await talk.OpenAsync("idle");

        var heard = talk.HearRefusalAsync(ErrorReason.StreamIdle);
        await AdvanceUntilAsync(heard, TimeSpan.FromMinutes(6));
        await heard;
    }

    [Fact]
    public async Task A_watch_that_is_old_is_told_to_come_back()
    {
        await using var hub = await RunningHub.StartAsync(time: _clock);
        using var watch = hub.Feed.Watch(new WatchRequest { StartAt = WatchStart.Now }, cancellationToken: TestContext.Current.CancellationToken);
        do
        {
            var next = watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
            await AdvanceUntilAsync(next, TimeSpan.FromMinutes(20));
            Assert.True(await next);
        }
        while (watch.ResponseStream.Current.MessageCase != WatchResponse.MessageOneofCase.GoAway);

        Assert.NotNull(watch.ResponseStream.Current.GoAway.RetryAfter);
        var refused = await Refused.ByAsync(() => watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken).WaitAsync(Patience));
        Assert.Equal(ErrorReason.HubDraining, refused.Reason);
    }

    /// <summary>Pings keep a stream from being idle, not from growing old.</summary>
    private Task<Refused> PingUntilTheEndAsync(ReportTalk talk) => Refused.ByAsync(async () =>
    {
        for (var ping = 0; ping < 20; ping++)
        {
            _clock.Advance(TimeSpan.FromMinutes(4));
            // The hub may have ended the stream just now.
            await talk.SayIntoRefusalAsync(new UploadReportRequest { Ping = new UploadPing() });
            Assert.Equal(3, (await talk.HearAckAsync()).DurableOffset);
        }
    });

    /// <summary>The hub may begin to wait a moment after its last answer: the clock moves until it is seen.</summary>
    private async Task AdvanceUntilAsync(Task heard, TimeSpan step)
    {
        for (var i = 0; i < 200 && !heard.IsCompleted; i++)
        {
            _clock.Advance(step);
            await Task.WhenAny(heard, Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken));
        }
    }
}
