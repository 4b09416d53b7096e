using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>Coarse periods made of finer ones: on request, whole or not at all, never over what was reported.</summary>
public sealed class RollUpGoldenTests
{
    [Fact]
    public async Task G12_Months_of_a_ratio_make_a_quarter_sum_by_sum()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(
            MadeUp.Parts("T-RATE", "A", "2023-01", "8", "10"), MadeUp.Parts("T-RATE", "A", "2023-02", "9", "12"), MadeUp.Parts("T-RATE", "A", "2023-03", "12", "13"));

        var cell = await CellAsync(hub, "T-RATE", "2023-Q1");

        Assert.Equal(("82.857142857143", "29", "35", true), (cell.Value, cell.Numerator, cell.Denominator, cell.Derived));
        Assert.Equal((Verdict.ComparableWithConversion, VerdictReason.RolledUp), (cell.Verdict, cell.Reasons.Single()));
        Assert.Equal(("M", 3, 3, "100"), (cell.RollUp.Frequency, cell.RollUp.Used, cell.RollUp.Expected, cell.RollUp.Coverage));
        Assert.Equal("", cell.Report);

        var unasked = (await hub.TableAsync("T-RATE", "2023-Q1", "A")).Cells.Single();
        Assert.Equal(("", Verdict.NotComparable), (unasked.Value, unasked.Verdict));
        Assert.Contains(VerdictReason.Period, unasked.Reasons);
    }

    [Fact]
    public async Task G12_A_quarter_with_a_month_missing_has_no_value_and_shows_what_there_is()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023-01", "10"), MadeUp.Value("T-AMOUNT", "A", "2023-02", "12"));

        var absent = await CellAsync(hub, "T-AMOUNT", "2023-Q1");
        Assert.Equal(("", Verdict.NotComparable, false), (absent.Value, absent.Verdict, absent.Rank > 0));
        Assert.Contains(VerdictReason.Missing, absent.Reasons);
        Assert.Equal(("M", 2, 3, "66.666666666667", "22"), (absent.RollUp.Frequency, absent.RollUp.Used, absent.RollUp.Expected, absent.RollUp.Coverage, absent.RollUp.PartialValue));

        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023-03", "", "O"));
        var stated = await CellAsync(hub, "T-AMOUNT", "2023-Q1");
        Assert.Equal(("", 2, "22"), (stated.Value, stated.RollUp.Used, stated.RollUp.PartialValue));

        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023-03", "0"));
        Assert.Equal("22", (await CellAsync(hub, "T-AMOUNT", "2023-Q1")).Value);
    }

    [Fact]
    public async Task G12_A_month_in_which_there_can_be_no_value_is_neither_expected_nor_missing()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023-01", "10"), MadeUp.Value("T-AMOUNT", "A", "2023-02", "12", "B"), MadeUp.Value("T-AMOUNT", "A", "2023-03", "", "M"));

        var cell = await CellAsync(hub, "T-AMOUNT", "2023-Q1");

        Assert.Equal(("22", Verdict.ComparableWithConversion), (cell.Value, cell.Verdict));
        Assert.Equal((2, 2, 1, "100", ""), (cell.RollUp.Used, cell.RollUp.Expected, cell.RollUp.CannotExist, cell.RollUp.Coverage, cell.RollUp.PartialValue));
        Assert.Equal([VerdictReason.RolledUp, VerdictReason.Break], cell.Reasons);
        Assert.Contains("2023-02", cell.MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task G12_What_was_reported_is_never_replaced()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(
            MadeUp.Value("T-AMOUNT", "A", "2023-Q1", "99"),
            MadeUp.Value("T-AMOUNT", "A", "2023-01", "10"), MadeUp.Value("T-AMOUNT", "A", "2023-02", "12"), MadeUp.Value("T-AMOUNT", "A", "2023-03", "14"),
            MadeUp.Value("T-AMOUNT", "A", "2023-04", "1"), MadeUp.Value("T-AMOUNT", "A", "2023-05", "2"), MadeUp.Value("T-AMOUNT", "A", "2023-06", "3"));

        var quarter = await CellAsync(hub, "T-AMOUNT", "2023-Q1");
        Assert.Equal(("99", false, Verdict.Comparable), (quarter.Value, quarter.Derived, quarter.Verdict));
        Assert.NotEqual("", quarter.Report);

        // Nor is it inside a coarser one: 99 of the quarter, and 1 + 2 + 3.
        Assert.Equal("105", (await CellAsync(hub, "T-AMOUNT", "2023-S1")).Value);
    }

    [Fact]
    public async Task G12_Months_make_a_year_by_way_of_quarters_and_half_years()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync([.. Enumerable.Range(1, 12).Select(month => MadeUp.Value("T-AMOUNT", "A", $"2023-{month:00}", $"{month}"))]);
        await hub.SubmitAsync([.. Enumerable.Range(1, 12).Select(month => MadeUp.Value("T-STOCK", "A", $"2023-{month:00}", $"{month}"))]);

        var year = await CellAsync(hub, "T-AMOUNT", "2023");
        Assert.Equal(("78", "M", 12, 12), (year.Value, year.RollUp.Frequency, year.RollUp.Used, year.RollUp.Expected));
        Assert.Equal("12", (await CellAsync(hub, "T-STOCK", "2023")).Value);
        Assert.Equal("6", (await CellAsync(hub, "T-STOCK", "2023-S1")).Value);
    }

    [Fact]
    public async Task G12_Days_make_a_week_and_a_month_of_the_calendar()
    {
        await using var hub = await MetricHub.StartAsync();
        var days = Enumerable.Range(0, 31 + 29).Select(day => new DateOnly(2024, 1, 1).AddDays(day));
        await hub.SubmitAsync([.. days.Select(day => MadeUp.Value("T-AMOUNT", "A", $"{day:yyyy-MM-dd}", $"{day.Day}"))]);

        // 1 to 7 January, and 1 to 29 February.
        Assert.Equal(("28", 7), await SumAsync("2024-W01"));
        Assert.Equal(("435", 29), await SumAsync("2024-02"));

        async Task<(string, long)> SumAsync(string period)
        {
            var cell = await CellAsync(hub, "T-AMOUNT", period);
            return (cell.Value, cell.RollUp.Expected);
        }
    }

    private static async Task<ComparisonCell> CellAsync(MetricHub hub, string indicator, string period) =>
        (await hub.TableAsync(indicator, period, "A", request => request.RollUp = true)).Cells.Single();
}
