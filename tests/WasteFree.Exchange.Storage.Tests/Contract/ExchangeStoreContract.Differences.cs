using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>What two positions show differently.</summary>
public abstract partial class ExchangeStoreContract
{
    /// <summary>
    /// The ways in which a store may look for differences: few keys, few changes in a large store, many changes.
    /// </summary>
    public static TheoryData<string> WaysToDiffer => ["few keys", "few changes", "many changes"];

    [Theory]
    [MemberData(nameof(WaysToDiffer))]
    public async Task Differences_are_keys_that_came_changed_or_went(string way)
    {
        await Wanzhou.CommitAsync("stays", Row("2023", "1"));
        await Wanzhou.CommitAsync("changes", Row("2024", "2"));
        await Wanzhou.CommitAsync("goes", Row("2025", "3"));
        var (since, start, filter) = await BeginAsync(way);
        await Wanzhou.CommitAsync("changed", Row("2024", "2.5"), Row("2022", "4"));
        await Wanzhou.WithdrawAsync("goes");

        Assert.Equal(["2022: - > 4", "2024: 2 > 2.5", "2025: 3 > -"], await DifferencesAsync(since, filter));
        var differences = await Store.ReadAllDifferencesAsync(filter, since, start + 2, 10);
        Assert.Equal(("changes", "changed"), (differences[1].Before?.Report, differences[1].After?.Report));
        Assert.Equal((2L, start + 1), (differences[1].Before?.Position, differences[1].After?.Position));
    }

    [Theory]
    [MemberData(nameof(WaysToDiffer))]
    public async Task A_key_that_shows_the_same_again_does_not_differ(string way)
    {
        await Wanzhou.CommitAsync("r1", Row("2021", "1"), Row("2022", "1"));
        await Wanzhou.CommitAsync("r2", Row("2023", "90"));
        var (since, start, filter) = await BeginAsync(way);
        await Wanzhou.CommitAsync("there", Row("2021", "2"), Row("2020", "7"));
        await Wanzhou.CommitAsync("back", Row("2021", "1"), Row("2022", "1"));
        await Wanzhou.WithdrawAsync("r2");
        await Wanzhou.CommitAsync("again", Row("2023", "90"));
        await Wanzhou.WithdrawAsync("there");

        Assert.Empty(await DifferencesAsync(since, filter));
        Assert.Equal(["2020: - > 7", "2021: 1 > 2"], await DifferencesAsync(since, filter, start + 1));
        Assert.Equal(["2020: 7 > -", "2021: 2 > 1"], await DifferencesAsync(start + 1, filter));
    }

    [Theory]
    [MemberData(nameof(WaysToDiffer))]
    public async Task Any_field_of_a_content_makes_a_difference(string way)
    {
        var row = Row("2024", "90");
        await Wanzhou.CommitAsync("r0", row);
        var (since, start, filter) = await BeginAsync(way);
        Observation[] others =
        [
            row with { Value = Number("90.0") }, row with { Status = StatusSet.Of("E") }, row with { Note = "n" }, row with { Unit = "kg" },
            row with { Version = "1.1" }, row with { Numerator = Number("9") }, row with { Denominator = Number("9") },
            row with { CollectionMethod = "m" }, row with { Evidence = "e" }, row with { Confidentiality = Confidentiality.Confidential },
        ];
        for (var i = 0; i < others.Length; i++)
        {
            await Wanzhou.CommitAsync($"other{i}", others[i]);
            var difference = Assert.Single(await Store.ReadAllDifferencesAsync(filter, since, start + i + 1, 10));
            Assert.Equal((row, others[i]), (difference.Before?.Observation, difference.After?.Observation));
        }
    }

    [Theory]
    [MemberData(nameof(WaysToDiffer))]
    public async Task Differences_end_at_their_later_position(string way)
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        var (since, start, filter) = await BeginAsync(way);
        await Wanzhou.CommitAsync("r2", Row("2024", "2"));
        await Wanzhou.CommitAsync("r3", Row("2024", "3"), Row("2025", "3"));
        await Wanzhou.WithdrawAsync("r3");

        Assert.Equal(["2024: 1 > 2"], await DifferencesAsync(since, filter, start + 1));
        Assert.Equal(["2024: 1 > 3", "2025: - > 3"], await DifferencesAsync(since, filter, start + 2));
        Assert.Equal(["2024: 2 > 3", "2025: - > 3"], await DifferencesAsync(start + 1, filter, start + 2));
        Assert.Equal(["2024: 1 > -"], await DifferencesAsync(since, filter, start + 3));
        Assert.Empty(await DifferencesAsync(start + 2, filter, start + 2));
    }

    [Fact]
    public async Task Since_before_the_ledger_everything_is_new()
    {
        await RevisionsOfG4Async();

        Assert.Equal(["2024-Q1: - > 104"], await DifferencesAsync(0, new ObservationFilter(), 2));
        Assert.Empty(await DifferencesAsync(0, new ObservationFilter(), 3));
        Assert.Equal(["2024-Q1: - > 103"], await DifferencesAsync(0, new ObservationFilter(), 4));
        Assert.Empty(await DifferencesAsync(0, new ObservationFilter(), 0));
    }

    [Theory]
    [MemberData(nameof(WaysToDiffer))]
    public async Task Every_page_size_gives_the_same_differences_while_others_commit(string way)
    {
        await Wanzhou.CommitAsync("before", ManyRows("1"));
        var (since, start, filter) = await BeginAsync(way);
        await Wanzhou.CommitAsync("after", [.. ManyRows("2").Skip(4), Row("2022", "5"), Row("2030", "5")]);
        // Two that came and went: they must not end a page too early.
        await Wanzhou.CommitAsync("gone", Row("2023-11", "6"), Row("2026", "6"));
        await Wanzhou.WithdrawAsync("gone");
        var position = start + 3;
        var whole = await Store.ReadAllDifferencesAsync(filter, since, position, 1_000);
        Assert.Equal(ManyRows("2").Count - 4 + 2, whole.Count);

        for (var pageSize = 1; pageSize <= whole.Count + 3; pageSize++)
        {
            Assert.Equal(whole, await Store.ReadAllDifferencesAsync(filter, since, position, pageSize));
            await Wanzhou.CommitAsync($"later{pageSize}", ManyRows($"{pageSize + 2}"));
        }
    }

    [Theory]
    [MemberData(nameof(WaysToDiffer))]
    public async Task Differences_are_those_that_the_filter_takes(string way)
    {
        await Yaan.CommitAsync("y", Row("2024-Q1", "1"));
        var (since, start, filter) = await BeginAsync(way);
        await Yaan.CommitAsync("y2", Row("2024-Q1", "2"));
        await Wanzhou.CommitAsync("w", Row("2024-Q1", "3"), Row("2024", "4"), Row("2023", "5"), Row("2024-03", "6", category: "HW08"));

        Assert.Equal(
            ["2023: - > 5", "2024-03: - > 6", "2024-Q1: - > 3", "2024-Q1: 1 > 2", "2024: - > 4"],
            (await DifferencesAsync(since, filter)).Order(StringComparer.Ordinal));
        Assert.Equal(["2024-Q1: 1 > 2"], await DifferencesAsync(since, filter with { Organizations = ["yaan"] }));
        Assert.Equal(["2024-Q1: 1 > 2"], await DifferencesAsync(since, filter with { ExcludedOrganizations = ["wanzhou"] }));
        Assert.Equal(["2024-03: - > 6"], await DifferencesAsync(since, filter with { Categories = ["HW08"] }));
        Assert.Equal(["2023: - > 5", "2024: - > 4"], await DifferencesAsync(since, filter with { Periods = [PeriodOf("2024"), PeriodOf("2023")] }));
        Assert.Equal(
            ["2024-03: - > 6", "2024-Q1: - > 3", "2024-Q1: 1 > 2"],
            (await DifferencesAsync(since, filter with { From = new DateOnly(2024, 1, 1), To = new DateOnly(2024, 4, 1) })).Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// Rows of no interest make the changes that follow few of many, or the keys of interest few among the changes.
    /// </summary>
    /// <returns>The position since which to ask, and the last one before the changes that follow.</returns>
    private async Task<(long Since, long Start, ObservationFilter Filter)> BeginAsync(string way)
    {
        var large = new Sender(Store, "large");
        var since = (await Store.ReadHeadAsync(Cancelled)).Position;
        switch (way)
        {
            case "few keys":
                await large.CommitAsync("large", LargeRows());
                return (since, since + 1, new ObservationFilter { Indicators = ["HUB-HW-GEN"], Regions = ["500101"] });
            case "few changes":
                await large.CommitAsync("large", LargeRows());
                return (since + 1, since + 1, new ObservationFilter());
            default:
                return (since, since, new ObservationFilter());
        }
    }

    private static List<Observation> LargeRows() =>
        [.. Enumerable.Range(0, 400).Select(i => Row("2000", $"{i}", region: "511800", category: $"L{i}"))];

    private async Task<IEnumerable<string>> DifferencesAsync(long since, ObservationFilter filter, long? position = null)
    {
        var differences = await Store.ReadAllDifferencesAsync(filter, since, position ?? (await Store.ReadHeadAsync(Cancelled)).Position, 10);
        return differences.Select(difference =>
            $"{(difference.After ?? difference.Before)!.Observation.Period}: {Value(difference.Before)} > {Value(difference.After)}");

        static string Value(ObservationRevision? row) => row?.Observation.Value?.ToString() ?? "-";
    }
}
