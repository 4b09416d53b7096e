using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>A value names the report that sent it, and the one that repeated it last: that one asserts it.</summary>
public abstract partial class ExchangeStoreContract
{
    [Fact]
    public async Task A_value_that_a_later_report_affirmed_is_asserted_by_it_when_the_earlier_one_is_withdrawn()
    {
        await Wanzhou.CommitAsync("r1", Row("2024-Q1", "1"));
        await Wanzhou.CommitAsync("r2", Row("2024-Q1", "1"));
        await Wanzhou.WithdrawAsync("r1");

        Assert.Equal(["r1 affirmed by r2 2"], await AssertedAsync(3));
        Assert.Equal("r1 affirmed by r2 2", Asserted(Assert.Single(await HistoryAsync()).Revision));
        var difference = Assert.Single(await Store.ReadAllDifferencesAsync(new ObservationFilter(), 0, 3, 10));
        Assert.Equal("r1 affirmed by r2 2", Asserted(difference.After!));
    }

    [Fact]
    public async Task Every_position_tells_who_asserted_a_value_by_then()
    {
        await Wanzhou.CommitAsync("r1", Row("2024-Q1", "1"), Row("2024-Q2", "9"));
        await Wanzhou.CommitAsync("r2", Row("2024-Q1", "1"));
        await Wanzhou.CommitAsync("r3", Row("2024-Q1", "1"));
        await Wanzhou.CommitAsync("r4", Row("2024-Q1", "2"));
        await Wanzhou.CommitAsync("r5", Row("2024-Q1", "2"));
        await Wanzhou.CommitAsync("r6", Row("2024-Q1", "1"));
        await Wanzhou.WithdrawAsync("r6");
        await RestartAsync();

        Assert.Equal(["r1", "r1"], await AssertedAsync(1));
        Assert.Equal(["r1 affirmed by r2 2", "r1"], await AssertedAsync(2));
        Assert.Equal(["r1 affirmed by r3 3", "r1"], await AssertedAsync(3));
        Assert.Equal(["r4", "r1"], await AssertedAsync(4));
        Assert.Equal(["r4 affirmed by r5 5", "r1"], await AssertedAsync(5));
        Assert.Equal(["r6", "r1"], await AssertedAsync(6));
        Assert.Equal(["r1"], await AssertedAsync(7));
        Assert.Equal(["r1 affirmed by r3 3", "r4 affirmed by r5 5", "r6", "r6"], (await HistoryAsync()).Select(entry => Asserted(entry.Revision)));
    }

    /// <summary>The number of an upload is of its opening, and says nothing of its place in the ledger.</summary>
    [Fact]
    public async Task The_last_to_affirm_a_value_is_the_last_to_commit()
    {
        await Wanzhou.CommitAsync("r1", Row("2024-Q1", "1"));
        var openedFirst = await Wanzhou.OpenAsync("opened-first");
        await Wanzhou.CommitAsync("committed-first", Row("2024-Q1", "1"));
        await openedFirst.AppendAsync(Row("2024-Q1", "1"));
        await openedFirst.CommitAsync();

        Assert.Equal(["r1 affirmed by opened-first 3"], await AssertedAsync(3));
        Assert.Equal(["r1 affirmed by committed-first 2"], await AssertedAsync(2));
        await Wanzhou.CommitAsync("later", Row("2024-Q1", "2"));
        Assert.Equal(["r1 affirmed by opened-first 3"], await AssertedAsync(3));
        Assert.Equal("r1 affirmed by opened-first 3", Asserted((await HistoryAsync())[0].Revision));
    }

    [Fact]
    public async Task A_value_affirmed_by_a_report_that_was_withdrawn_is_gone_and_was_asserted_by_it()
    {
        await Wanzhou.CommitAsync("r1", Row("2024-Q1", "1"));
        await Wanzhou.CommitAsync("r2", Row("2024-Q1", "1"));
        await Wanzhou.WithdrawAsync("r1");
        await Wanzhou.WithdrawAsync("r2");

        Assert.Empty(await AssertedAsync(4));
        Assert.Equal(["r1 affirmed by r2 2"], await AssertedAsync(3));
        Assert.Equal(["r1 affirmed by r2 2", "r2"], (await HistoryAsync()).Select(entry => Asserted(entry.Revision)));
    }

    private async Task<IReadOnlyList<string>> AssertedAsync(long position) =>
        [.. (await Store.ReadAllAsync(new ObservationFilter(), position, 10)).Select(Asserted)];

    private static string Asserted(Values.ObservationRevision revision) =>
        revision.Report + (revision.Affirmed is { } by ? $" affirmed by {by.Report} {by.Position}" : "");
}
