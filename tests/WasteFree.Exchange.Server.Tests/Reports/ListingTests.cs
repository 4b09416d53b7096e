using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Reports;

/// <summary>Reports, their findings and their withdrawal, through the service.</summary>
public sealed class ListingTests(SharedHub shared) : IClassFixture<SharedHub>
{
    [Fact]
    public async Task Reports_are_listed_newest_first_and_each_once_over_all_pages()
    {
        await using var hub = await RunningHub.StartAsync();
        for (var i = 0; i < 7; i++) await SubmitAsync(hub, $"r{i}", Rows.Tonnes($"{2000 + i}", "1"));

        var names = new List<string>();
        var token = "";
        var pages = 0;
        do
        {
            var page = await hub.Reports.ListReportsAsync(
                new ListReportsRequest { Parent = "organizations/yaan", PageSize = 3, PageToken = token }, Headers, cancellationToken: Cancelled);
            names.AddRange(page.Reports.Select(report => report.Name));
            token = page.NextPageToken;
            pages++;
        }
        while (token.Length > 0);

        Assert.Equal(Enumerable.Range(0, 7).Reverse().Select(i => Rows.Name($"r{i}")), names);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task Findings_are_listed_in_row_order_and_each_once_over_all_pages()
    {
        var rows = Rows.Days(25);
        foreach (var row in rows) (row.Value, row.Unit) = ("NaN", "m3");
        await SubmitAsync(shared.Hub, "findings", rows);

        var found = new List<(long, string)>();
        var token = "";
        do
        {
            var page = await shared.Hub.Reports.ListFindingsAsync(
                new ListFindingsRequest { Parent = Rows.Name("findings"), PageSize = 7, PageToken = token }, Headers, cancellationToken: Cancelled);
            Assert.Equal(50, page.TotalSize);
            found.AddRange(page.Findings.Select(finding => (finding.Row!.Value, finding.Field)));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(Enumerable.Range(0, 25).SelectMany(i => new[] { ((long)i, "value"), (i, "unit") }), found);
    }

    [Fact]
    public async Task Findings_of_a_refused_attempt_are_gone_once_the_name_is_used_again()
    {
        await SubmitAsync(shared.Hub, "reused", Rows.Tonnes("2024", "NaN"));
        await SubmitAsync(shared.Hub, "reused", Rows.Tonnes("2024", "1"));

        var listed = await shared.Hub.Reports.ListFindingsAsync(new ListFindingsRequest { Parent = Rows.Name("reused") }, Headers, cancellationToken: Cancelled);

        Assert.Equal((0, 0), (listed.TotalSize, listed.Findings.Count));
    }

    [Fact]
    public async Task A_report_tells_its_receipt_and_where_it_is_visible()
    {
        var committed = (await SubmitAsync(shared.Hub, "told", Rows.Tonnes("2010", "1"), Rows.Tonnes("2011", "1"))).Committed;

        var report = await GetAsync("told");

        Assert.Equal(committed.Receipt, report.Receipt);
        Assert.Equal((ReportState.Committed, 2L, committed.Receipt.Position, false), (report.State, report.DurableOffset, report.ReleasePosition, report.Illustrative));
        Assert.Equal(Rows.Digest([Rows.Tonnes("2010", "1"), Rows.Tonnes("2011", "1")]), report.Receipt.Digest);
    }

    [Fact]
    public async Task A_report_sent_again_with_the_same_content_has_the_same_receipt_and_no_new_entry()
    {
        var first = await SubmitAsync(shared.Hub, "same", Rows.Tonnes("2009", "90"));
        var second = await SubmitAsync(shared.Hub, "same", Rows.Tonnes("2009", "90"));
        var other = await SubmitAsync(shared.Hub, "same-values", Rows.Tonnes("2009", "90"));
        var spelt = await SubmitAsync(shared.Hub, "other-spelling", Rows.Tonnes("2009", "90.0"));

        Assert.Equal(first.Committed.Receipt, second.Committed.Receipt);
        Assert.Equal((0, 0, 1), (other.Committed.Counts.Created, other.Committed.Counts.Revised, other.Committed.Counts.Unchanged));
        Assert.Equal((1, 0), (spelt.Committed.Counts.Revised, spelt.Committed.Counts.Unchanged));
    }

    [Fact]
    public async Task Withdrawing_removes_the_values_that_no_later_report_asserts_and_repeats_its_answer()
    {
        await SubmitAsync(shared.Hub, "first", Rows.Tonnes("2001", "1"), Rows.Tonnes("2002", "2"));
        await SubmitAsync(shared.Hub, "later", Rows.Tonnes("2002", "3"));

        var once = await WithdrawAsync("first", "wrong unit 示例");
        var twice = await WithdrawAsync("first", "again 示例");

        Assert.Equal(once, twice);
        Assert.Equal((1L, ReportState.Withdrawn, "wrong unit 示例"), (once.Tombstones, once.Report.State, once.Report.WithdrawReason));
        Assert.True(once.Report.WithdrawPosition > once.Report.ReleasePosition);
        var seen = await shared.Hub.Metrics.QueryObservationsAsync(
            new QueryObservationsRequest { Filter = new ObservationFilter { Periods = { "2001", "2002" } } }, cancellationToken: Cancelled);
        Assert.Equal("3", Assert.Single(seen.Observations).Observation.Value);
    }

    [Fact]
    public async Task Only_a_committed_report_can_be_withdrawn()
    {
        await SubmitAsync(shared.Hub, "bad", Rows.Tonnes("2024", "NaN"));

        Assert.Equal(ErrorReason.ReportState, (await Refused.ByAsync(() => WithdrawAsync("bad", "wrong 示例"))).Reason);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Grpc.Core.Metadata Headers => RunningHub.As(Rows.Reporter);

    private static async Task<SubmitReportResponse> SubmitAsync(RunningHub hub, string id, params Observation[] rows) =>
        await hub.Reports.SubmitReportAsync(Rows.Report(id, rows), Headers, cancellationToken: Cancelled);

    private async Task<Report> GetAsync(string id) =>
        (await shared.Hub.Reports.GetReportAsync(new GetReportRequest { Name = Rows.Name(id) }, Headers, cancellationToken: Cancelled)).Report;

    private async Task<WithdrawReportResponse> WithdrawAsync(string id, string reason) =>
        await shared.Hub.Reports.WithdrawReportAsync(new WithdrawReportRequest { Name = Rows.Name(id), Reason = reason }, Headers, cancellationToken: Cancelled);
}
