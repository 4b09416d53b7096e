using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Streams;

/// <summary>A hub that stops says where each upload stands and when to come back.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task A_stopping_hub_names_the_durable_offsets_and_ends_as_draining()
    {
        var rows = Rows.Days(5);
        var hub = await RunningHub.StartAsync();
        Task stop;
        using (var talk = ReportTalk.With(hub))
        {
            await talk.OpenAsync(1, "one");
            await talk.OpenAsync(2, "two");
            await talk.OpenAsync(3, "done");
            await talk.ChunkAsync(1, 0, rows[..3]);
            await talk.HearAckAsync();
            await talk.ChunkAsync(3, 0, rows);
            await talk.CommitAsync(3, rows);
            await talk.HearAckAsync();
            await talk.HearCommittedAsync();

            stop = hub.StopAsync();

            var farewell = (await talk.HearAsync(StreamReportsResponse.MessageOneofCase.GoAway)).GoAway;
            Assert.Equal(ErrorReason.HubDraining, farewell.Reason);
            Assert.NotNull(farewell.RetryAfter);
            Assert.Equal([(1u, 3L), (2u, 0L)], farewell.DurableOffsets.Select(offset => (offset.Upload, offset.DurableOffset_)).Order());
            await talk.FinishAsync();
            Assert.Equal(ErrorReason.HubDraining, (await talk.HearRefusalAsync()).Reason);
        }
        await stop;

        await using var next = await hub.RestartAsync();
        using var again = ReportTalk.With(next);
        Assert.Equal(3, (await again.OpenAsync(1, "one")).DurableOffset);
        Assert.Equal(ReportState.Committed, (await again.OpenAsync(3, "done")).State);
    }

    [Fact]
    public async Task A_stopping_hub_does_not_wait_for_a_client_that_stays()
    {
        var hub = await RunningHub.StartAsync();
        using var talk = ReportTalk.With(hub);
        await talk.OpenAsync(1, "stays");

        var stop = hub.StopAsync();

        await talk.HearAsync(StreamReportsResponse.MessageOneofCase.GoAway);
        var ended = Assert.ThrowsAsync<RpcException>(talk.HearAsync);
        // Beyond five seconds the host would cut the connection by force.
        await stop.WaitAsync(TimeSpan.FromSeconds(4.5), TestContext.Current.CancellationToken);
        await ended;
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_stopping_hub_answers_what_it_has_received()
    {
        var rows = Rows.Days(300);
        await using var hub = await RunningHub.StartAsync();
        using var talk = ReportTalk.With(hub);
        await talk.OpenAsync(1, "in-flight");
        for (var i = 0; i < rows.Length; i++) await talk.ChunkAsync(1, i, rows[i]);
        await talk.HearAckAsync();

        var stop = hub.StopAsync();

        var acknowledged = 1L;
        StreamReportsResponse answer;
        while ((answer = await talk.HearAsync()).MessageCase == StreamReportsResponse.MessageOneofCase.Ack)
            Assert.Equal(++acknowledged, answer.Ack.DurableOffset);
        Assert.Equal(acknowledged, Assert.Single(answer.GoAway.DurableOffsets).DurableOffset_);
        await talk.FinishAsync();
        Assert.Equal(ErrorReason.HubDraining, (await talk.HearRefusalAsync()).Reason);
        await stop;
        Assert.Equal(acknowledged, Database.Count(hub, "SELECT next_offset FROM changeset WHERE report_id IS NOT NULL"));
    }
}
