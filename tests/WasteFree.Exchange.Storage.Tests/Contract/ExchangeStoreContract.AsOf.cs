using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>What was known at a position or at an instant.</summary>
public abstract partial class ExchangeStoreContract
{
    private static DateTimeOffset At(int month, int day, int hour = 0) => new(2024, month, day, hour, 0, 0, TimeSpan.Zero);

    /// <summary>Golden case G4: revised, withdrawn and sent again.</summary>
    [Fact]
    public async Task Every_instant_shows_what_was_known_then()
    {
        await RevisionsOfG4Async();

        Assert.Null(await Store.FindPositionAsync(At(4, 9), Cancelled));
        Assert.Equal(["100 P"], await KnownAsync(At(4, 20)));
        Assert.Equal(["104 A"], await KnownAsync(At(5, 1)));
        Assert.Equal(["104 A"], await KnownAsync(At(5, 31, 23)));
        Assert.Empty(await KnownAsync(At(6, 10)));
        Assert.Equal(["103 A"], await KnownAsync(At(7, 1)));
    }

    [Fact]
    public async Task Every_position_shows_what_was_known_there_even_after_a_restart()
    {
        await RevisionsOfG4Async();
        await RestartAsync();

        Assert.Empty(await ShownAsync(0));
        Assert.Equal(["2024-Q1 100"], await ShownAsync(1));
        Assert.Equal(["2024-Q1 104"], await ShownAsync(2));
        Assert.Empty(await ShownAsync(3));
        Assert.Equal(["2024-Q1 103"], await ShownAsync(4));
    }

    [Fact]
    public async Task An_instant_is_found_at_its_last_position_and_a_microsecond_before_it_at_the_one_before()
    {
        await RevisionsOfG4Async();

        Assert.Equal(new LedgerHead(2, At(5, 1), 0), await Store.FindPositionAsync(At(5, 1), Cancelled));
        Assert.Equal(1, (await Store.FindPositionAsync(At(5, 1).AddMicroseconds(-1), Cancelled))?.Position);
        Assert.Equal(4, (await Store.FindPositionAsync(At(12, 31), Cancelled))?.Position);
    }

    [Fact]
    public async Task A_position_is_found_with_its_instant_and_its_catalogue()
    {
        var version = await LoadCatalogAsync();
        Clock.Advance(TimeSpan.FromDays(1));
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        Clock.Advance(TimeSpan.FromDays(1));
        var later = await LoadCatalogAsync("{}");

        Assert.Equal(new LedgerHead(2, At(4, 11), version), await Store.FindPositionAsync(2, Cancelled));
        Assert.Equal(new LedgerHead(3, At(4, 12), later), await Store.FindPositionAsync(3, Cancelled));
        Assert.Null(await Store.FindPositionAsync(0, Cancelled));
        Assert.Null(await Store.FindPositionAsync(4, Cancelled));
    }

    [Fact]
    public async Task A_revision_tells_its_report_position_and_instant_whenever_it_is_read()
    {
        await RevisionsOfG4Async();

        var row = Assert.Single(await Store.ReadAllAsync(new ObservationFilter(), 2, 10));

        Assert.Equal(("wanzhou", "rev2", 2L, At(5, 1)), (row.Organization, row.Report, row.Position, row.CommittedAt));
    }

    [Fact]
    public async Task An_affirmation_changes_nothing_of_a_value_but_who_asserts_it()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        var before = await Store.ReadAllAsync(new ObservationFilter(), 1, 10);
        await Wanzhou.CommitAsync("r2", Row("2024", "1"));

        Assert.Equal([before[0] with { Affirmed = new Affirmation("r2", 2) }], await Store.ReadAllAsync(new ObservationFilter(), 2, 10));
        Assert.Equal(before, await Store.ReadAllAsync(new ObservationFilter(), 1, 10));
    }

    [Fact]
    public async Task The_latest_period_is_that_of_the_position()
    {
        await RevisionsOfG4Async();
        await Wanzhou.CommitAsync("later", Row("2025-01", "1"));

        Assert.Null(await Store.FindLatestPeriodAsync(new ObservationFilter(), Visibility.Everything, 0, Cancelled));
        Assert.Equal(PeriodOf("2024-Q1"), await Store.FindLatestPeriodAsync(new ObservationFilter(), Visibility.Everything, 2, Cancelled));
        Assert.Null(await Store.FindLatestPeriodAsync(new ObservationFilter(), Visibility.Everything, 3, Cancelled));
        Assert.Equal(PeriodOf("2025-01"), await Store.FindLatestPeriodAsync(new ObservationFilter(), Visibility.Everything, 5, Cancelled));
    }

    private async Task RevisionsOfG4Async()
    {
        Clock.SetUtcNow(At(4, 10));
        await Wanzhou.CommitAsync("rev1", Row("2024-Q1", "100") with { Status = StatusSet.Of("P") });
        Clock.SetUtcNow(At(5, 1));
        await Wanzhou.CommitAsync("rev2", Row("2024-Q1", "104"));
        Clock.SetUtcNow(At(6, 1));
        await Wanzhou.WithdrawAsync("rev2");
        Clock.SetUtcNow(At(6, 15));
        await Wanzhou.CommitAsync("rev4", Row("2024-Q1", "103"));
    }

    private async Task<IEnumerable<string>> KnownAsync(DateTimeOffset time)
    {
        var position = Assert.IsType<LedgerHead>(await Store.FindPositionAsync(time, Cancelled)).Position;
        var rows = await Store.ReadAllAsync(new ObservationFilter(), position, 10);
        return rows.Select(row => $"{row.Observation.Value} {row.Observation.Status}");
    }
}
