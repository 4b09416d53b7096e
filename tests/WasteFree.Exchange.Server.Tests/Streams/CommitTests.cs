using Google.Protobuf;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Streams;

/// <summary>A commit takes a report whole or not at all, once, and proves it for ever.</summary>
public sealed class CommitTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private static readonly Observation[] All = Rows.Days(6);

    [Fact]
    public async Task A_commit_sent_before_the_acks_waits_for_the_rows()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.AskOpenAsync("pipelined");
        for (var i = 0; i < All.Length; i++) await talk.ChunkAsync(i, All[i]);
        await talk.CommitAsync(All);
        await talk.FinishAsync();

        await talk.HearAsync(UploadReportResponse.MessageOneofCase.Opened);
        for (var i = 1; i <= All.Length; i++) Assert.Equal(i, (await talk.HearAckAsync()).DurableOffset);
        Assert.Equal(6, (await talk.HearCommittedAsync()).Counts.Submitted);
        await talk.AssertEndAsync();
    }

    [Fact]
    public async Task Committing_again_gives_the_same_receipt_on_another_stream()
    {
        using var talk = ReportTalk.With(shared.Hub);
        var receipt = await SendAsync(talk, "twice", All);

        var opened = await talk.OpenAsync("twice");
        Assert.Equal((ReportState.Committed, 6L), (opened.State, opened.DurableOffset));
        await talk.CommitAsync(All);
        Assert.Equal(receipt, (await talk.HearCommittedAsync()).Receipt);
        await talk.AssertEndAsync();
    }

    [Fact]
    public async Task A_commit_says_whether_it_is_a_replay_and_where_the_report_stands()
    {
        var rows = Rows.Days(3, from: 100);
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("stands");
        await talk.ChunkAsync(0, rows);
        await talk.CommitAsync(rows);
        await talk.HearAckAsync();
        AssertStands(await talk.HearCommittedAsync(), ReportState.Committed, replayed: false, superseded: 0);

        AssertStands(await CommitAgainAsync(talk, "stands", rows), ReportState.Committed, replayed: true, superseded: 0);
        var corrected = rows[1].Clone();
        corrected.Value = "7";
        await SendAsync(talk, "stands-corrected", [corrected]);
        AssertStands(await CommitAgainAsync(talk, "stands", rows), ReportState.Committed, replayed: true, superseded: 1);
        await WithdrawAsync("stands");
        AssertStands(await CommitAgainAsync(talk, "stands", rows), ReportState.Withdrawn, replayed: true, superseded: 3);
    }

    [Fact]
    public async Task A_single_call_says_whether_it_is_a_replay_and_where_the_report_stands()
    {
        var report = Rows.Report("stands-single", Rows.Days(2, from: 200));
        AssertStands((await SubmitAsync(report)).Committed, ReportState.Committed, replayed: false, superseded: 0);
        AssertStands((await SubmitAsync(report)).Committed, ReportState.Committed, replayed: true, superseded: 0);
        await WithdrawAsync("stands-single");
        AssertStands((await SubmitAsync(report)).Committed, ReportState.Withdrawn, replayed: true, superseded: 2);
        var check = new SubmitReportRequest(report) { ValidateOnly = true };
        AssertStands((await SubmitAsync(check)).Committed, ReportState.Unspecified, replayed: false, superseded: 0);
    }

    [Fact]
    public async Task A_committed_name_takes_no_other_content()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await SendAsync(talk, "taken", All);

        await talk.OpenAsync("taken");
        await talk.CommitAsync(All[..5]);
        await talk.HearRefusalAsync(ErrorReason.ReportContentConflict);
        await talk.OpenAsync("taken");
        await talk.ChunkAsync(6, All[0]);
        await talk.HearRefusalAsync(ErrorReason.ReportContentConflict);

        var other = await Refused.ByAsync(shared.Hub.Reports.SubmitReportAsync(
            Rows.Report("taken", All[..5]), RunningHub.As(Rows.Reporter), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(ErrorReason.ReportContentConflict, other.Reason);
    }

    public static TheoryData<string, int, ErrorReason> WrongCommits => new()
    {
        { "count-less", -1, ErrorReason.DigestMismatch },
        { "count-more", 1, ErrorReason.DigestMismatch },
        { "digest", 0, ErrorReason.DigestMismatch },
        { "count-zero", -6, ErrorReason.ReportEmpty },
    };

    [Theory]
    [MemberData(nameof(WrongCommits))]
    public async Task A_commit_that_is_not_of_the_rows_received_releases_nothing(string id, int more, ErrorReason reason)
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync(id);
        await talk.ChunkAsync(0, All);
        await talk.HearAckAsync();
        var commit = new UploadCommit { RowCount = All.Length + more, Digest = Rows.Digest(more == 0 ? All[..5] : All) };
        await talk.SayAsync(new UploadReportRequest { Commit = commit });
        await talk.HearRefusalAsync(reason);

        var open = await talk.OpenAsync(id);
        Assert.Equal((ReportState.Open, 6L), (open.State, open.DurableOffset));
        await talk.CommitAsync(All);
        Assert.Equal(6, (await talk.HearCommittedAsync()).Counts.Submitted);
    }

    [Fact]
    public async Task A_digest_of_another_length_is_a_bad_field()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("short-digest");
        await talk.ChunkAsync(0, All);
        await talk.HearAckAsync();
        await talk.SayAsync(new UploadReportRequest { Commit = new UploadCommit { RowCount = 6, Digest = ByteString.CopyFrom(1, 2, 3) } });

        Assert.Equal("digest", (await talk.HearRefusalAsync(ErrorReason.FieldInvalid)).Field);
    }

    [Fact]
    public async Task An_empty_report_is_refused()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("empty");
        await talk.CommitAsync();

        await talk.HearRefusalAsync(ErrorReason.ReportEmpty);
    }

    [Fact]
    public async Task A_refused_report_lists_every_finding_and_its_name_is_free_again()
    {
        var bad = Rows.Days(50);
        foreach (var row in bad) row.Value = "1,5";
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("refused");
        await talk.ChunkAsync(0, bad);
        await talk.ChunkAsync(50, All[0]);
        await talk.CommitAsync([.. bad, All[0]]);

        var ack = await talk.HearAckAsync();
        Assert.Equal((50, 20), (ack.RejectedRows, ack.Findings.Count));
        await talk.HearAckAsync();
        var rejected = await talk.HearRejectedAsync();
        Assert.Equal((51, 50, 50, 20), (rejected.Counts.Submitted, rejected.Counts.Rejected, rejected.Counts.Findings, rejected.Findings.Count));
        var listed = await shared.Hub.Reports.ListFindingsAsync(
            new ListFindingsRequest { Parent = Rows.Name("refused") }, RunningHub.As(Rows.Reporter), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), listed.Findings.Select(finding => finding.Row!.Value));

        var receipt = await SendAsync(talk, "refused", All);
        Assert.Equal(6, receipt.Counts.Submitted);
    }

    [Fact]
    public async Task Quarantine_takes_the_good_rows_and_keeps_the_bad_ones_as_findings()
    {
        var rows = All.Select(row => row.Clone()).ToArray();
        rows[1].Value = "NaN";
        rows[4].Region = "510100";
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("quarantine", open => open.RowPolicy = RowPolicy.Quarantine);
        await talk.ChunkAsync(0, rows);
        await talk.CommitAsync(rows);
        await talk.HearAckAsync();

        var committed = await talk.HearCommittedAsync();

        Assert.Equal((6, 2), (committed.Receipt.Counts.Submitted, committed.Receipt.Counts.Rejected));
        Assert.Equal([(1L, "STR-1@1"), (4L, "MSG-2@1")], committed.Findings.Select(finding => (finding.Row!.Value, finding.Rule)));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static void AssertStands(UploadCommitted committed, ReportState state, bool replayed, long superseded) =>
        Assert.Equal((state, replayed, superseded), (committed.State, committed.Replayed, committed.SupersededRows));

    private static async Task<UploadCommitted> CommitAgainAsync(ReportTalk talk, string id, Observation[] rows)
    {
        await talk.OpenAsync(id);
        await talk.CommitAsync(rows);
        return await talk.HearCommittedAsync();
    }

    private async Task<SubmitReportResponse> SubmitAsync(SubmitReportRequest request) =>
        await shared.Hub.Reports.SubmitReportAsync(request, RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);

    private async Task WithdrawAsync(string id) => await shared.Hub.Reports.WithdrawReportAsync(
        new WithdrawReportRequest { Name = Rows.Name(id), Reason = "示例" }, RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);

    private static async Task<Receipt> SendAsync(ReportTalk talk, string id, Observation[] rows)
    {
        Assert.Equal(0, (await talk.OpenAsync(id)).DurableOffset);
        await talk.ChunkAsync(0, rows);
        await talk.CommitAsync(rows);
        await talk.HearAckAsync();
        return (await talk.HearCommittedAsync()).Receipt;
    }
}
