using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>Starting, resuming and taking over an upload.</summary>
public abstract partial class ExchangeStoreContract : StoreContract
{
    [Fact]
    public async Task A_new_name_starts_at_0_with_a_digest_of_zeros()
    {
        var upload = await Wanzhou.OpenAsync("r1");

        Assert.Equal((1, 0, ReportState.Open), (upload.Cursor.Epoch, upload.Cursor.NextOffset, upload.Cursor.State));
        Assert.Equal(Sha256State.StateOf([]), upload.Cursor.DigestState);
    }

    [Fact]
    public async Task The_same_id_of_two_organisations_is_two_reports()
    {
        await (await Wanzhou.OpenAsync("r1")).AppendAsync(Row("2024", "1"));

        Assert.Equal(0, (await Yaan.OpenAsync("r1")).Cursor.NextOffset);
    }

    [Fact]
    public async Task Opening_again_resumes_after_the_durable_rows_with_their_digest_and_a_higher_epoch()
    {
        var first = await Wanzhou.OpenAsync("r1");
        await first.AppendAsync(Row("2023", "1"), null, Row("2024", "2"));

        var second = await Wanzhou.OpenAsync("r1");

        Assert.Equal((first.Cursor.Changeset, 3), (second.Cursor.Changeset, second.Cursor.NextOffset));
        Assert.Equal(1, second.Cursor.Rejected);
        Assert.Equal(first.DigestState, second.Cursor.DigestState);
        Assert.True(second.Cursor.Epoch > first.Cursor.Epoch);
    }

    [Fact]
    public async Task An_upload_resumes_after_the_hub_was_restarted()
    {
        var before = await Wanzhou.OpenAsync("r1");
        await before.AppendAsync(Row("2023", "1"));
        await RestartAsync();

        var after = await Wanzhou.OpenAsync("r1");
        Assert.Equal(before.DigestState, after.Cursor.DigestState);
        await after.AppendAsync(Row("2024", "2"));
        Assert.IsType<CommitOutcome.Committed>(await after.CommitAsync());

        Assert.Equal(["2023 1", "2024 2"], await ShownAsync());
    }

    [Fact]
    public async Task An_upload_keeps_the_catalogue_that_it_began_with_and_takes_the_row_policy_of_the_last_opening()
    {
        await (await Wanzhou.OpenAsync("r1")).AppendAsync(Row("2023", "1"));
        await LoadCatalogAsync();

        var again = await Wanzhou.OpenAsync("r1", RowPolicy.Quarantine);

        Assert.Equal((0, RowPolicy.Quarantine), (again.Cursor.CatalogVersion, again.Cursor.RowPolicy));
        Assert.Equal(RowPolicy.Quarantine, (await Wanzhou.FindAsync("r1")).RowPolicy);
    }

    [Fact]
    public async Task Whoever_opens_fences_the_writer_before()
    {
        var old = await Wanzhou.OpenAsync("r1");
        await old.AppendAsync(Row("2023", "1"));
        var taker = await Wanzhou.OpenAsync("r1");

        Assert.Equal(AppendResult.Fenced, await old.AppendAsync(Row("2024", "2")));
        Assert.IsType<CommitOutcome.Fenced>(await old.CommitAsync(taker.Offset, taker.Digest));
        Assert.Equal(AppendResult.Appended, await taker.AppendAsync(Row("2024", "3")));
        Assert.IsType<CommitOutcome.Committed>(await taker.CommitAsync());

        Assert.Equal(["2023 1", "2024 3"], await ShownAsync());
    }

    [Fact]
    public async Task A_restart_begins_at_0_and_fences_the_writer_before()
    {
        var old = await Wanzhou.OpenAsync("r1");
        await old.AppendAsync(Row("2023", "1"), null);

        var fresh = await Wanzhou.OpenAsync("r1", restart: true);

        Assert.Equal((0, 0), (fresh.Cursor.NextOffset, fresh.Cursor.Rejected));
        Assert.Equal(Sha256State.StateOf([]), fresh.Cursor.DigestState);
        Assert.True(fresh.Cursor.Epoch > old.Cursor.Epoch);
        Assert.Equal(AppendResult.Fenced, await old.AppendAsync(Row("2024", "2")));
        await fresh.AppendAsync(Row("2022", "9"));
        Assert.IsType<CommitOutcome.Committed>(await fresh.CommitAsync());
        Assert.Equal(["2022 9"], await ShownAsync());
        Assert.Empty(await Store.ListAllFindingsAsync(Wanzhou.Name("r1"), 10));
    }

    [Fact]
    public async Task A_restart_of_the_writer_that_comes_back_drops_none_of_its_rows()
    {
        var mine = Of("mine") with { Restart = true };
        var upload = await TestUpload.OpenAsync(Store, mine);
        await upload.AppendAsync(Row("2023", "1"));

        Assert.Equal(1, (await Store.OpenUploadAsync(mine, Cancelled))!.NextOffset);
        Assert.Equal(0, (await Store.OpenUploadAsync(mine with { Writer = "other" }, Cancelled))!.NextOffset);
    }

    [Fact]
    public async Task A_writer_that_comes_back_goes_on_unless_another_has_opened_the_report_since()
    {
        var first = await Store.OpenUploadAsync(Of("mine"), Cancelled);
        Assert.Equal(first!.Epoch + 1, (await Store.OpenUploadAsync(Of("mine"), Cancelled))!.Epoch);

        await Store.OpenUploadAsync(Of("other"), Cancelled);
        await Store.OpenUploadAsync(Of("third") with { Restart = true }, Cancelled);
        await RestartAsync();

        Assert.Null(await Store.OpenUploadAsync(Of("mine"), Cancelled));
        Assert.Null(await Store.OpenUploadAsync(Of("other"), Cancelled));
        Assert.Equal(first.Epoch + 4, (await Store.OpenUploadAsync(Of("third"), Cancelled))!.Epoch);
        // Without a name it takes over whoever writes, who has to stay away from then on.
        Assert.NotNull(await Store.OpenUploadAsync(Of(""), Cancelled));
        Assert.Null(await Store.OpenUploadAsync(Of("third"), Cancelled));
    }

    [Fact]
    public async Task Of_many_writers_that_were_overtaken_the_last_ones_are_kept_in_mind()
    {
        for (var i = 0; i <= 60; i++) await Store.OpenUploadAsync(Of($"{new string('w', 60)}{i}"), Cancelled);

        for (var i = 10; i < 60; i++) Assert.Null(await Store.OpenUploadAsync(Of($"{new string('w', 60)}{i}"), Cancelled));
        Assert.NotNull(await Store.OpenUploadAsync(Of($"{new string('w', 60)}9"), Cancelled));
    }

    [Fact]
    public async Task Where_an_upload_stands_is_found_without_touching_it()
    {
        Assert.Null(await Store.FindUploadAsync(Of("").Report, Cancelled));
        var upload = await TestUpload.OpenAsync(Store, Of("mine"));
        await upload.AppendAsync(Row("2023", "1"));

        var found = await Store.FindUploadAsync(Of("").Report, Cancelled);

        Assert.Equal((upload.Cursor.Changeset, upload.Cursor.Epoch, 1L, ReportState.Open), (found!.Changeset, found.Epoch, found.NextOffset, found.State));
        Assert.Equal(AppendResult.Appended, await upload.AppendAsync(Row("2024", "1")));
    }

    private static OpenUpload Of(string writer) =>
        new() { Report = new ReportName("wanzhou", "r1"), RowPolicy = RowPolicy.RejectReport, CatalogVersion = 0, Writer = writer };
}
