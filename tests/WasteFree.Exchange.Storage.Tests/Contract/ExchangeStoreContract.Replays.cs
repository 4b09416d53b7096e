using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>A commit that is repeated gives the stored receipt, says so, and tells where the report stands now.</summary>
public abstract partial class ExchangeStoreContract
{
    [Fact]
    public async Task A_first_commit_is_no_replay()
    {
        var upload = await Wanzhou.OpenAsync("r1");
        await upload.AppendAsync(Row("2024", "1"));

        Assert.Null(Assert.IsType<CommitOutcome.Committed>(await upload.CommitAsync()).Replay);
    }

    [Fact]
    public async Task A_repeated_commit_says_that_it_is_one_even_after_a_restart()
    {
        var receipt = await Wanzhou.CommitAsync("r1", Row("2023", "1"), Row("2024", "2"));

        Assert.Equal((new Replay(ReportState.Committed, 0, IsOwn: false), receipt.Position), await ReplayAsync("r1"));
        await RestartAsync();
        Assert.Equal((new Replay(ReportState.Committed, 0, IsOwn: false), receipt.Position), await ReplayAsync("r1"));
        Assert.Equal(1, (await Store.ReadHeadAsync(Cancelled)).Position);
    }

    [Fact]
    public async Task A_repeated_commit_of_a_withdrawn_report_says_that_it_was_withdrawn()
    {
        await Wanzhou.CommitAsync("r1", Row("2023", "1"), Row("2024", "2"));
        await Wanzhou.WithdrawAsync("r1");

        Assert.Equal((new Replay(ReportState.Withdrawn, 2, IsOwn: false), 1), await ReplayAsync("r1"));
        Assert.Empty(await ShownAsync());
    }

    [Fact]
    public async Task A_repeated_commit_counts_the_values_that_later_reports_replaced()
    {
        await Wanzhou.CommitAsync("before", Row("2020", "0"));
        await Wanzhou.CommitAsync("r1", Row("2020", "0"), Row("2021", "1"), Row("2022", "2"), Row("2023", "3"), Row("2024", "4"));
        await Wanzhou.CommitAsync("r2", Row("2020", "5"), Row("2021", "1.0"), Row("2022", "2"));
        await Wanzhou.CommitAsync("r3", Row("2023", "6"));
        await Wanzhou.WithdrawAsync("r3");
        await Yaan.CommitAsync("r1", Row("2024", "7"));

        // 2020 was replaced after it was affirmed, 2022 was affirmed, 2023 was replaced and withdrawn.
        Assert.Equal((new Replay(ReportState.Committed, 3, IsOwn: false), 2), await ReplayAsync("r1"));
    }

    [Fact]
    public async Task A_value_that_is_back_under_another_report_is_not_the_one_of_the_repeated_commit()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        await Wanzhou.CommitAsync("r2", Row("2024", "2"));
        await Wanzhou.CommitAsync("r3", Row("2024", "1"));

        Assert.Equal((new Replay(ReportState.Committed, 1, IsOwn: false), 1), await ReplayAsync("r1"));
    }

    /// <summary>Commits what is committed under the name.</summary>
    private async Task<(Replay? Replay, long Position)> ReplayAsync(string id)
    {
        var again = await Wanzhou.OpenAsync(id);
        var committed = Assert.IsType<CommitOutcome.Committed>(await again.CommitAsync());
        return (committed.Replay, committed.Receipt!.Position);
    }
}
