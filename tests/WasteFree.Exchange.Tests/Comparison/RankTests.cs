using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class RankTests
{
    private static readonly string[] Golden = ["95.5", "92.0", "92.0", "88.0"];

    [Theory]
    [InlineData(Direction.Higher, new[] { 1, 2, 2, 4 })]
    [InlineData(Direction.Lower, new[] { 4, 2, 2, 1 })]
    public void G3_equals_share_a_place_and_a_missing_value_has_none(Direction direction, int[] places)
    {
        var scene = Scene.Of(rate => rate with { Direction = direction });
        foreach (var (index, value) in Golden.Index()) scene.Report(((char)('A' + index)).ToString(), value);
        var table = scene.Report("E", null, "O").Compare("A B C D E");

        Assert.Equal([.. places.Cast<int?>(), null], table.Cells.Select(cell => cell.Rank));
        Assert.Equal((4, 5), (table.Ranked, table.Expected));
        Assert.Equal(Verdict.NotComparable, table.Cells[4].Verdict);
        Assert.Equal([VerdictReason.Missing], table.Cells[4].Reasons);
        Assert.Equal("O", table.Cells[4].Status.ToString());
    }

    [Fact]
    public void G3_values_that_only_look_alike_after_rounding_are_no_tie()
    {
        var table = Scene.Of().Report("A", "92.01").Report("B", "92.04").Compare("A B");
        Assert.Equal([2, 1], table.Cells.Select(cell => cell.Rank));
    }

    [Fact]
    public void Quotients_that_round_to_the_same_twelve_decimals_are_ranked_before_rounding()
    {
        var table = Scene.Of().ReportParts("A", "100000000000000000", "300000000000000000").ReportParts("B", "100000000000000001", "300000000000000000").Compare("A B");
        Assert.Equal(table.Cells[0].Value, table.Cells[1].Value);
        Assert.Equal([2, 1], table.Cells.Select(cell => cell.Rank));
    }

    [Fact]
    public void Two_spellings_of_one_quantity_are_a_tie_and_keep_their_spelling()
    {
        var table = Scene.Of().Report("A", "92").Report("B", "92.00").Compare("A B");
        Assert.Equal([1, 1], table.Cells.Select(cell => cell.Rank));
        Assert.Equal(["92", "92.00"], table.Cells.Select(cell => cell.Value));
    }

    [Fact]
    public void An_indicator_without_a_better_direction_is_not_ranked()
    {
        var table = Scene.Of(rate => rate with { Direction = Direction.Neutral }).Report("A", "1").Report("B", "2").Compare("A B");
        Assert.All(table.Cells, cell => Assert.Null(cell.Rank));
        Assert.All(table.Cells, cell => Assert.Equal(Verdict.Comparable, cell.Verdict));
        Assert.Equal(0, table.Ranked);
    }

    [Fact]
    public void G15_zero_is_a_value_and_an_absent_row_is_not_zero()
    {
        var table = Scene.OfTonnes().Report("A", "0").Report("B", "5").Compare("A B C");
        Assert.Equal([1, 2, null], table.Cells.Select(cell => cell.Rank));
        Assert.Equal(Rational.Zero, table.Cells[0].Quantity);
        Assert.Equal("0", table.Cells[0].Value);
        Assert.Null(table.Cells[2].Quantity);
        Assert.Equal("", table.Cells[2].Value);
        Assert.Equal("缺报：没有数值", table.Cells[2].MessageZh);
        Assert.Equal("missing: no value was reported", table.Cells[2].MessageEn);
    }

    [Theory]
    [InlineData("O")]
    [InlineData("M")]
    [InlineData("L")]
    [InlineData("H")]
    [InlineData("Q")]
    [InlineData("K")]
    [InlineData("B")]
    [InlineData("J")]
    [InlineData("S")]
    public void A_row_without_a_number_is_missing_whatever_its_flag(string flag)
    {
        var cell = Scene.Of().Report("A", null, flag).Compare("A").Cells[0];
        Assert.Equal([VerdictReason.Missing], cell.Reasons);
        Assert.Equal("a", cell.Organization);
    }

    [Fact]
    public void Cells_come_in_the_order_asked_and_a_region_named_twice_has_one()
    {
        var table = Scene.Of().Report("A", "1").Report("B", "2").Compare("C B A B");
        Assert.Equal(["C", "B", "A"], table.Cells.Select(cell => cell.Region));
        Assert.Equal([null, 1, 2], table.Cells.Select(cell => cell.Rank));
    }

    [Fact]
    public void Each_column_is_a_table_of_its_own_in_the_order_asked()
    {
        var scene = Scene.Of().Report("A", "1").Report("A", "2", change: row => row with { Period = Scene.Year(2023) });
        var tables = scene.Tables("A", request => request with { Columns = [(Scene.Rate, Scene.Year(2024)), (Scene.Rate, Scene.Year(2023)), (Scene.Rate, Scene.Year(2022))] });
        Assert.Equal(["1", "2", ""], tables.Select(table => table.Cells[0].Value));
        Assert.Equal([2024, 2023, 2022], tables.Select(table => table.Period.Start.Year));
    }

    [Fact]
    public void G13_a_month_named_in_two_ways_is_one_column_and_no_other_period_is()
    {
        Assert.True(Period.TryParse("2024-M03", out var sent));
        Assert.True(Period.TryParse("2024-03", out var asked));
        Assert.True(Period.TryParse("2024-Q1", out var quarter));
        var scene = Scene.Of().Report("A", "7", change: row => row with { Period = sent });
        Assert.Equal("7", scene.Compare("A", request => request with { Columns = [(Scene.Rate, asked)] }).Cells[0].Value);
        Assert.Equal("", scene.Compare("A", request => request with { Columns = [(Scene.Rate, quarter)] }).Cells[0].Value);
    }

    [Fact]
    public void Another_category_is_not_part_of_the_table()
    {
        var scene = Scene.OfTonnes().Report("A", "5").Report("A", "3", change: row => row with { Category = "HW08" });
        Assert.Equal("5", scene.Compare("A").Cells[0].Value);
        Assert.Equal("3", scene.Compare("A", request => request with { Category = "HW08" }).Cells[0].Value);
    }
}
