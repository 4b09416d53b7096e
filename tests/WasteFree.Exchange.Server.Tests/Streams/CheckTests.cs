using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Streams;

/// <summary>With validate_only everything is checked, every finding is told, and nothing stays.</summary>
public sealed class CheckTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private const string Checks = "SELECT COUNT(*) FROM changeset WHERE report_id IS NULL AND kind = 1 AND state = 1";

    [Fact]
    public async Task A_check_tells_every_finding_with_the_acks_and_leaves_nothing()
    {
        var rows = Rows.Days(2_500);
        foreach (var row in rows) row.Value = "1,5";
        rows[0] = Rows.Tonnes("2020", "1");
        rows[1] = Rows.Tonnes("2020", "2");
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("check", open => open.ValidateOnly = true);
        await talk.ChunkAsync(0, rows);
        await talk.CommitAsync(rows);

        var told = new List<Finding>();
        UploadReportResponse answer;
        while ((answer = await talk.HearAsync()).MessageCase == UploadReportResponse.MessageOneofCase.Ack)
        {
            Assert.Equal(2_500, answer.Ack.DurableOffset);
            Assert.InRange(answer.CalculateSize(), 1, 4 << 20);
            told.AddRange(answer.Ack.Findings);
        }

        Assert.Equal(Enumerable.Range(2, 2_498).Select(i => (long)i), told.Select(finding => finding.Row!.Value));
        Assert.Equal([0L, 1L], answer.Rejected.Findings.Select(finding => finding.Row!.Value));
        Assert.All(answer.Rejected.Findings, finding => Assert.Equal("STR-2@1", finding.Rule));
        Assert.Equal((2_500, 2_500), (answer.Rejected.Counts.Rejected, answer.Rejected.Counts.Findings));
        await AssertNothingAsync("check");
    }

    [Fact]
    public async Task A_good_check_answers_counts_without_a_receipt()
    {
        var rows = Rows.Days(3);
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("good-check", open => open.ValidateOnly = true);
        await talk.ChunkAsync(0, rows);
        await talk.CommitAsync(rows);
        await talk.HearAckAsync();

        var committed = await talk.HearCommittedAsync();

        Assert.Null(committed.Receipt);
        Assert.Equal((3, 0), (committed.Counts.Submitted, committed.Counts.Rejected));
        await AssertNothingAsync("good-check");
    }

    [Fact]
    public async Task A_check_in_one_call_tells_its_findings_too()
    {
        var bad = Rows.Tonnes("2024", "NaN");
        var request = Rows.Report("single-check", Rows.Tonnes("2023", "1"), bad, Rows.Tonnes("2023", "2"));
        request.ValidateOnly = true;

        var rejected = (await shared.Hub.Reports.SubmitReportAsync(request, Headers, cancellationToken: Cancelled)).Rejected;

        Assert.Equal([(0L, "STR-2@1"), (1L, "STR-1@1"), (2L, "STR-2@1")], rejected.Findings.Select(finding => (finding.Row!.Value, finding.Rule)));
        await AssertNothingAsync("single-check");
    }

    [Fact]
    public async Task A_check_in_one_call_does_not_touch_an_upload_of_the_name()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("beside");
        await talk.ChunkAsync(0, Rows.Days(2));
        await talk.HearAckAsync();
        var request = Rows.Report("beside", Rows.Days(1));
        request.ValidateOnly = true;
        Assert.NotNull((await shared.Hub.Reports.SubmitReportAsync(request, Headers, cancellationToken: Cancelled)).Committed);

        await talk.CommitAsync(Rows.Days(2));

        Assert.Equal(2, (await talk.HearCommittedAsync()).Counts.Submitted);
    }

    [Fact]
    public async Task A_check_that_ends_with_a_problem_leaves_nothing()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("wrong-check", open => open.ValidateOnly = true);
        await talk.ChunkAsync(0, Rows.Days(2));
        await talk.CommitAsync(Rows.Days(1));
        await talk.HearAckAsync();
        await talk.HearRefusalAsync(ErrorReason.DigestMismatch);

        await AssertNothingAsync("wrong-check");
    }

    [Fact]
    public async Task A_check_whose_client_leaves_is_dropped()
    {
        await using var hub = await RunningHub.StartAsync();
        using (var talk = ReportTalk.With(hub))
        {
            await talk.OpenAsync("left-check", open => open.ValidateOnly = true);
            await talk.ChunkAsync(0, Rows.Days(2));
            await talk.HearAckAsync();
            Assert.Equal(1, Database.Count(hub, Checks));
        }

        // The hub notices on its own; ending it waits for that.
        await hub.StopAsync();

        Assert.Equal(0, Database.Count(hub, Checks));
    }

    [Fact]
    public async Task A_message_of_half_a_million_empty_rows_is_refused_before_it_is_checked()
    {
        using var talk = ReportTalk.With(shared.Hub);
        await talk.OpenAsync("hollow", open => open.ValidateOnly = true);
        await talk.ChunkAsync(0, [.. Enumerable.Repeat(new Observation(), 500_000)]);

        Assert.Equal("rows", (await talk.HearRefusalAsync(ErrorReason.FieldInvalid)).Field);
        var single = Rows.Report("hollow", [.. Enumerable.Repeat(new Observation(), 20_001)]);
        Assert.Equal("rows", (await Refused.ByAsync(shared.Hub.Reports.SubmitReportAsync(single, Headers, cancellationToken: Cancelled))).Field);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Grpc.Core.Metadata Headers => RunningHub.As(Rows.Reporter);

    private async Task AssertNothingAsync(string id)
    {
        var hub = shared.Hub;
        var name = Rows.Name(id);
        Assert.Equal(ErrorReason.ReportUnknown, (await Refused.ByAsync(hub.Reports.GetReportAsync(new GetReportRequest { Name = name }, Headers, cancellationToken: Cancelled))).Reason);
        Assert.Equal(ErrorReason.ReportUnknown, (await Refused.ByAsync(hub.Reports.ListFindingsAsync(new ListFindingsRequest { Parent = name }, Headers, cancellationToken: Cancelled))).Reason);
        var seen = await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), cancellationToken: Cancelled);
        Assert.DoesNotContain(seen.Observations, record => record.Report == name);
        Assert.Equal(0, Database.Count(hub, Checks));
    }
}
