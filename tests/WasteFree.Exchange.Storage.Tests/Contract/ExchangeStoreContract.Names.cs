using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>What a name stands for, and what a commit answers.</summary>
public abstract partial class ExchangeStoreContract
{
    [Fact]
    public async Task A_committed_name_says_so_when_it_is_opened_and_takes_no_more_rows()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));

        var again = await Wanzhou.OpenAsync("r1", restart: true);

        Assert.Equal((ReportState.Committed, 1), (again.Cursor.State, again.Cursor.NextOffset));
        Assert.Equal(AppendResult.Fenced, await again.AppendAsync(Row("2025", "2")));
        Assert.Equal(["2024 1"], await ShownAsync());
    }

    [Fact]
    public async Task The_same_content_gives_the_same_receipt_for_ever()
    {
        var upload = await Wanzhou.OpenAsync("r1");
        await upload.AppendAsync(Row("2023", "1"), Row("2024", "2"));
        var receipt = Assert.IsType<CommitOutcome.Committed>(await upload.CommitAsync()).Receipt;
        Assert.NotNull(receipt);

        async Task AssertSameAsync()
        {
            var opened = await Wanzhou.OpenAsync("r1");
            var repeated = Assert.IsType<CommitOutcome.Committed>(await opened.CommitAsync(2, upload.Digest));
            Assert.Equivalent(receipt, repeated.Receipt, strict: true);
            Assert.Equivalent(receipt, (await Wanzhou.FindAsync("r1")).Receipt, strict: true);
        }

        await AssertSameAsync();
        await Yaan.CommitAsync("other", Row("2024", "3"));
        await RestartAsync();
        await AssertSameAsync();
        var head = (await Wanzhou.WithdrawAsync("r1")).Report.WithdrawPosition;
        await AssertSameAsync();
        await RestartAsync();
        await AssertSameAsync();
        Assert.Equal(head, (await Store.ReadHeadAsync(Cancelled)).Position);
    }

    [Fact]
    public async Task Other_content_under_a_committed_name_is_a_conflict()
    {
        var upload = await Wanzhou.OpenAsync("r1");
        await upload.AppendAsync(Row("2024", "1"));
        await upload.CommitAsync();

        Assert.IsType<CommitOutcome.ContentConflict>(await upload.CommitAsync(digest: TestUpload.DigestOf(Row("2024", "2"))));
        Assert.IsType<CommitOutcome.ContentConflict>(await upload.CommitAsync(rowCount: 2));
        await Wanzhou.WithdrawAsync("r1");
        Assert.IsType<CommitOutcome.ContentConflict>(await upload.CommitAsync(rowCount: 2));
    }

    [Fact]
    public async Task A_digest_or_count_that_is_not_that_of_the_rows_commits_nothing()
    {
        var upload = await Wanzhou.OpenAsync("r1");
        await upload.AppendAsync(Row("2024", "1"));

        Assert.Equal(new CommitOutcome.DigestMismatch(1), await upload.CommitAsync(digest: new byte[32]));
        Assert.Equal(new CommitOutcome.DigestMismatch(1), await upload.CommitAsync(rowCount: 2));

        Assert.Equal(0, (await Store.ReadHeadAsync(Cancelled)).Position);
        Assert.Equal(ReportState.Open, (await Wanzhou.FindAsync("r1")).State);
        Assert.IsType<CommitOutcome.Committed>(await upload.CommitAsync());
    }

    [Fact]
    public async Task A_name_that_was_never_opened_cannot_be_committed()
    {
        var upload = await Wanzhou.OpenAsync("r1");
        var request = new CommitUpload
        {
            Report = Wanzhou.Name("r2"),
            Changeset = upload.Cursor.Changeset,
            Epoch = upload.Cursor.Epoch,
            RowCount = 0,
            Digest = new byte[32],
            CatalogVersion = 0,
            By = Callers.Of("wanzhou", "ReportService/UploadReport"),
        };

        Assert.IsType<CommitOutcome.Fenced>(await Store.CommitAsync(request, Cancelled));
    }

    [Fact]
    public async Task A_refused_report_shows_nothing_keeps_its_findings_and_takes_no_position()
    {
        var outcome = await Wanzhou.SubmitAsync("r1", RowPolicy.RejectReport, Row("2023", "1"), null, Row("2024", "2"));

        var rejected = Assert.IsType<CommitOutcome.Rejected>(outcome);
        Assert.Equal(new RowCounts { Submitted = 3, Rejected = 1, Findings = 1 }, rejected.Counts);
        Assert.Equal([Refusal(1)], rejected.Findings);
        var report = await Wanzhou.FindAsync("r1");
        Assert.Equal((ReportState.Rejected, 0, null), (report.State, report.ReleasePosition, report.Receipt));
        Assert.Equal([Refusal(1)], await Store.ListAllFindingsAsync(report.Name, 10));
        Assert.Empty(await ShownAsync());
        Assert.Equal(0, (await Store.ReadHeadAsync(Cancelled)).Position);
    }

    [Fact]
    public async Task A_refused_name_is_free_again_and_starts_at_0_without_its_old_findings()
    {
        await Wanzhou.SubmitAsync("r1", RowPolicy.RejectReport, Row("2023", "1"), null);

        var again = await Wanzhou.OpenAsync("r1");
        Assert.Equal((0, 0, ReportState.Open), (again.Cursor.NextOffset, again.Cursor.Rejected, again.Cursor.State));
        Assert.Empty(await Store.ListAllFindingsAsync(Wanzhou.Name("r1"), 10));
        await again.AppendAsync(Row("2023", "1"));

        var committed = Assert.IsType<CommitOutcome.Committed>(await again.CommitAsync());
        Assert.Equal(new RowCounts { Submitted = 1, Created = 1 }, committed.Counts);
        Assert.Equal(["2023 1"], await ShownAsync());
    }

    [Fact]
    public async Task Under_quarantine_the_good_rows_go_on()
    {
        var outcome = await Wanzhou.SubmitAsync("r1", RowPolicy.Quarantine, Row("2023", "1"), null, Row("2024", "2"));

        var committed = Assert.IsType<CommitOutcome.Committed>(outcome);
        Assert.Equal(new RowCounts { Submitted = 3, Rejected = 1, Created = 2, Findings = 1 }, committed.Counts);
        Assert.Equal([Refusal(1)], committed.Findings);
        Assert.Equal(["2023 1", "2024 2"], await ShownAsync());
    }

    [Fact]
    public async Task Under_quarantine_a_report_without_a_good_row_is_refused()
    {
        Assert.IsType<CommitOutcome.Rejected>(await Wanzhou.SubmitAsync("r1", RowPolicy.Quarantine, null, null));
    }

    [Fact]
    public async Task Reports_are_listed_newest_first_page_by_page()
    {
        foreach (var id in (string[])["r1", "r2", "r3"]) await Wanzhou.CommitAsync(id, Row("2024", "1"));
        await Yaan.CommitAsync("y1", Row("2024", "1"));

        var first = await Store.ListReportsAsync("wanzhou", long.MaxValue, 2, Cancelled);
        var second = await Store.ListReportsAsync("wanzhou", first[^1].Sequence, 2, Cancelled);

        Assert.Equal(["r3", "r2"], first.Select(report => report.Name.Id));
        Assert.Equal(["r1"], second.Select(report => report.Name.Id));
        Assert.Null(await Store.FindReportAsync(Wanzhou.Name("y1"), Cancelled));
    }
}
