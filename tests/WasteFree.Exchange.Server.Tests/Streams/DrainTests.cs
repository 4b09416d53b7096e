using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Streams;

/// <summary>A hub that stops answers what it has taken and says when to come back.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task A_stopping_hub_ends_every_upload_as_draining_and_each_goes_on_where_it_was_acknowledged()
    {
        var rows = Rows.Days(5);
        var hub = await RunningHub.StartAsync();
        Task stop;
        using (var one = ReportTalk.With(hub))
        using (var two = ReportTalk.With(hub))
        {
            await two.OpenAsync("done");
            await two.ChunkAsync(0, rows);
            await two.CommitAsync(rows);
            await two.HearAckAsync();
            await two.HearCommittedAsync();
            await two.OpenAsync("two");
            await one.OpenAsync("one");
            await one.ChunkAsync(0, rows[..3]);
            await one.HearAckAsync();

            stop = hub.StopAsync();

            await one.HearRefusalAsync(ErrorReason.HubDraining);
            await two.HearRefusalAsync(ErrorReason.HubDraining);
        }
        await stop;

        await using var next = await hub.RestartAsync();
        using var again = ReportTalk.With(next);
        Assert.Equal(3, (await again.OpenAsync("one")).DurableOffset);
        Assert.Equal(ReportState.Committed, (await again.OpenAsync("done")).State);
    }

    [Fact]
    public async Task A_stopping_hub_does_not_wait_for_a_client_that_stays()
    {
        var hub = await RunningHub.StartAsync();
        using var talk = ReportTalk.With(hub);
        await talk.OpenAsync("stays");

        var stop = hub.StopAsync();

        await talk.HearRefusalAsync(ErrorReason.HubDraining);
        // Beyond five seconds the host would cut the connection by force.
        await stop.WaitAsync(TimeSpan.FromSeconds(4.5), TestContext.Current.CancellationToken);
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_stopping_hub_answers_what_it_has_received()
    {
        var rows = Rows.Days(300);
        await using var hub = await RunningHub.StartAsync();
        using var talk = ReportTalk.With(hub);
        await talk.OpenAsync("in-flight");
        for (var i = 0; i < rows.Length; i++) await talk.ChunkAsync(i, rows[i]);
        await talk.HearAckAsync();

        var stop = hub.StopAsync();

        var acknowledged = 1L;
        var refused = await Refused.ByAsync(async () =>
        {
            while (true) Assert.Equal(++acknowledged, (await talk.HearAckAsync()).DurableOffset);
        });
        Assert.Equal(ErrorReason.HubDraining, refused.Reason);
        await stop;
        Assert.Equal(acknowledged - 1, Database.Count(hub, "SELECT next_offset FROM changeset WHERE report_id IS NOT NULL"));
    }
}
