using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>A revision that spells the quantity otherwise is stored like any other, and told apart.</summary>
public abstract partial class ExchangeStoreContract
{
    [Fact]
    public async Task A_change_of_spelling_is_told_apart_from_a_change_of_the_quantity()
    {
        await Wanzhou.CommitAsync("r1", Row("2024-Q1", "90"), Row("2024-Q2", "90"), Row("2024-Q3", "90"));
        await Wanzhou.CommitAsync("r2", Row("2024-Q1", "90.0"), Row("2024-Q2", "90.1"), Row("2024-Q4", "90.0"));

        Assert.Equal([("2024-Q1", true), ("2024-Q2", false), ("2024-Q4", false)], await ChangesAsync(2));
        Assert.Equal([false, true], (await HistoryAsync()).Select(entry => entry.SpellingOnly));
        var differences = await Store.ReadAllDifferencesAsync(new ObservationFilter(), 1, 2, 10);
        Assert.Equal([true, false, false], differences.Select(difference => difference.SpellingOnly));
    }

    [Fact]
    public async Task A_change_of_the_unit_that_leaves_the_quantity_is_one_of_spelling()
    {
        await Wanzhou.CommitAsync("r1", Row("2024-Q1", "12000"), Row("2024-Q2", "12000"));
        await Wanzhou.CommitAsync("r2", Row("2024-Q1", "12") with { Unit = "10*3.t" }, Row("2024-Q2", "12") with { Unit = "kg" });

        Assert.Equal([("2024-Q1", true), ("2024-Q2", false)], await ChangesAsync(2));
    }

    /// <summary>Each against the one before it: what came in between does not matter to a difference.</summary>
    [Fact]
    public async Task A_value_that_comes_back_in_another_spelling_differs_from_the_first_in_spelling_alone()
    {
        await Wanzhou.CommitAsync("r1", Row("2024-Q1", "90"));
        await Wanzhou.CommitAsync("r2", Row("2024-Q1", "91"));
        await Wanzhou.CommitAsync("r3", Row("2024-Q1", "90.0"));
        await Wanzhou.WithdrawAsync("r3");
        await Wanzhou.CommitAsync("r4", Row("2024-Q1", "90"));

        Assert.True(Assert.Single(await Store.ReadAllDifferencesAsync(new ObservationFilter(), 1, 3, 10)).SpellingOnly);
        Assert.All(await HistoryAsync(), entry => Assert.False(entry.SpellingOnly));
        for (var position = 1; position <= 5; position++) Assert.All(await ChangesAsync(position), change => Assert.False(change.SpellingOnly));
    }

    private async Task<IReadOnlyList<(string Period, bool SpellingOnly)>> ChangesAsync(long position)
    {
        var entry = (await Store.ReadLedgerAsync(position - 1, 1, Cancelled))[0];
        var page = await Store.ReadChangesAsync(entry, new ObservationFilter(), Visibility.Everything, -1, 10, Cancelled);
        return [.. page.Rows.Select(row => (row.Revision.Observation.Period.ToString(), row.SpellingOnly))];
    }
}
