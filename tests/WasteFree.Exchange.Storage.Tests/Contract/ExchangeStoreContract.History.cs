using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>What a key was, one entry after the other.</summary>
public abstract partial class ExchangeStoreContract
{
    private static readonly HistoryQuery _quarter = new() { Indicator = "HUB-HW-GEN", Region = "500101", Period = PeriodOf("2024-Q1") };

    /// <summary>Golden case G4: revised, withdrawn and sent again.</summary>
    [Fact]
    public async Task A_history_tells_every_value_and_withdrawal_and_what_took_its_place()
    {
        await RevisionsOfG4Async();

        var history = await Store.ReadWholeHistoryAsync(_quarter, 4, 10);

        Assert.Equal(["100 P rev1 1", "104 A rev2 2", "withdrawn rev2 3", "103 A rev4 4"], history.Select(Text));
        Assert.Equal([At(4, 10), At(5, 1), At(6, 1), At(6, 15)], history.Select(entry => entry.Revision.CommittedAt));
        Assert.Equal(
            [new Supersession(2, At(5, 1)), new Supersession(3, At(6, 1)), new Supersession(4, At(6, 15)), null],
            history.Select(entry => entry.Superseded));
    }

    [Fact]
    public async Task A_history_up_to_a_position_knows_nothing_of_what_came_later()
    {
        await RevisionsOfG4Async();

        Assert.Empty(await Store.ReadWholeHistoryAsync(_quarter, 0, 10));
        var known = await Store.ReadWholeHistoryAsync(_quarter, 2, 10);
        Assert.Equal(["100 P rev1 1", "104 A rev2 2"], known.Select(Text));
        Assert.Null(known[^1].Superseded);
        Assert.Equal("withdrawn rev2 3", Text((await Store.ReadWholeHistoryAsync(_quarter, 3, 10))[^1]));
    }

    [Fact]
    public async Task A_value_said_again_makes_no_entry_and_its_last_sayer_is_the_report_withdrawn()
    {
        await Wanzhou.CommitAsync("first", Row("2024-Q1", "1"));
        await Wanzhou.CommitAsync("again", Row("2024-Q1", "1"));
        await Wanzhou.CommitAsync("twice", Row("2024-Q1", "1.0"), Row("2024-Q1", "1.0"));
        await Wanzhou.WithdrawAsync("first");
        await Wanzhou.WithdrawAsync("twice");

        Assert.Equal(["1 A first 1", "1.0 A twice 3", "withdrawn twice 5"], (await HistoryAsync()).Select(Text));
    }

    [Fact]
    public async Task Histories_of_organisations_come_one_after_the_other_by_id()
    {
        var zhong = new Sender(Store, "zhong");
        await Yaan.CommitAsync("y1", Row("2024-Q1", "2"));
        await zhong.CommitAsync("z1", Row("2024-Q1", "9"));
        await Wanzhou.CommitAsync("w1", Row("2024-Q1", "1"));
        await Yaan.CommitAsync("y2", Row("2024-Q1", "3"));
        await Wanzhou.WithdrawAsync("w1");

        Assert.Equal(["1 A w1 3", "withdrawn w1 5", "2 A y1 1", "3 A y2 4", "9 A z1 2"], (await HistoryAsync()).Select(Text));
        Assert.Equal(["wanzhou", "wanzhou", "yaan", "yaan", "zhong"], (await HistoryAsync()).Select(entry => entry.Revision.Organization));
        Assert.Equal(["2 A y1 1", "3 A y2 4"], (await HistoryAsync(_quarter with { Organization = "yaan" })).Select(Text));
        Assert.Equal(["9 A z1 2"], (await HistoryAsync(_quarter with { ExcludedOrganizations = ["yaan", "wanzhou"] })).Select(Text));
        Assert.Empty(await HistoryAsync(_quarter with { Organization = "yaan", ExcludedOrganizations = ["yaan"] }));
    }

    [Fact]
    public async Task A_history_is_of_its_key_alone()
    {
        await Wanzhou.CommitAsync(
            "r1",
            Row("2024-Q1", "1"), Row("2024-Q2", "2"), Row("2024", "3"), Row("2024-Q1", "4", indicator: "ZW21-19"),
            Row("2024-Q1", "5", region: "511800"), Row("2024-Q1", "6", scope: Scope.Rural), Row("2024-Q1", "7", category: "HW08"));

        Assert.Equal(["1 A r1 1"], (await HistoryAsync()).Select(Text));
        Assert.Equal(["3 A r1 1"], (await HistoryAsync(_quarter with { Period = PeriodOf("2024") })).Select(Text));
        Assert.Equal(["6 A r1 1"], (await HistoryAsync(_quarter with { Scope = Scope.Rural })).Select(Text));
        Assert.Equal(["7 A r1 1"], (await HistoryAsync(_quarter with { Category = "HW08" })).Select(Text));
        Assert.Empty(await HistoryAsync(_quarter with { Region = "500102" }));
    }

    [Fact]
    public async Task Only_what_was_released_is_history_in_the_order_in_which_it_was()
    {
        var openedFirst = await Wanzhou.OpenAsync("opened-first");
        await Wanzhou.CommitAsync("committed-first", Row("2024-Q1", "1"));
        await openedFirst.AppendAsync(Row("2024-Q1", "2"));
        await openedFirst.CommitAsync();
        await (await Wanzhou.OpenAsync("unfinished")).AppendAsync(Row("2024-Q1", "3"));
        await Wanzhou.SubmitAsync("refused", RowPolicy.RejectReport, Row("2024-Q1", "4"), null);

        Assert.Equal(["1 A committed-first 1", "2 A opened-first 2"], (await HistoryAsync()).Select(Text));
    }

    [Fact]
    public async Task Every_page_size_gives_the_same_history_while_others_commit()
    {
        for (var i = 1; i <= 6; i++)
        {
            await Yaan.CommitAsync($"y{i}", Row("2024-Q1", $"{i}"));
            await Wanzhou.CommitAsync($"w{i}", Row("2024-Q1", $"{i}"));
            if (i % 3 == 0) await Yaan.WithdrawAsync($"y{i}");
        }
        var position = (await Store.ReadHeadAsync(Cancelled)).Position;
        var whole = await Store.ReadWholeHistoryAsync(_quarter, position, 100);
        Assert.Equal(14, whole.Count);

        for (var pageSize = 1; pageSize <= whole.Count + 1; pageSize++)
        {
            Assert.Equal(whole, await Store.ReadWholeHistoryAsync(_quarter, position, pageSize));
            await Wanzhou.CommitAsync($"more{pageSize}", Row("2024-Q1", $"10{pageSize}"));
            await new Sender(Store, $"aaa{pageSize}").CommitAsync("earlier-by-name", Row("2024-Q1", "5"));
        }
    }

    private async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(HistoryQuery? query = null) =>
        await Store.ReadWholeHistoryAsync(query ?? _quarter, (await Store.ReadHeadAsync(Cancelled)).Position, 3);

    private static string Text(HistoryEntry entry) => entry.Withdrawn
        ? $"withdrawn {entry.Revision.Report} {entry.Revision.Position}"
        : $"{entry.Revision.Observation.Value} {entry.Revision.Observation.Status} {entry.Revision.Report} {entry.Revision.Position}";
}
