using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>Regions side by side and as one: ratios, ranks, flags, zeros.</summary>
public sealed class RatioGoldenTests
{
    [Fact]
    public async Task G01_The_ratio_of_regions_together_is_sum_by_sum_and_never_the_mean_of_their_ratios()
    {
        await using var hub = await MetricHub.StartAsync();
        // Used / (generated + used of earlier stock).
        await hub.SubmitAsync(
            MadeUp.Parts("T-RATE", "A", "2023", "80", "100"),
            MadeUp.Parts("T-RATE", "B", "2023", "30", "60"),
            MadeUp.Parts("T-RATE", "C", "2023", "300", "400"));

        var table = await hub.TableAsync("T-RATE", "2023", "A B C");

        Assert.Equal(["80", "50", "75"], table.Cells.Select(cell => cell.Value));
        Assert.All(table.Cells, cell => Assert.True(cell.Derived));
        var all = table.Aggregate;
        Assert.Equal(("73.214285714286", "410", "560"), (all.Value, all.Numerator, all.Denominator));
        Assert.Equal((3, 3, "100"), (all.Used, all.Expected, all.Coverage));
        Assert.DoesNotContain("68.333", table.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task G01_Parts_in_units_of_their_own_are_converted_before_they_are_summed_and_come_back_as_sent()
    {
        await using var hub = await MetricHub.StartAsync();
        var large = MadeUp.Parts("T-RATE", "A", "2023", "45.2", "50");
        (large.NumeratorUnit, large.DenominatorUnit) = ("10*4.t", "10*4.t");
        await hub.SubmitAsync(large, MadeUp.Parts("T-RATE", "B", "2023", "300000", "500000"));

        var table = await hub.TableAsync("T-RATE", "2023", "A B");

        Assert.Equal(["90.4", "60"], table.Cells.Select(cell => cell.Value));
        Assert.Equal([VerdictReason.Converted], table.Cells[0].Reasons);
        Assert.Equal(("45.2", "10*4.t", "50", "10*4.t"), (table.Cells[0].Numerator, table.Cells[0].NumeratorUnit, table.Cells[0].Denominator, table.Cells[0].DenominatorUnit));
        var all = table.Aggregate;
        Assert.Equal(("75.2", "752000", "t", "1000000", "t"), (all.Value, all.Numerator, all.NumeratorUnit, all.Denominator, all.DenominatorUnit));
    }

    [Fact]
    public async Task G01_A_stated_ratio_enters_the_sum_by_its_parts_and_not_by_its_rounded_value()
    {
        await using var hub = await MetricHub.StartAsync();
        var third = MadeUp.Parts("T-RATE", "A", "2023", "1", "3");
        third.Value = "33";
        await hub.SubmitAsync(third, MadeUp.Parts("T-RATE", "B", "2023", "1", "3"));

        var table = await hub.TableAsync("T-RATE", "2023", "A B");

        Assert.Equal(["33", "33.333333333333"], table.Cells.Select(cell => cell.Value));
        Assert.Equal("33.333333333333", table.Aggregate.Value);
    }

    [Fact]
    public async Task G01_A_ratio_without_parts_has_no_place_in_the_sum_and_is_listed()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Parts("T-RATE", "A", "2023", "80", "100"), MadeUp.Value("T-RATE", "B", "2023", "50"));

        var table = await hub.TableAsync("T-RATE", "2023", "A B C");

        Assert.Equal([1, 2, 0], table.Cells.Select(cell => cell.Rank));
        var all = table.Aggregate;
        Assert.Equal(("80", 1, 3, "33.333333333333"), (all.Value, all.Used, all.Expected, all.Coverage));
        Assert.Equal(["B", "C"], all.Excluded.Select(left => left.Region));
        Assert.Contains(VerdictReason.Denominator, all.Excluded[0].Reasons);
        Assert.Contains(VerdictReason.Missing, all.Excluded[1].Reasons);
    }

    [Theory]
    [InlineData("T-RATE", new[] { 1, 2, 2, 4, 0 })]
    [InlineData("T-LOSS", new[] { 4, 2, 2, 1, 0 })]
    public async Task G03_Equals_share_a_rank_and_what_is_missing_has_none(string indicator, int[] ranks)
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(
            MadeUp.Value(indicator, "A", "2023", "95.5"), MadeUp.Value(indicator, "B", "2023", "92.0"), MadeUp.Value(indicator, "C", "2023", "92.0"),
            MadeUp.Value(indicator, "D", "2023", "88.0"), MadeUp.Value(indicator, "E", "2023", "", "O"));

        var table = await hub.TableAsync(indicator, "2023", "A B C D E");

        Assert.Equal(ranks, table.Cells.Select(cell => cell.Rank));
        Assert.Equal([true, true, true, true, false], table.Cells.Select(cell => cell.Rank > 0));
        Assert.Equal(["95.5", "92.0", "92.0", "88.0", ""], table.Cells.Select(cell => cell.Value));
        Assert.Equal((4, 5), (table.Ranked, table.Expected));
        Assert.Equal((Verdict.NotComparable, VerdictReason.Missing), (table.Cells[4].Verdict, table.Cells[4].Reasons[0]));
    }

    [Fact]
    public async Task G03_What_differs_in_any_digit_is_no_tie()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Value("T-RATE", "A", "2023", "92.04"), MadeUp.Value("T-RATE", "B", "2023", "92.01"));
        Assert.Equal([1, 2], (await hub.TableAsync("T-RATE", "2023", "A B")).Cells.Select(cell => cell.Rank));

        // Alike to all twelve decimals that are shown.
        await hub.SubmitAsync(
            MadeUp.Parts("T-RATE", "A", "2022", "333333333333333333", "999999999999999999"),
            MadeUp.Parts("T-RATE", "B", "2022", "333333333333333332", "999999999999999999"));
        var close = (await hub.TableAsync("T-RATE", "2022", "A B")).Cells;
        Assert.Equal(["33.333333333333", "33.333333333333"], close.Select(cell => cell.Value));
        Assert.Equal([1, 2], close.Select(cell => cell.Rank));
    }

    [Theory]
    [InlineData("Y Z E")]
    [InlineData("Z E Y")]
    public async Task G03_Of_regions_on_the_same_ground_the_reporting_unit_stands_for_both_whatever_the_order(string regions)
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "Y", "2023", "100"), MadeUp.Value("T-AMOUNT", "Z", "2023", "40"), MadeUp.Value("T-AMOUNT", "E", "2023", "7"));

        var table = await hub.TableAsync("T-AMOUNT", "2023", regions);

        var cells = table.Cells.ToDictionary(cell => cell.Region);
        Assert.Equal((Verdict.Comparable, 2), (cells["Y"].Verdict, cells["Y"].Rank));
        Assert.Equal((Verdict.NotComparable, false, "40"), (cells["Z"].Verdict, cells["Z"].Rank > 0, cells["Z"].Value));
        Assert.Equal([VerdictReason.Overlap], cells["Z"].Reasons);
        Assert.Equal(("107", 2, 3), (table.Aggregate.Value, table.Aggregate.Used, table.Aggregate.Expected));
        var left = Assert.Single(table.Aggregate.Excluded);
        Assert.Equal(("Z", VerdictReason.Overlap), (left.Region, left.Reasons.Single()));
    }

    [Theory]
    [InlineData("", "P", "E", "E")]
    [InlineData("E", "B", "", "B")]
    [InlineData("U", "V", "P E", "E")]
    [InlineData("", "", "", "A")]
    public async Task G09_The_regions_together_bear_the_highest_of_their_flags(string first, string second, string third, string worst)
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(
            MadeUp.Value("T-AMOUNT", "A", "2023", "1", first), MadeUp.Value("T-AMOUNT", "B", "2023", "2", second), MadeUp.Value("T-AMOUNT", "C", "2023", "3", third),
            MadeUp.Value("T-AMOUNT", "D", "2023", "", "B Q"));

        var all = (await hub.TableAsync("T-AMOUNT", "2023", "A B C D")).Aggregate;

        Assert.Equal((worst, "6", 3), (all.WorstStatus, all.Value, all.Used));
        Assert.Contains(worst, all.Status);
        // What has no number is not in it, nor are its flags.
        Assert.DoesNotContain("Q", all.Status);
    }

    [Fact]
    public async Task G15_Zero_is_a_value_and_a_row_that_is_absent_is_not_zero()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(
            MadeUp.Value("T-AMOUNT", "A", "2023", "0"), MadeUp.Value("T-AMOUNT", "B", "2023", "10"),
            MadeUp.Parts("T-RATE", "A", "2023", "0", "50"), MadeUp.Parts("T-RATE", "B", "2023", "40", "50"));

        var landfilled = await hub.TableAsync("T-AMOUNT", "2023", "A B C");
        Assert.Equal([("0", 1), ("10", 2), ("", 0)], landfilled.Cells.Select(cell => (cell.Value, cell.Rank)));
        Assert.Equal([VerdictReason.Missing], landfilled.Cells[2].Reasons);
        Assert.Equal(("10", 2, 3, "66.666666666667"), (landfilled.Aggregate.Value, landfilled.Aggregate.Used, landfilled.Aggregate.Expected, landfilled.Aggregate.Coverage));
        Assert.Equal((3, 2, 0, 1), (landfilled.Coverage.Expected, landfilled.Coverage.Valued, landfilled.Coverage.Missing, landfilled.Coverage.Absent));

        var rates = await hub.TableAsync("T-RATE", "2023", "A B C");
        Assert.Equal([("0", 2), ("80", 1), ("", 0)], rates.Cells.Select(cell => (cell.Value, cell.Rank)));
        Assert.Equal("40", rates.Aggregate.Value);
    }
}
