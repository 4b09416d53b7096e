using System.Globalization;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>Each part of a filter by itself and with others.</summary>
public abstract partial class ExchangeStoreContract
{
    public static TheoryData<string, string[]> Filters => new()
    {
        { "none", ["base", "indicator", "region", "scope", "category", "quarter", "2023", "2025", "yaan"] },
        { "indicator", ["indicator"] },
        { "two indicators", ["base", "indicator", "region", "scope", "category", "quarter", "2023", "2025", "yaan"] },
        { "region", ["region"] },
        { "scopes", ["scope"] },
        { "category", ["category"] },
        { "period", ["base", "indicator", "region", "scope", "category", "yaan"] },
        { "periods", ["quarter", "2025"] },
        { "from", ["base", "indicator", "region", "scope", "category", "quarter", "2025", "yaan"] },
        { "to", ["quarter", "2023"] },
        { "from and to", ["quarter"] },
        { "periods and to", ["2023"] },
        { "organization", ["yaan"] },
        { "no organization", [] },
        { "excluded", ["base", "indicator", "region", "scope", "category", "quarter", "2023", "2025"] },
        { "excluded and asked for", [] },
        { "together", ["base", "2023"] },
        { "unknown", [] },
        { "unknown period", [] },
    };

    private static ObservationFilter FilterOf(string name) => name switch
    {
        "none" => new(),
        "indicator" => new() { Indicators = ["ZW21-19"] },
        "two indicators" => new() { Indicators = ["ZW21-19", "HUB-HW-GEN"] },
        "region" => new() { Regions = ["511800"] },
        "scopes" => new() { Scopes = [Scope.Rural, Scope.Urban] },
        "category" => new() { Categories = ["类别 一"] },
        "period" => new() { Periods = [PeriodOf("2024")] },
        "periods" => new() { Periods = [PeriodOf("2025"), PeriodOf("2024-Q1")] },
        "from" => new() { From = new DateOnly(2024, 1, 1) },
        "to" => new() { To = new DateOnly(2024, 4, 1) },
        "from and to" => new() { From = new DateOnly(2024, 1, 1), To = new DateOnly(2024, 12, 31) },
        "periods and to" => new() { Periods = [PeriodOf("2023"), PeriodOf("2025")], To = new DateOnly(2024, 1, 1) },
        "organization" => new() { Organizations = ["yaan", "chengdu"] },
        "no organization" => new() { Organizations = [] },
        "excluded" => new() { ExcludedOrganizations = ["yaan"] },
        "excluded and asked for" => new() { Organizations = ["yaan"], ExcludedOrganizations = ["yaan"] },
        "together" => new()
        {
            Indicators = ["HUB-HW-GEN"],
            Regions = ["500101"],
            Scopes = [Scope.Whole],
            Categories = [Codes.Total],
            Periods = [PeriodOf("2024"), PeriodOf("2023")],
            Organizations = ["wanzhou", "yaan"],
            ExcludedOrganizations = ["yaan"],
        },
        "unknown" => new() { Indicators = ["NOTHING"] },
        "unknown period" => new() { Periods = [PeriodOf("2030")] },
        _ => throw new ArgumentException("No such filter.", nameof(name)),
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_takes_just_the_rows_that_fit(string filter, string[] notes)
    {
        await FilteredRowsAsync();
        var latest = await Store.ReadAllAsync(FilterOf(filter), 2, 100);
        Assert.Equal(notes.Order(), latest.Select(row => row.Observation.Note).Order());

        await Wanzhou.WithdrawAsync("r1");

        Assert.Equal(latest, await Store.ReadAllAsync(FilterOf(filter), 2, 100));
        Assert.Equal(latest.Where(row => row.Organization == "yaan"), await Store.ReadAllAsync(FilterOf(filter), 3, 100));
    }

    [Fact]
    public async Task The_latest_period_is_found_among_many_however_few_or_many_series_are_asked()
    {
        var days = Enumerable.Range(0, 200).Select(i => new DateOnly(2024, 1, 1).AddDays(i).ToString("O", CultureInfo.InvariantCulture)).ToList();
        await Wanzhou.CommitAsync("days", [.. days.Select(day => Row(day, "1", "ZW21-19"))]);
        await Wanzhou.CommitAsync("early", Row(days[3], "1"), Row(days[7], "1"), Row("2023", "1"));
        // More series than are looked up one by one.
        await Wanzhou.CommitAsync("wide", [.. Enumerable.Range(0, 5_000).Select(i => Row(days[5], "1", category: $"C{i}"))]);
        await Wanzhou.CommitAsync("late", Row(days[150], "1", category: "C77"));
        await Wanzhou.WithdrawAsync("late");

        async Task<Period?> LatestAsync(ObservationFilter filter, long position) =>
            await Store.FindLatestPeriodAsync(filter, Visibility.Everything, position, Cancelled);
        var narrow = new ObservationFilter { Indicators = ["HUB-HW-GEN"], Categories = [Codes.Total] };
        var wide = new ObservationFilter { Indicators = ["HUB-HW-GEN"] };

        Assert.Equal(PeriodOf(days[^1]), await LatestAsync(new(), 5));
        foreach (var (position, day) in new[] { (1, -1), (2, 7), (3, 7), (4, 150), (5, 7) })
            Assert.Equal(day < 0 ? null : PeriodOf(days[day]), await LatestAsync(wide, position));
        foreach (var (position, day) in new[] { (1, -1), (2, 7), (4, 7), (5, 7) })
            Assert.Equal(day < 0 ? null : PeriodOf(days[day]), await LatestAsync(narrow, position));
        Assert.Equal(PeriodOf(days[5]), await LatestAsync(wide with { To = PeriodOf(days[6]).Start }, 5));
        Assert.Equal(PeriodOf("2023"), await LatestAsync(wide with { To = PeriodOf(days[2]).Start }, 5));
        Assert.Null(await LatestAsync(wide with { From = PeriodOf(days[151]).Start }, 5));
        Assert.Null(await LatestAsync(new() { Indicators = ["ZW21-30"], Regions = ["511800"] }, 5));
    }

    [Fact]
    public async Task The_latest_period_is_the_one_that_ends_last_and_of_those_the_longest()
    {
        await Wanzhou.CommitAsync(
            "r1", Row("2024", "1"), Row("2024-Q4", "1"), Row("2024-12", "1"), Row("2024-12-31", "1"), Row("2025-W01", "1", "ZW21-19"));
        await Wanzhou.OpenAsync("open");
        await (await Wanzhou.OpenAsync("open")).AppendAsync(Row("2026", "1"));

        async Task<Period?> LatestAsync(ObservationFilter filter) => await Store.FindLatestPeriodAsync(filter, Visibility.Everything, 1, Cancelled);

        Assert.Equal(PeriodOf("2025-W01"), await LatestAsync(new()));
        Assert.Equal(PeriodOf("2024"), await LatestAsync(new() { Indicators = ["HUB-HW-GEN"] }));
        Assert.Equal(PeriodOf("2024-Q4"), await LatestAsync(new() { Indicators = ["HUB-HW-GEN"], From = new DateOnly(2024, 2, 1) }));
        Assert.Equal(PeriodOf("2024-12-31"), await LatestAsync(new() { Periods = [PeriodOf("2024-12-31")] }));
        Assert.Null(await LatestAsync(new() { To = new DateOnly(2024, 12, 31) }));
        Assert.Null(await LatestAsync(new() { Regions = ["511800"] }));
    }

    [Fact]
    public async Task Codes_with_quotes_and_backslashes_are_found_as_they_are()
    {
        if (Database.Lacks(Ability.QuotesInJson) is { } reason) Assert.Skip(reason);
        await Wanzhou.CommitAsync("r1", Row("2024", "1", category: "a\"b\\c"), Row("2024", "2", category: "abc"));

        Assert.Equal(["2024 1"], await ShownAsync(filter: new() { Categories = ["a\"b\\c"] }));
    }

    /// <summary>Each row differs from the first in what its note says.</summary>
    private async Task FilteredRowsAsync()
    {
        var row = Row("2024", "1") with { Note = "base" };
        await Wanzhou.CommitAsync(
            "r1",
            row,
            row with { Note = "indicator", Indicator = "ZW21-19" },
            row with { Note = "region", Region = "511800" },
            row with { Note = "scope", Scope = Scope.Rural },
            row with { Note = "category", Category = "类别 一" },
            row with { Note = "quarter", Period = PeriodOf("2024-Q1") },
            row with { Note = "2023", Period = PeriodOf("2023") },
            row with { Note = "2025", Period = PeriodOf("2025") });
        await Yaan.CommitAsync("r1", row with { Note = "yaan" });
    }
}
