using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>Withdrawing removes what no later report asserts; it never brings anything back.</summary>
public abstract partial class ExchangeStoreContract
{
    [Fact]
    public async Task A_withdrawn_value_is_gone_from_then_on_and_still_there_before()
    {
        var receipt = await Wanzhou.CommitAsync("r1", Row("2023", "1"), Row("2024", "2"));

        var withdrawn = await Wanzhou.WithdrawAsync("r1", "数据有误");

        Assert.Equal(2, withdrawn.Tombstones);
        Assert.Equal((ReportState.Withdrawn, "数据有误"), (withdrawn.Report.State, withdrawn.Report.WithdrawReason));
        Assert.Equal((1, 2), (withdrawn.Report.ReleasePosition, withdrawn.Report.WithdrawPosition));
        Assert.Empty(await ShownAsync());
        Assert.Equal(["2023 1", "2024 2"], await ShownAsync(receipt.Position));
    }

    [Fact]
    public async Task A_value_that_a_later_report_replaced_stays_when_the_earlier_report_is_withdrawn()
    {
        await Wanzhou.CommitAsync("r1", Row("2023", "1"), Row("2024", "1"));
        await Wanzhou.CommitAsync("r2", Row("2024", "2"));

        Assert.Equal(1, (await Wanzhou.WithdrawAsync("r1")).Tombstones);
        Assert.Equal(["2024 2"], await ShownAsync());
    }

    [Fact]
    public async Task A_value_that_a_later_report_affirmed_stays_when_the_earlier_report_is_withdrawn()
    {
        await Wanzhou.CommitAsync("r1", Row("2023", "1"), Row("2024", "1"));
        await Wanzhou.CommitAsync("r2", Row("2024", "1"));

        Assert.Equal(1, (await Wanzhou.WithdrawAsync("r1")).Tombstones);
        Assert.Equal(["2024 1"], await ShownAsync());

        Assert.Equal(1, (await Wanzhou.WithdrawAsync("r2")).Tombstones);
        Assert.Empty(await ShownAsync());
    }

    [Fact]
    public async Task An_older_value_never_comes_back_by_itself()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        await Wanzhou.CommitAsync("r2", Row("2024", "2"));

        await Wanzhou.WithdrawAsync("r2");
        Assert.Empty(await ShownAsync());

        Assert.Equal(0, (await Wanzhou.WithdrawAsync("r1")).Tombstones);
        Assert.Empty(await ShownAsync());
    }

    /// <summary>A row without a number looks like a tombstone, and still is not equal to one.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData(null)]
    public async Task What_was_withdrawn_is_a_new_revision_when_it_is_sent_again(string? value)
    {
        await Wanzhou.CommitAsync("r1", Row("2024", value));
        await Wanzhou.WithdrawAsync("r1");

        var again = await Wanzhou.CommitAsync("r2", Row("2024", value));

        Assert.Equal(new RowCounts { Submitted = 1, Revised = 1 }, again.Counts);
        Assert.Equal([$"2024 {value}"], await ShownAsync());
    }

    [Fact]
    public async Task Withdrawing_again_gives_the_same_answer_and_moves_nothing()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        var first = await Wanzhou.WithdrawAsync("r1", "甲");
        await Wanzhou.CommitAsync("r2", Row("2024", "2"));
        await RestartAsync();

        var second = await Wanzhou.WithdrawAsync("r1", "乙");

        Assert.Equivalent(first, second, strict: true);
        Assert.Equal(3, (await Store.ReadHeadAsync(Cancelled)).Position);
        Assert.Equal(["2024 2"], await ShownAsync());
    }

    [Fact]
    public async Task Only_a_committed_report_can_be_withdrawn()
    {
        await Wanzhou.OpenAsync("open");
        await Wanzhou.SubmitAsync("refused", RowPolicy.RejectReport, Row("2024", "1"), null);

        Assert.Equal(new WithdrawOutcome.WrongState(ReportState.Open), await Store.WithdrawAsync(Wanzhou.Name("open"), "", Callers.Of("wanzhou", "ReportService/WithdrawReport"), Cancelled));
        Assert.Equal(new WithdrawOutcome.WrongState(ReportState.Rejected), await Store.WithdrawAsync(Wanzhou.Name("refused"), "", Callers.Of("wanzhou", "ReportService/WithdrawReport"), Cancelled));
        Assert.IsType<WithdrawOutcome.Unknown>(await Store.WithdrawAsync(Wanzhou.Name("nothing"), "", Callers.Of("wanzhou", "ReportService/WithdrawReport"), Cancelled));
        Assert.Equal(0, (await Store.ReadHeadAsync(Cancelled)).Position);
    }

    [Fact]
    public async Task Withdrawing_takes_nothing_of_another_organisation()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        await Yaan.CommitAsync("r1", Row("2024", "2"));

        await Wanzhou.WithdrawAsync("r1");

        Assert.Equal(["2024 2"], await ShownAsync());
    }

    [Fact]
    public async Task A_withdrawn_name_cannot_be_used_again()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        await Wanzhou.WithdrawAsync("r1");

        var again = await Wanzhou.OpenAsync("r1", restart: true);

        Assert.Equal(ReportState.Withdrawn, again.Cursor.State);
        Assert.Equal(AppendResult.Fenced, await again.AppendAsync(Row("2024", "2")));
    }
}
