using Dapper;
using WasteFree.Exchange.Storage.Sqlite;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>A check (validate only) answers as a commit would and leaves nothing; what was dropped is swept away.</summary>
public abstract partial class ExchangeStoreContract
{
    [Fact]
    public async Task A_check_answers_with_counts_and_findings_and_leaves_nothing()
    {
        var check = await Wanzhou.OpenAsync("r1", RowPolicy.Quarantine, validateOnly: true);
        await check.AppendAsync(Row("2023", "1"), null, Row("2023", "1"), Row("2024", "2"));

        var outcome = Assert.IsType<CommitOutcome.Committed>(await check.CommitAsync());

        Assert.Null(outcome.Receipt);
        Assert.Equal(new RowCounts { Submitted = 4, Rejected = 1, Duplicate = 1, Findings = 2 }, outcome.Counts);
        Assert.Equal([2L], outcome.Findings.Select(finding => finding.Row!.Value));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task A_check_of_rows_that_would_be_refused_says_so_and_leaves_nothing()
    {
        var check = await Wanzhou.OpenAsync("r1", validateOnly: true);
        await check.AppendAsync(Row("2023", "1"), Row("2023", "2"));

        Assert.Equal(2, Assert.IsType<CommitOutcome.Rejected>(await check.CommitAsync()).Counts.Rejected);

        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task A_check_that_is_dropped_leaves_nothing_and_takes_no_more_rows()
    {
        var check = await Wanzhou.OpenAsync("r1", validateOnly: true);
        await check.AppendAsync(Row("2023", "1"), null);

        await Store.DropAsync(check.Cursor.Changeset, Cancelled);

        Assert.Equal(AppendResult.Fenced, await check.AppendAsync(Row("2024", "1")));
        Assert.IsType<CommitOutcome.Fenced>(await check.CommitAsync());
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Checks_of_one_name_go_side_by_side_and_beside_its_upload()
    {
        var upload = await Wanzhou.OpenAsync("r1");
        await upload.AppendAsync(Row("2023", "1"));
        var one = await Wanzhou.OpenAsync("r1", validateOnly: true);
        var two = await Wanzhou.OpenAsync("r1", validateOnly: true);
        await one.AppendAsync(Row("2024", "8"));
        await two.AppendAsync(Row("2024", "9"));

        Assert.IsType<CommitOutcome.Committed>(await one.CommitAsync());
        Assert.IsType<CommitOutcome.Committed>(await two.CommitAsync());
        Assert.IsType<CommitOutcome.Committed>(await upload.CommitAsync());

        Assert.Equal(["2023 1"], await ShownAsync());
    }

    [Fact]
    public async Task Dropping_what_is_no_check_changes_nothing()
    {
        await Wanzhou.CommitAsync("r1", Row("2023", "1"));
        var open = await Wanzhou.OpenAsync("r2");
        await open.AppendAsync(Row("2024", "1"));
        await LoadCatalogAsync();
        var before = await StoredRows.ReadAsync(Database, Cancelled);

        foreach (var changeset in before.Changesets.Keys) await Store.DropAsync(changeset, Cancelled);
        await RestartAsync();

        await AssertUnchangedAsync(before);
    }

    [Fact]
    public async Task An_upload_cannot_be_ended_as_a_check()
    {
        var upload = await Wanzhou.OpenAsync("r1");
        await upload.AppendAsync(Row("2024", "1"));
        var request = new CommitUpload
        {
            Report = Wanzhou.Name("r1"),
            Changeset = upload.Cursor.Changeset,
            Epoch = upload.Cursor.Epoch,
            RowCount = upload.Offset,
            Digest = upload.Digest,
            CatalogVersion = 0,
            By = Callers.Of("wanzhou", "ReportService/UploadReport"),
            ValidateOnly = true,
        };

        Assert.IsType<CommitOutcome.Fenced>(await Store.CommitAsync(request, Cancelled));

        Assert.IsType<CommitOutcome.Committed>(await upload.CommitAsync());
    }

    [Fact]
    public async Task Rows_of_refused_and_restarted_uploads_are_swept_away_and_visible_ones_never()
    {
        await Wanzhou.CommitAsync("kept", Row("2023", "1"));
        await Wanzhou.SubmitAsync("quarantined", RowPolicy.Quarantine, Row("2024", "1"), null);
        await Wanzhou.CommitAsync("withdrawn", Row("2025", "1"));
        await Wanzhou.WithdrawAsync("withdrawn");
        var kept = (await StoredRows.ReadAsync(Database, Cancelled)).Revisions.Keys.Order().ToList();
        var many = Enumerable.Range(0, 6_000).Select(i => Row("2024", "1", category: $"C{i}")).ToList();
        await Wanzhou.SubmitAsync("refused", RowPolicy.RejectReport, [.. many, null]);
        await (await Wanzhou.OpenAsync("restarted")).AppendAsync(Row("2024", "9"), null);
        await Wanzhou.OpenAsync("restarted", restart: true);

        await SweptAsync();

        var stored = await StoredRows.ReadAsync(Database, Cancelled);
        Assert.Equal(kept, stored.Revisions.Keys.Order());
        Assert.Equal(2, stored.Findings.Count);
        Assert.Equal([Refusal(6_000)], await Store.ListAllFindingsAsync(Wanzhou.Name("refused"), 10));
        Assert.Equal(["2023 1", "2024 1"], await ShownAsync());
    }

    [Fact]
    public async Task What_has_rows_or_findings_left_is_never_marked_as_swept()
    {
        // Open attempts: no hub is at their rows meanwhile.
        var rows = await Wanzhou.OpenAsync("rows");
        await rows.AppendAsync(Row("2024", "1"));
        var findings = await Wanzhou.OpenAsync("findings");
        await findings.AppendAsync([null]);
        var nothing = await Wanzhou.OpenAsync("nothing");

        // As by a hub that has found nothing more to delete: another one was at the same rows and has not committed yet.
        await using var connection = await Database.ConnectAsync(Cancelled);
        Task<int> MarkAsync(TestUpload upload) => connection.ExecuteAsync(
            new SweepSql(SqliteDialect.Instance).SetSwept.Text,
            new { Id = upload.Cursor.Changeset, lo = Keys.FirstRevision(upload.Cursor.Changeset), hi = Keys.LastRevision(upload.Cursor.Changeset) });
        Assert.Equal(0, await MarkAsync(rows));
        Assert.Equal(0, await MarkAsync(findings));
        Assert.Equal(1, await MarkAsync(nothing));
    }

    private async Task AssertNothingIsLeftAsync()
    {
        await SweptAsync();
        var stored = await StoredRows.ReadAsync(Database, Cancelled);
        Assert.Empty(stored.Revisions);
        Assert.Empty(stored.Findings);
        Assert.Empty(stored.Reports);
        Assert.DoesNotContain(stored.Changesets.Values, changeset => changeset.State == 1);
        Assert.Equal(0, stored.Head.Position);
    }
}
