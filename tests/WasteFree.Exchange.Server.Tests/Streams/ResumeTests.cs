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
            Assert.Equal(0, (await first.OpenAsync("resume")).DurableOffset);
            await first.ChunkAsync(0, All[..4]);
            Assert.Equal(4, (await first.HearAckAsync()).DurableOffset);
        }

        using var second = ReportTalk.With(shared.Hub);
        var opened = await second.OpenAsync("resume");
        Assert.Equal((ReportState.Open, 4L), (opened.State, opened.DurableOffset));
        await second.ChunkAsync(4, All[4..]);
        await second.CommitAsync(All);

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
            await first.OpenAsync("restart");
            await first.ChunkAsync(0, All[..3]);
            await first.HearAckAsync();
        }

        await using var next = await hub.RestartAsync();
        using var second = ReportTalk.With(next);
        Assert.Equal(3, (await second.OpenAsync("restart")).DurableOffset);
        await second.ChunkAsync(3, All[3..]);
        await second.CommitAsync(All);
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
        await talk.OpenAsync("anew");
        await talk.ChunkAsync(0, All[..5]);
        await talk.HearAckAsync();

        Assert.Equal(0, (await talk.OpenAsync("anew", open => open.Restart = true)).DurableOffset);
        await talk.ChunkAsync(0, All[5]);
        await talk.CommitAsync(All[5]);
        await talk.HearAckAsync();

        Assert.Equal(1, (await talk.HearCommittedAsync()).Receipt.Counts.Submitted);
    }

    [Fact]
    public async Task Taking_an_upload_over_fences_the_older_writer_and_only_it()
    {
        using var older = ReportTalk.With(shared.Hub);
        using var newer = ReportTalk.With(shared.Hub);
        using var other = ReportTalk.With(shared.Hub);
        await other.OpenAsync("fence-other");
        var before = await older.OpenAsync("fence");
        await older.ChunkAsync(0, All[..2]);
        await older.HearAckAsync();

        var after = await newer.OpenAsync("fence");
        Assert.True(after.Epoch > before.Epoch);
        Assert.Equal(2, after.DurableOffset);

        await older.ChunkAsync(2, All[2..4]);
        await older.HearRefusalAsync(ErrorReason.WriterFenced);

        await other.ChunkAsync(0, All[0]);
        Assert.Equal(1, (await other.HearAckAsync()).DurableOffset);
        await newer.ChunkAsync(2, All[2..]);
        await newer.CommitAsync(All);
        await newer.HearAckAsync();
        Assert.Equal(6, (await newer.HearCommittedAsync()).Counts.Submitted);
    }

    [Fact]
    public async Task A_fenced_writer_cannot_commit()
    {
        using var older = ReportTalk.With(shared.Hub);
        await older.OpenAsync("fence-commit");
        await older.ChunkAsync(0, All);
        await older.HearAckAsync();
        using var newer = ReportTalk.With(shared.Hub);
        await newer.OpenAsync("fence-commit");

        await older.CommitAsync(All);

        await older.HearRefusalAsync(ErrorReason.WriterFenced);
    }

    [Fact]
    public async Task What_was_sent_after_the_fence_is_refused_once()
    {
        using var older = ReportTalk.With(shared.Hub);
        await older.OpenAsync("fence-once");
        using var newer = ReportTalk.With(shared.Hub);
        await newer.OpenAsync("fence-once");

        for (var i = 0; i < All.Length; i++) await older.ChunkIntoRefusalAsync(i, All[i]);
        await older.HearRefusalAsync(ErrorReason.WriterFenced);
    }

    [Fact]
    public async Task A_writer_that_comes_back_goes_on_at_its_rows_whatever_it_asked_at_first()
    {
        using var talk = ReportTalk.With(shared.Hub);
        Assert.Equal(0, (await OpenAsAsync(talk, "comes-back", "w1")).DurableOffset);
        await talk.ChunkAsync(0, All[..2]);
        await talk.HearAckAsync();

        Assert.Equal(2, (await OpenAsAsync(talk, "comes-back", "w1")).DurableOffset);
        // Nobody has seen this one: it begins, and as it asks for.
        Assert.Equal(0, (await OpenAsAsync(talk, "comes-back", "w2")).DurableOffset);
    }

    [Fact]
    public async Task A_writer_that_was_overtaken_does_not_fence_the_one_that_came_since_not_even_on_another_hub()
    {
        var hub = await RunningHub.StartAsync();
        using (var talk = ReportTalk.With(hub))
        {
            await OpenAsAsync(talk, "overtaken", "w1");
            await OpenAsAsync(talk, "overtaken", "w2");
            await OpenAsAsync(talk, "overtaken", "w3");
        }
        await using var next = await hub.RestartAsync();
        using var again = ReportTalk.With(next);
        foreach (var writer in new[] { "w1", "w2" })
        {
            await again.AskOpenAsync("overtaken", open => open.Writer = writer);
            await again.HearRefusalAsync(ErrorReason.WriterFenced);
        }
        await OpenAsAsync(again, "overtaken", "w3");
        await again.ChunkAsync(0, All);
        await again.CommitAsync(All);
        await again.HearAckAsync();
        Assert.False((await again.HearCommittedAsync()).Replayed);
    }

    [Fact]
    public async Task A_writer_whose_upload_was_given_up_does_not_begin_it_anew()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await OpenAsAsync(talk, "given-up", "w1");
        await shared.Hub.Reports.AbortReportAsync(new AbortReportRequest { Name = Rows.Name("given-up") }, RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);

        await talk.AskOpenAsync("given-up", open => open.Writer = "w1");
        await talk.HearRefusalAsync(ErrorReason.WriterFenced);
    }

    [Fact]
    public async Task The_writer_that_committed_is_given_its_answer_again_and_any_other_a_replay()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await OpenAsAsync(talk, "own", "w1");
        await talk.ChunkAsync(0, All);
        await talk.CommitAsync(All);
        await talk.HearAckAsync();
        var first = await talk.HearCommittedAsync();

        foreach (var (writer, replayed) in new[] { ("w1", false), ("w2", true), ("", true) })
        {
            Assert.Equal(ReportState.Committed, (await OpenAsAsync(talk, "own", writer)).State);
            await talk.CommitAsync(All);
            var again = await talk.HearCommittedAsync();
            Assert.Equal((first.Receipt, replayed), (again.Receipt, again.Replayed));
        }
    }

    private static Task<UploadOpened> OpenAsAsync(ReportTalk talk, string id, string writer) => talk.OpenAsync(id, open => (open.Writer, open.Restart) = (writer, true));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
