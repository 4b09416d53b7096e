using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>Rows and cursor move together, or not at all.</summary>
public abstract partial class ExchangeStoreContract
{
    [Fact]
    public async Task A_chunk_moves_the_cursor_by_its_rows_bad_ones_included()
    {
        var upload = await Wanzhou.OpenAsync("r1");
        await upload.AppendAsync(Row("2022", "1"), null);
        await upload.AppendAsync(Row("2023", "2"), null, null);

        var report = await Wanzhou.FindAsync("r1");

        Assert.Equal((ReportState.Open, 5), (report.State, report.DurableOffset));
        Assert.Equal((5, 3, 3), (report.Counts.Submitted, report.Counts.Rejected, report.Counts.Findings));
        Assert.Equal([1L, 3L, 4L], (await Store.ListAllFindingsAsync(report.Name, 2)).Select(finding => finding.Row!.Value));
    }

    /// <summary>As a report stream hands them over: those that meet in the queue go in together.</summary>
    [Fact]
    public async Task Chunks_that_do_not_wait_for_each_other_go_in_as_if_they_did()
    {
        const int chunks = 60;
        var waiting = await Wanzhou.OpenAsync("waiting");
        TestUpload[] hurried = [await Wanzhou.OpenAsync("h0"), await Wanzhou.OpenAsync("h1")];
        for (var i = 0; i < chunks; i++) Assert.Equal(AppendResult.Appended, await waiting.AppendAsync(Row("2022", $"{i}", category: $"C{i}"), null));

        var appending = Enumerable.Range(0, chunks).SelectMany(i => hurried.Select(upload => upload.AppendAsync(Row("2022", $"{i}", category: $"C{i}"), null))).ToList();
        Assert.All(await Task.WhenAll(appending), result => Assert.Equal(AppendResult.Appended, result));

        var expected = await Wanzhou.FindAsync("waiting");
        var findings = await Store.ListAllFindingsAsync(expected.Name, 1_000);
        Assert.Equal(2 * chunks, expected.DurableOffset);
        foreach (var (name, number) in new[] { ("h0", 0), ("h1", 1) })
        {
            var report = await Wanzhou.FindAsync(name);
            Assert.Equal((expected.DurableOffset, expected.Counts), (report.DurableOffset, report.Counts));
            Assert.Equal(findings, await Store.ListAllFindingsAsync(report.Name, 1_000));
            Assert.Equal(waiting.DigestState, (await Wanzhou.OpenAsync(name)).Cursor.DigestState);
            Assert.Equal(waiting.Digest, hurried[number].Digest);
        }
    }

    [Fact]
    public async Task Of_chunks_that_do_not_wait_those_from_a_gap_on_or_of_a_fenced_writer_change_nothing()
    {
        var old = await Wanzhou.OpenAsync("r1");
        var fenced = old.Next(Row("2020", "9"));
        var upload = await Wanzhou.OpenAsync("r1");
        var sent = Enumerable.Range(0, 20).Select(i => upload.Next(Row("2022", $"{i}", category: $"C{i}"))).ToList();
        sent.RemoveAt(12);
        sent.Insert(5, fenced);
        sent.Insert(6, fenced with { Offset = 5 });

        var results = await Task.WhenAll(sent.Select(chunk => Store.AppendAsync(chunk, Cancelled)));

        Assert.Equal(sent.Select(chunk => chunk.Epoch == upload.Cursor.Epoch && chunk.Offset < 12 ? AppendResult.Appended : AppendResult.Fenced), results);
        var stands = await Wanzhou.OpenAsync("r1");
        Assert.Equal(12, stands.Cursor.NextOffset);
        Assert.Equal(sent[13].DigestState, stands.Cursor.DigestState);
        Assert.Equal(sent[13].StoredState, stands.Cursor.StoredState);
        Assert.Equal(12, (await StoredRows.ReadAsync(Database, Cancelled)).Revisions.Count);
    }

    [Fact]
    public async Task A_fenced_chunk_changes_nothing()
    {
        var old = await Wanzhou.OpenAsync("r1");
        await old.AppendAsync(Row("2023", "1"));
        var taker = await Wanzhou.OpenAsync("r1");
        var before = await StoredRows.ReadAsync(Database, Cancelled);

        Assert.Equal(AppendResult.Fenced, await old.AppendAsync(Row("2024", "2", category: "HW99"), null));

        await AssertUnchangedAsync(before);
        Assert.Equal(old.Cursor.Changeset, taker.Cursor.Changeset);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_chunk_at_any_offset_but_the_next_changes_nothing(long offset)
    {
        var upload = await Wanzhou.OpenAsync("r1");
        await upload.AppendAsync(Row("2022", "1"), Row("2023", "2"));
        var before = await StoredRows.ReadAsync(Database, Cancelled);

        Assert.Equal(AppendResult.Fenced, await Store.AppendAsync(upload.Next(Row("2024", "3")) with { Offset = offset }, Cancelled));

        await AssertUnchangedAsync(before);
    }

    [Fact]
    public async Task A_chunk_for_an_upload_that_has_ended_changes_nothing()
    {
        var upload = await Wanzhou.OpenAsync("r1");
        await upload.AppendAsync(Row("2022", "1"));
        await upload.CommitAsync();
        var before = await StoredRows.ReadAsync(Database, Cancelled);

        Assert.Equal(AppendResult.Fenced, await upload.AppendAsync(Row("2023", "2")));

        await AssertUnchangedAsync(before);
    }

    [Fact]
    public async Task Nothing_of_an_unfinished_upload_is_visible()
    {
        await (await Wanzhou.OpenAsync("r1")).AppendAsync(Row("2024", "1"));

        Assert.Empty(await ShownAsync());
        Assert.Empty(await ShownAsync(position: 1_000));
        Assert.Null(await Store.FindLatestPeriodAsync(new ObservationFilter(), Visibility.Everything, 0, Cancelled));
    }

    [Fact]
    public async Task An_appended_chunk_is_there_for_another_hub_at_once()
    {
        await using var other = await OpenAnotherAsync();
        var upload = await Wanzhou.OpenAsync("r1");
        for (var rows = 1; rows <= 20; rows++)
        {
            await upload.AppendAsync(Row("2024", "1"));
            Assert.Equal(rows, Assert.IsType<ReportRecord>(await other.FindReportAsync(Wanzhou.Name("r1"), Cancelled)).DurableOffset);
        }
    }

    [Fact]
    public async Task Chunks_of_many_writers_at_once_are_each_stored_once()
    {
        const int Writers = 24;
        const int Chunks = 5;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            var upload = await Wanzhou.OpenAsync($"r{writer}");
            for (var chunk = 0; chunk < Chunks; chunk++)
                await upload.AppendAsync(Row("2023", "1", category: $"C{writer}-{chunk}"), Row("2024", "2", category: $"C{writer}-{chunk}"));
            Assert.IsType<CommitOutcome.Committed>(await upload.CommitAsync());
        }));

        Assert.Equal(Writers * Chunks * 2, (await ShownAsync()).Count);
        Assert.Equal(Writers, (await Store.ReadHeadAsync(Cancelled)).Position);
    }

    private async Task AssertUnchangedAsync(StoredRows before)
    {
        var after = await StoredRows.ReadAsync(Database, Cancelled);
        Assert.Equivalent(before, after, strict: true);
    }
}
