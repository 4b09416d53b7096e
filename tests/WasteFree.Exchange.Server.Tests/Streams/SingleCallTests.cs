using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Streams;

/// <summary>An upload without a stream: the same messages in single calls, under the same rules.</summary>
public sealed class SingleCallTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private static readonly Observation[] All = Rows.Days(6);

    private static Metadata Headers => RunningHub.As(Rows.Reporter);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_in_calls_is_committed_as_on_a_stream_and_repeating_any_call_changes_nothing()
    {
        var opened = await OpenAsync("calls");
        Assert.Equal((ReportState.Open, 0L), (opened.State, opened.DurableOffset));
        for (var again = 0; again < 2; again++)
        {
            Assert.Equal(4, (await AppendAsync("calls", opened.Epoch, 0, All[..4])).DurableOffset);
        }
        Assert.Equal(6, (await AppendAsync("calls", opened.Epoch, 4, All[4..])).DurableOffset);

        var first = (await CommitAsync("calls", opened.Epoch, All)).Committed;
        Assert.Equal((ReportState.Committed, false, 6L), (first.State, first.Replayed, first.Counts.Submitted));
        Assert.Equal(Rows.Digest(All), first.Receipt.Digest);
        var second = (await CommitAsync("calls", opened.Epoch, All)).Committed;
        Assert.Equal((first.Receipt, true), (second.Receipt, second.Replayed));
    }

    [Fact]
    public async Task An_upload_begun_in_calls_goes_on_on_a_stream_and_back_again_on_another_hub()
    {
        var hub = await RunningHub.StartAsync();
        await hub.Reports.AppendRowsAsync(Request("mixed", (await OpenAsync("mixed", hub)).Epoch, 0, All[..1]), Headers, cancellationToken: Cancelled);
        using (var talk = ReportTalk.With(hub))
        {
            Assert.Equal(1, (await talk.OpenAsync("mixed")).DurableOffset);
            await talk.ChunkAsync(1, All[1..3]);
            await talk.HearAckAsync();
        }
        await using var next = await hub.RestartAsync();
        var opened = await OpenAsync("mixed", next);
        Assert.Equal(3, opened.DurableOffset);
        Assert.Equal(6, (await next.Reports.AppendRowsAsync(Request("mixed", opened.Epoch, 3, All[3..]), Headers, cancellationToken: Cancelled)).Ack.DurableOffset);
        var commit = new CommitUploadRequest { Report = Rows.Name("mixed"), Epoch = opened.Epoch, Commit = Commit(All) };
        Assert.Equal(6, (await next.Reports.CommitUploadAsync(commit, Headers, cancellationToken: Cancelled)).Committed.Counts.Created);
    }

    [Fact]
    public async Task An_epoch_that_is_over_gets_nothing_in()
    {
        var older = await OpenAsync("epochs");
        var newer = await OpenAsync("epochs");
        Assert.True(newer.Epoch > older.Epoch);

        Assert.Equal(ErrorReason.WriterFenced, (await Refused.ByAsync(() => AppendAsync("epochs", older.Epoch, 0, All))).Reason);
        await AppendAsync("epochs", newer.Epoch, 0, All);
        Assert.Equal(ErrorReason.WriterFenced, (await Refused.ByAsync(() => AppendAsync("epochs", older.Epoch, 0, All))).Reason);
        Assert.Equal(ErrorReason.WriterFenced, (await Refused.ByAsync(() => CommitAsync("epochs", older.Epoch, All))).Reason);
        Assert.Equal(6, (await CommitAsync("epochs", newer.Epoch, All)).Committed.Counts.Submitted);
    }

    [Fact]
    public async Task Rows_in_a_wrong_place_are_told_the_right_one_and_the_epoch_goes_on()
    {
        var opened = await OpenAsync("places");
        await AppendAsync("places", opened.Epoch, 0, All[..2]);
        foreach (var (offset, count) in new[] { (4L, 2), (1L, 3), (-1L, 1), (long.MaxValue, 1) })
        {
            var refused = await Refused.ByAsync(() => AppendAsync("places", opened.Epoch, offset, All[..count]));
            Assert.Equal((ErrorReason.OffsetUnexpected, "2"), (refused.Reason, refused.Metadata["expected_offset"]));
        }
        Assert.Equal(6, (await AppendAsync("places", opened.Epoch, 2, All[2..])).DurableOffset);
    }

    [Fact]
    public async Task The_same_rows_sent_many_times_at_once_are_stored_once_and_each_call_is_acknowledged()
    {
        var opened = await OpenAsync("at-once");
        var acks = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => AppendAsync("at-once", opened.Epoch, 0, All)));

        Assert.All(acks, ack => Assert.Equal(6, ack.DurableOffset));
        Assert.Equal((6, 0), (await CommitAsync("at-once", opened.Epoch, All)).Committed.Counts is var counts ? (counts.Submitted, counts.Duplicate) : default);
    }

    [Fact]
    public async Task A_report_that_is_refused_for_its_rows_is_so_again_and_takes_no_more_of_that_upload()
    {
        var bad = All.Select(row => row.Clone()).ToArray();
        bad[3].Value = "1,5";
        var opened = await OpenAsync("refused-calls");
        Assert.Equal(3, Assert.Single((await AppendAsync("refused-calls", opened.Epoch, 0, bad)).Findings).Row);

        var first = (await CommitAsync("refused-calls", opened.Epoch, bad)).Rejected;
        Assert.Equal((6, 1, 1), (first.Counts.Submitted, first.Counts.Rejected, first.Findings.Count));
        Assert.Equal(first, (await CommitAsync("refused-calls", opened.Epoch, bad)).Rejected);
        Assert.Equal(ErrorReason.ReportState, (await Refused.ByAsync(() => AppendAsync("refused-calls", opened.Epoch, 6, All))).Reason);
        Assert.Equal(0, (await OpenAsync("refused-calls")).DurableOffset);
    }

    [Fact]
    public async Task What_was_never_opened_or_cannot_be_in_calls_is_refused()
    {
        Assert.Equal(ErrorReason.ReportUnknown, (await Refused.ByAsync(() => AppendAsync("never", 1, 0, All))).Reason);
        Assert.Equal(ErrorReason.ReportUnknown, (await Refused.ByAsync(() => CommitAsync("never", 1, All))).Reason);
        var nothing = await Refused.ByAsync(shared.Hub.Reports.OpenUploadAsync(new OpenUploadRequest(), Headers, cancellationToken: Cancelled));
        Assert.Equal((ErrorReason.FieldInvalid, "report"), (nothing.Reason, nothing.Field));
        var check = await Refused.ByAsync(shared.Hub.Reports.OpenUploadAsync(
            new OpenUploadRequest { Open = new UploadOpen { Report = Rows.Name("checked"), ValidateOnly = true } }, Headers, cancellationToken: Cancelled));
        Assert.Equal((ErrorReason.FieldInvalid, "validate_only"), (check.Reason, check.Field));
        var opened = await OpenAsync("no-commit-message");
        var empty = new CommitUploadRequest { Report = Rows.Name("no-commit-message"), Epoch = opened.Epoch };
        Assert.Equal(ErrorReason.ReportEmpty, (await Refused.ByAsync(shared.Hub.Reports.CommitUploadAsync(empty, Headers, cancellationToken: Cancelled))).Reason);
    }

    private static UploadCommit Commit(Observation[] rows) => new() { RowCount = rows.Length, Digest = Rows.Digest(rows) };

    private static AppendRowsRequest Request(string id, long epoch, long offset, Observation[] rows) =>
        new() { Report = Rows.Name(id), Epoch = epoch, Offset = offset, Rows = { rows } };

    private async Task<UploadOpened> OpenAsync(string id, RunningHub? hub = null) =>
        (await (hub ?? shared.Hub).Reports.OpenUploadAsync(new OpenUploadRequest { Open = new UploadOpen { Report = Rows.Name(id) } }, Headers, cancellationToken: Cancelled)).Opened;

    private async Task<UploadAck> AppendAsync(string id, long epoch, long offset, Observation[] rows) =>
        (await shared.Hub.Reports.AppendRowsAsync(Request(id, epoch, offset, rows), Headers, cancellationToken: Cancelled)).Ack;

    private async Task<CommitUploadResponse> CommitAsync(string id, long epoch, Observation[] rows) =>
        await shared.Hub.Reports.CommitUploadAsync(new CommitUploadRequest { Report = Rows.Name(id), Epoch = epoch, Commit = Commit(rows) }, Headers, cancellationToken: Cancelled);
}
