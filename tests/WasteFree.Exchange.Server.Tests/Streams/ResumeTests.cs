using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Streams;

/// <summary>What was acknowledged is durable; a new stream goes on where the hub says.</summary>
public sealed class ResumeTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private static readonly Observation[] All = Rows.Days(6);

    [Fact]
    public async Task A_new_stream_resumes_at_the_durable_offset_without_repeating_a_row()
    {
        using (var first = ReportTalk.With(shared.Hub))
        {
            Assert.Equal(0, (await first.OpenAsync(1, "resume")).DurableOffset);
            await first.ChunkAsync(1, 0, All[..4]);
            Assert.Equal(4, (await first.HearAckAsync()).DurableOffset);
        }

        using var second = ReportTalk.With(shared.Hub);
        var opened = await second.OpenAsync(9, "resume");
        Assert.Equal((ReportState.Open, 4L, 9u), (opened.State, opened.DurableOffset, opened.Upload));
        await second.ChunkAsync(9, 4, All[4..]);
        await second.CommitAsync(9, All);

        Assert.Equal(6, (await second.HearAckAsync()).DurableOffset);
        var receipt = (await second.HearCommittedAsync()).Receipt;
        Assert.Equal((6, 0), (receipt.Counts.Submitted, receipt.Counts.Duplicate));
        Assert.Equal(Rows.Digest(All), receipt.Digest);
    }

    [Fact]
    public async Task A_restarted_hub_on_the_same_store_resumes_the_upload()
    {
        var hub = await RunningHub.StartAsync();
        using (var first = ReportTalk.With(hub))
        {
            await first.OpenAsync(1, "restart");
            await first.ChunkAsync(1, 0, All[..3]);
            await first.HearAckAsync();
        }

        await using var next = await hub.RestartAsync();
        using var second = ReportTalk.With(next);
        Assert.Equal(3, (await second.OpenAsync(1, "restart")).DurableOffset);
        await second.ChunkAsync(1, 3, All[3..]);
        await second.CommitAsync(1, All);
        await second.HearAckAsync();
        var committed = await second.HearCommittedAsync();

        Assert.Equal(6, committed.Counts.Created);
        var page = await next.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), cancellationToken: Cancelled);
        Assert.Equal(All.Select(row => (row.Period, row.Value)), page.Observations.Select(record => (record.Observation.Period, record.Observation.Value)));
    }

    [Fact]
    public async Task Restart_drops_the_rows_of_the_unfinished_attempt()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync(1, "anew");
        await talk.ChunkAsync(1, 0, All[..5]);
        await talk.HearAckAsync();

        Assert.Equal(0, (await talk.OpenAsync(2, "anew", open => open.Restart = true)).DurableOffset);
        await talk.ChunkAsync(2, 0, All[5]);
        await talk.CommitAsync(2, All[5]);
        await talk.HearAckAsync();

        Assert.Equal(1, (await talk.HearCommittedAsync()).Receipt.Counts.Submitted);
    }

    [Fact]
    public async Task Taking_an_upload_over_fences_the_older_writer_and_only_it()
    {
        using var older = ReportTalk.With(shared.Hub);
        using var newer = ReportTalk.With(shared.Hub);
        var before = await older.OpenAsync(1, "fence");
        await older.OpenAsync(2, "fence-other");
        await older.ChunkAsync(1, 0, All[..2]);
        await older.HearAckAsync();

        var after = await newer.OpenAsync(1, "fence");
        Assert.True(after.Epoch > before.Epoch);
        Assert.Equal(2, after.DurableOffset);

        await older.ChunkAsync(1, 2, All[2..4]);
        var problem = await older.HearProblemAsync(ErrorReason.WriterFenced);
        Assert.Equal(1u, problem.Upload);
        Assert.Null(problem.RetryAfter);

        await older.ChunkAsync(2, 0, All[0]);
        Assert.Equal(2u, (await older.HearAckAsync()).Upload);
        await newer.ChunkAsync(1, 2, All[2..]);
        await newer.CommitAsync(1, All);
        await newer.HearAckAsync();
        Assert.Equal(6, (await newer.HearCommittedAsync()).Counts.Submitted);
    }

    [Fact]
    public async Task A_fenced_writer_cannot_commit()
    {
        using var older = ReportTalk.With(shared.Hub);
        await older.OpenAsync(1, "fence-commit");
        await older.ChunkAsync(1, 0, All);
        await older.HearAckAsync();
        using var newer = ReportTalk.With(shared.Hub);
        await newer.OpenAsync(1, "fence-commit");

        await older.CommitAsync(1, All);

        await older.HearProblemAsync(ErrorReason.WriterFenced);
    }

    [Fact]
    public async Task What_was_sent_after_the_fence_is_answered_once()
    {
        using var older = ReportTalk.With(shared.Hub);
        await older.OpenAsync(1, "fence-once");
        using var newer = ReportTalk.With(shared.Hub);
        await newer.OpenAsync(1, "fence-once");

        for (var i = 0; i < All.Length; i++) await older.ChunkAsync(1, i, All[i]);
        await older.CommitAsync(1, All);
        await older.HearProblemAsync(ErrorReason.WriterFenced);

        await older.AskOpenAsync(1, "fence-once-next");
        Assert.Equal(1u, (await older.HearAsync(StreamReportsResponse.MessageOneofCase.Opened)).Opened.Upload);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
