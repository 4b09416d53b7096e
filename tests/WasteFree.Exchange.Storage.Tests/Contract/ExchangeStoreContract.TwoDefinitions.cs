using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>The MAJOR of the definition is part of the key: one period may have a value by each.</summary>
public abstract partial class ExchangeStoreContract
{
    private static Observation ByFirst(string number) => Row("2024", number);

    private static Observation BySecond(string number) => Row("2024", number) with { Version = "2.0" };

    [Fact]
    public async Task Values_by_two_majors_in_one_report_are_two_values_both_current()
    {
        var committed = await Wanzhou.CommitAsync("r1", ByFirst("90"), BySecond("80"));

        Assert.Equal(new RowCounts { Submitted = 2, Created = 2 }, committed.Counts);
        Assert.Equal([("1.0", "90"), ("2.0", "80")], await VersionsAsync(committed.Position));
    }

    [Fact]
    public async Task A_correction_of_the_one_leaves_the_other_as_it_was()
    {
        var first = await Wanzhou.CommitAsync("r1", ByFirst("90"), BySecond("80"));
        var second = await Wanzhou.CommitAsync("r2", ByFirst("91") with { Version = "1.1" });

        Assert.Equal(new RowCounts { Submitted = 1, Revised = 1 }, second.Counts);
        Assert.Equal([("1.1", "91"), ("2.0", "80")], await VersionsAsync(second.Position));
        Assert.Equal([("1.0", "90"), ("2.0", "80")], await VersionsAsync(first.Position));
    }

    [Fact]
    public async Task Rows_of_one_major_repeat_each_other_and_those_of_two_do_not()
    {
        var committed = await Wanzhou.CommitAsync("r1", ByFirst("90"), BySecond("80"), BySecond("80"));

        Assert.Equal(new RowCounts { Submitted = 3, Created = 2, Duplicate = 1, Findings = 1 }, committed.Counts);
    }

    [Fact]
    public async Task A_withdrawal_takes_back_the_value_of_its_own_major_alone()
    {
        await Wanzhou.CommitAsync("r1", ByFirst("90"));
        var second = await Wanzhou.CommitAsync("r2", BySecond("80"));
        await Wanzhou.WithdrawAsync("r1", "mistake");

        Assert.Equal([("2.0", "80")], await VersionsAsync(second.Position + 1));
    }

    [Fact]
    public async Task A_history_has_one_major_after_the_other_and_is_read_on_within_one_report()
    {
        var first = await Wanzhou.CommitAsync("r1", BySecond("80"), ByFirst("90"));
        var second = await Wanzhou.CommitAsync("r2", ByFirst("91"), BySecond("81"));
        var query = new HistoryQuery { Indicator = ByFirst("1").Indicator, Region = ByFirst("1").Region, Period = ByFirst("1").Period };

        var told = new List<(string, string?, long)>();
        long? after = 0;
        while (after is { } cursor)
        {
            var page = await Store.ReadHistoryAsync(query, Visibility.Everything, second.Position, cursor, 1, Cancelled);
            told.AddRange(page.Entries.Select(entry => (entry.Revision.Observation.Version, entry.Revision.Observation.Value?.ToString(), entry.Revision.Position)));
            after = page.Next;
        }

        Assert.Equal([("1.0", "90", first.Position), ("1.0", "91", second.Position), ("2.0", "80", first.Position), ("2.0", "81", second.Position)], told);
    }

    [Fact]
    public async Task The_difference_of_two_instants_names_the_major_that_changed()
    {
        var first = await Wanzhou.CommitAsync("r1", ByFirst("90"), BySecond("80"));
        var second = await Wanzhou.CommitAsync("r2", BySecond("81"));

        var page = await Store.ReadDifferencesAsync(new ObservationFilter(), Visibility.Everything, first.Position, second.Position, -1, 10, Cancelled);

        var difference = Assert.Single(page.Differences);
        Assert.Equal(("2.0", "80", "81"), (difference.After!.Observation.Version, difference.Before!.Observation.Value?.ToString(), difference.After.Observation.Value?.ToString()));
    }

    private async Task<IEnumerable<(string, string?)>> VersionsAsync(long position) =>
        (await Store.ReadAllAsync(new ObservationFilter(), position, 10))
        .Select(row => (row.Observation.Version, row.Observation.Value?.ToString()))
        .Order();
}
