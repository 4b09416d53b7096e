using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>How much of an organisation is kept.</summary>
public abstract partial class ExchangeStoreContract
{
    [Fact]
    public async Task Rows_of_an_organisation_that_are_kept_are_counted_and_no_others()
    {
        Assert.Equal(0, await Store.CountStoredRowsAsync("wanzhou", Cancelled));
        await Wanzhou.CommitAsync("committed", Row("2021", "1"), Row("2022", "2"));
        await Wanzhou.CommitAsync("withdrawn", Row("2023", "3"));
        await Store.WithdrawAsync(new ReportName("wanzhou", "withdrawn"), "示例", Callers.Of("wanzhou", "ReportService/WithdrawReport"), Cancelled);
        var unfinished = await Wanzhou.OpenAsync("unfinished");
        await unfinished.AppendAsync(Row("2024", "4"));
        var aborted = await Wanzhou.OpenAsync("aborted");
        await aborted.AppendAsync(Row("2024", "5"));
        Assert.Equal(5, await Store.CountStoredRowsAsync("wanzhou", Cancelled));
        await Store.AbortAsync(new ReportName("wanzhou", "aborted"), Callers.Of("wanzhou", "ReportService/AbortReport"), Cancelled);
        var check = await Wanzhou.OpenAsync("check", validateOnly: true);
        await check.AppendAsync(Row("2024", "6"));

        Assert.Equal(4, await Store.CountStoredRowsAsync("wanzhou", Cancelled));
        Assert.Equal(0, await Store.CountStoredRowsAsync("yaan", Cancelled));
    }
}
