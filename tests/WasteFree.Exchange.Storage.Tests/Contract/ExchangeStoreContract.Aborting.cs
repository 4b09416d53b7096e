using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>An unfinished upload can be given up, by its organisation or because nothing came for long.</summary>
public abstract partial class ExchangeStoreContract
{
    [Fact]
    public async Task An_upload_given_up_is_fenced_dropped_and_its_name_free_again()
    {
        var upload = await Wanzhou.OpenAsync("r1");
        await upload.AppendAsync(Row("2023", "1"));

        var aborted = Assert.IsType<AbortOutcome.Aborted>(await Store.AbortAsync(new ReportName("wanzhou", "r1"), Callers.Of("wanzhou", "ReportService/AbortReport"), Cancelled));

        Assert.Equal(ReportState.Aborted, aborted.Report.State);
        Assert.Equal(AppendResult.Fenced, await upload.AppendAsync(Row("2024", "1")));
        Assert.IsType<CommitOutcome.Fenced>(await upload.CommitAsync());
        var again = await Wanzhou.OpenAsync("r1");
        Assert.Equal((0L, ReportState.Open), (again.Cursor.NextOffset, again.Cursor.State));
        await again.AppendAsync(Row("2023", "2"));
        Assert.IsType<CommitOutcome.Committed>(await again.CommitAsync());
        Assert.Equal(["2023 2"], await ShownAsync());
    }

    [Fact]
    public async Task The_writer_of_an_upload_given_up_stays_away()
    {
        await Store.OpenUploadAsync(Of("mine"), Cancelled);
        for (var i = 0; i < 2; i++) await Store.AbortAsync(Of("").Report, Callers.Of("wanzhou", "ReportService/AbortReport"), Cancelled);

        Assert.Null(await Store.OpenUploadAsync(Of("mine"), Cancelled));
        Assert.NotNull(await Store.OpenUploadAsync(Of("other"), Cancelled));
    }

    [Fact]
    public async Task Giving_up_twice_is_once_and_a_committed_or_unknown_report_is_not_given_up()
    {
        await Wanzhou.OpenAsync("r1");
        await Wanzhou.CommitAsync("r2", Row("2023", "1"));

        Assert.IsType<AbortOutcome.Aborted>(await Store.AbortAsync(new ReportName("wanzhou", "r1"), Callers.Of("wanzhou", "ReportService/AbortReport"), Cancelled));
        Assert.IsType<AbortOutcome.Aborted>(await Store.AbortAsync(new ReportName("wanzhou", "r1"), Callers.Of("wanzhou", "ReportService/AbortReport"), Cancelled));
        Assert.Equal(ReportState.Committed, Assert.IsType<AbortOutcome.WrongState>(await Store.AbortAsync(new ReportName("wanzhou", "r2"), Callers.Of("wanzhou", "ReportService/AbortReport"), Cancelled)).State);
        Assert.IsType<AbortOutcome.Unknown>(await Store.AbortAsync(new ReportName("wanzhou", "r3"), Callers.Of("wanzhou", "ReportService/AbortReport"), Cancelled));
        Assert.Equal(["2023 1"], await ShownAsync());
    }

    [Fact]
    public async Task What_was_not_fed_for_long_expires_and_what_was_does_not()
    {
        var check = await Wanzhou.OpenAsync("r1", validateOnly: true);
        await check.AppendAsync(Row("2023", "1"));
        var left = await Wanzhou.OpenAsync("left");
        await left.AppendAsync(Row("2023", "1"));
        var fed = await Wanzhou.OpenAsync("fed");
        Clock.Advance(TimeSpan.FromHours(3));
        await fed.AppendAsync(Row("2023", "3"));

        Assert.Equal(2, await Store.ExpireAsync(Clock.GetUtcNow() - TimeSpan.FromHours(1), Cancelled));
        Assert.Equal(0, await Store.ExpireAsync(Clock.GetUtcNow() - TimeSpan.FromHours(1), Cancelled));

        Assert.Equal(ReportState.Aborted, (await Store.FindReportAsync(new ReportName("wanzhou", "left"), Cancelled))!.State);
        Assert.Equal(AppendResult.Fenced, await left.AppendAsync(Row("2024", "1")));
        Assert.IsType<CommitOutcome.Committed>(await fed.CommitAsync());
        await SweptAsync();
        Assert.Single((await StoredRows.ReadAsync(Database, Cancelled)).Revisions);
    }
}
