using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>Pages of one reading are one state of the data.</summary>
public abstract partial class ExchangeStoreContract
{
    private static readonly string[] _periods = ["2023", "2023-Q4", "2023-12", "2023-W52", "2023-12-31", "2024", "2024-S1"];

    public static TheoryData<bool> ByKeyOrByRange => [true, false];

    /// <summary>Any filter on a series makes the reading go by keys where they are few.</summary>
    private static ObservationFilter Everything(bool byKey) => byKey ? new() { Indicators = ["HUB-HW-GEN"] } : new();

    [Theory]
    [MemberData(nameof(ByKeyOrByRange))]
    public async Task Every_page_size_gives_the_same_rows_once_and_in_order(bool byKey)
    {
        var receipt = await Wanzhou.CommitAsync("r1", ManyRows("1"));
        foreach (var position in new[] { receipt.Position, (await Wanzhou.CommitAsync("r2", Row("2023", "5"))).Position, receipt.Position })
        {
            var whole = await Store.ReadAllAsync(Everything(byKey), position, 1_000);
            Assert.Equal(ManyRows("1").Count, whole.Count);
            Assert.Equal(whole.OrderBy(row => row.Observation.Period).Select(row => row.Cursor), whole.Select(row => row.Cursor));
            Assert.Equal(whole.Select(row => row.Cursor).Distinct().Order(), whole.Select(row => row.Cursor));
            for (var pageSize = 1; pageSize <= whole.Count + 1; pageSize++)
                Assert.Equal(whole, await Store.ReadAllAsync(Everything(byKey), position, pageSize));
        }
    }

    [Theory]
    [MemberData(nameof(ByKeyOrByRange))]
    public async Task All_pages_show_the_position_of_the_first_one_while_others_commit_and_withdraw(bool byKey)
    {
        var receipt = await Wanzhou.CommitAsync("r1", ManyRows("1"));
        var before = await Store.ReadAllAsync(Everything(byKey), receipt.Position, 1_000);

        var paged = new List<ObservationRevision>();
        long? after = -1;
        for (var page = 0; after is { } key; page++)
        {
            var read = await Store.ReadObservationsAsync(Everything(byKey), Visibility.Everything, receipt.Position, key, 5, Cancelled);
            paged.AddRange(read.Rows);
            after = read.NextKey;
            switch (page % 3)
            {
                case 0:
                    await Wanzhou.CommitAsync($"revise{page}", ManyRows($"{page + 2}"));
                    break;
                case 1:
                    await Wanzhou.WithdrawAsync($"revise{page - 1}");
                    break;
                default:
                    await Wanzhou.CommitAsync($"new{page}", Row("2023-06", "9", category: $"N{page}"), Row("2025", "9"));
                    break;
            }
        }

        Assert.Equal(before, paged);
    }

    [Fact]
    public async Task A_reading_goes_on_after_any_row_of_it()
    {
        var receipt = await Wanzhou.CommitAsync("r1", ManyRows("1"));
        var whole = await Store.ReadAllAsync(new ObservationFilter(), receipt.Position, 1_000);

        for (var i = 0; i < whole.Count; i++)
        {
            var rest = await Store.ReadObservationsAsync(new ObservationFilter(), Visibility.Everything, receipt.Position, whole[i].Cursor, 1_000, Cancelled);
            Assert.Equal(whole.Skip(i + 1), rest.Rows);
        }
    }

    [Fact]
    public async Task A_reading_that_was_cancelled_ends()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.ReadObservationsAsync(new ObservationFilter(), Visibility.Everything, 1, -1, 10, cancelled.Token));
    }

    private static List<Observation> ManyRows(string value) =>
        [.. from category in new[] { "_T", "HW08", "HW49" } from period in _periods select Row(period, value, category: category)];
}
