using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Streams;

/// <summary>No stream lasts for ever: its end is announced, and what was acknowledged is where the next one goes on.</summary>
public sealed class LifetimeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_stream_that_is_old_is_told_to_come_back_and_resumes()
    {
        await using var hub = await RunningHub.StartAsync(time: _clock);
        using var talk = ReportTalk.With(hub);
        await talk.OpenAsync(1, "old");
        await talk.ChunkAsync(1, 0, Rows.Days(3));
        await talk.HearAckAsync();

        var answer = await PingUntilGoAwayAsync(talk);

        Assert.Equal(ErrorReason.HubDraining, answer.GoAway.Reason);
        Assert.Equal((1u, 3L), answer.GoAway.DurableOffsets.Select(offset => (offset.Upload, offset.DurableOffset_)).Single());
        Assert.Equal(ErrorReason.HubDraining, (await talk.HearRefusalAsync()).Reason);
        using var again = ReportTalk.With(hub);
        Assert.Equal(3, (await again.OpenAsync(1, "old")).DurableOffset);
    }

    [Fact]
    public async Task A_stream_on_which_nothing_comes_is_ended_as_idle()
    {
        await using var hub = await RunningHub.StartAsync(time: _clock);
        using var talk = ReportTalk.With(hub);
        await talk.OpenAsync(1, "idle");

        var heard = talk.HearAsync();
        await AdvanceUntilAsync(heard, TimeSpan.FromMinutes(6));

        Assert.Equal(ErrorReason.StreamIdle, (await heard).GoAway.Reason);
        var refused = await talk.HearRefusalAsync();
        Assert.Equal(ErrorReason.StreamIdle, refused.Reason);
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
    private async Task<StreamReportsResponse> PingUntilGoAwayAsync(ReportTalk talk)
    {
        for (ulong nonce = 1; ; nonce++)
        {
            Assert.InRange(nonce, 1ul, 20ul);
            _clock.Advance(TimeSpan.FromMinutes(4));
            try
            {
                await talk.SayAsync(new StreamReportsRequest { Ping = new Ping { Nonce = nonce } });
            }
            catch (RpcException)
            {
                // The hub has ended the stream just now; what it said before that is still to be heard.
            }
            var answer = await talk.HearAsync();
            if (answer.MessageCase == StreamReportsResponse.MessageOneofCase.GoAway) return answer;
        }
    }

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
