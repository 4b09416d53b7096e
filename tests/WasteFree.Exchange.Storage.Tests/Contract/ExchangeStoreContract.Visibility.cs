using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

public abstract partial class ExchangeStoreContract
{
    [Fact]
    public async Task What_may_not_be_read_is_as_if_it_had_never_been_sent()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        await Yaan.CommitAsync("r1", Row("2025", "2", region: "511800"));

        var yaan = new Visibility { Organization = "yaan" };
        var page = await Store.ReadObservationsAsync(new ObservationFilter(), yaan, 2, -1, 1, Cancelled);
        Assert.Equal(["2"], page.Rows.Select(row => row.Observation.Value?.ToString()));
        Assert.Empty((await Store.ReadObservationsAsync(new ObservationFilter(), Visibility.Nothing, 2, -1, 1, Cancelled)).Rows);
        Assert.Equal(PeriodOf("2024"), await Store.FindLatestPeriodAsync(new ObservationFilter(), new Visibility { Organization = "wanzhou" }, 2, Cancelled));
        Assert.Null(await Store.FindLatestPeriodAsync(new ObservationFilter(), Visibility.Nothing, 2, Cancelled));
    }

    [Fact]
    public async Task A_cursor_that_names_what_may_not_be_read_tells_nothing_of_it()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        await Yaan.CommitAsync("r1", Row("2024", "2"));
        var query = new HistoryQuery { Indicator = "HUB-HW-GEN", Region = "500101", Period = PeriodOf("2024") };
        var hidden = (await Store.ReadWholeHistoryAsync(query, 2, 10)).First(entry => entry.Revision.Organization == "wanzhou").Cursor;
        var yaan = new Visibility { Organization = "yaan" };

        foreach (var cursor in new[] { hidden, hidden + 1_000 })
            Assert.Empty((await Store.ReadHistoryAsync(query, yaan, 2, cursor, 10, Cancelled)).Entries);
    }
}
