using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Tests.Shared;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>Instants never go back, so that none may come from the future: a wall clock that steps forward is not believed.</summary>
public abstract partial class ExchangeStoreContract
{
    [Fact]
    public async Task A_clock_that_steps_forward_writes_nothing_and_the_store_goes_on_when_it_has_come_back()
    {
        var wall = new WallClock(Clock);
        await using var store = Database.Open(wall);
        var sender = new Sender(store, "wanzhou");
        await sender.CommitAsync("r1", Row("2023", "1"));
        var open = await sender.OpenAsync("r2");
        await open.AppendAsync(Row("2024", "2"));
        var before = await StoredRows.ReadAsync(Database, Cancelled);

        Clock.Advance(TimeSpan.FromMinutes(1));
        wall.Step = StoreClock.Bound + TimeSpan.FromSeconds(1);
        Func<Task>[] writes =
        [
            () => open.CommitAsync(),
            () => open.AppendAsync(Row("2025", "2")),
            () => sender.OpenAsync("r3"),
            () => sender.WithdrawAsync("r1"),
            () => store.AppendAuditAsync([AuditEntry.Of(Callers.Admin, "x")], Cancelled),
            () => store.AppendCatalogAsync([new CatalogRow("indicators", "X\t1.0", "{}")], 0, Callers.Admin, Cancelled),
        ];
        foreach (var write in writes) Assert.Equal(StoreTrouble.ClockAhead, (await Assert.ThrowsAsync<StoreUnavailableException>(write)).Trouble);
        Assert.True(store.Clock.IsAhead);
        Assert.Equivalent(before, await StoredRows.ReadAsync(Database, Cancelled), strict: true);
        Assert.Single(await store.ReadAuditAsync(0, 100, Cancelled));

        wall.Step = TimeSpan.Zero;
        Assert.False(store.Clock.IsAhead);
        await sender.CommitAsync("r4", Row("2026", "4"));
        Assert.Equal(Clock.GetUtcNow(), (await store.ReadHeadAsync(Cancelled)).CommittedAt);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-86_400)]
    [InlineData(299)]
    public async Task A_hub_that_was_idle_for_weeks_and_a_small_or_backward_step_go_on(int seconds)
    {
        var wall = new WallClock(Clock);
        await using var store = Database.Open(wall);
        var sender = new Sender(store, "wanzhou");
        await sender.CommitAsync("r1", Row("2023", "1"));

        Clock.Advance(TimeSpan.FromDays(60));
        wall.Step = TimeSpan.FromSeconds(seconds);

        await sender.CommitAsync("r2", Row("2024", "2"));
        Assert.Equal(wall.GetUtcNow(), (await store.ReadHeadAsync(Cancelled)).CommittedAt);
    }

    [Fact]
    public async Task Small_steps_do_not_add_up_to_a_large_one()
    {
        var wall = new WallClock(Clock);
        await using var store = Database.Open(wall);
        var sender = new Sender(store, "wanzhou");
        var taken = 0;
        try
        {
            for (; taken < 20; taken++)
            {
                Clock.Advance(TimeSpan.FromMinutes(1));
                wall.Step += TimeSpan.FromMinutes(1);
                await sender.CommitAsync($"r{taken}", Row("2023", $"{taken}"));
            }
        }
        catch (StoreUnavailableException e)
        {
            Assert.Equal(StoreTrouble.ClockAhead, e.Trouble);
        }
        Assert.Equal(5, taken);
    }

    [Fact]
    public async Task A_step_that_lasts_is_taken_over_by_a_new_start()
    {
        var wall = new WallClock(Clock);
        await using (var store = Database.Open(wall))
        {
            await new Sender(store, "wanzhou").CommitAsync("r1", Row("2023", "1"));
            wall.Step = TimeSpan.FromHours(1);
            await Assert.ThrowsAsync<StoreUnavailableException>(() => new Sender(store, "wanzhou").OpenAsync("r2"));
        }
        await using var again = Database.Open(wall);
        await new Sender(again, "wanzhou").CommitAsync("r2", Row("2024", "2"));
    }

    [Fact]
    public async Task A_hub_whose_clock_is_ahead_learns_it_from_what_another_hub_writes_and_holds_up_nobody()
    {
        var wall = new WallClock(Clock) { Step = TimeSpan.FromHours(1) };
        await using var ahead = Database.Open(wall);
        await LookAsync(ahead);
        await Wanzhou.CommitAsync("r1", Row("2023", "1"));
        await LookAsync(ahead);

        Assert.True(ahead.Clock.IsAhead);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => new Sender(ahead, "yaan").OpenAsync("r2"));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Wanzhou.CommitAsync("r3", Row("2024", "3"));
        Assert.Equal(Clock.GetUtcNow(), (await Store.ReadHeadAsync(Cancelled)).CommittedAt);
    }

    [Fact]
    public async Task A_hub_whose_clock_is_behind_and_one_that_looks_seldom_make_no_other_one_look_ahead()
    {
        var wall = new WallClock(Clock) { Step = -TimeSpan.FromHours(1) };
        await using var behind = Database.Open(wall);
        await LookAsync(Store);
        await Wanzhou.CommitAsync("r1", Row("2023", "1"));
        await LookAsync(Store);
        Clock.Advance(TimeSpan.FromMinutes(20));
        await LookAsync(Store);
        await new Sender(behind, "yaan").CommitAsync("r2", Row("2023", "2"));
        await LookAsync(Store);
        Assert.False(Store.Clock.IsAhead);

        // An entry that was written long before this hub looks.
        await using var other = Database.Open(Clock);
        await new Sender(other, "yaan").CommitAsync("r3", Row("2023", "3"));
        Clock.Advance(TimeSpan.FromMinutes(20));
        await LookAsync(Store);
        Assert.False(Store.Clock.IsAhead);
    }

    /// <summary>As the tail of a hub follows the ledger.</summary>
    private static async Task LookAsync(IExchangeStore store)
    {
        var after = (await store.ReadHeadAsync(Cancelled)).Position;
        await store.ReadLedgerAsync(Math.Max(0, after - 1), 100, Cancelled);
    }
}
