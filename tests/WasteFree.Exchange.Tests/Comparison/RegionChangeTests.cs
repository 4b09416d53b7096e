using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class RegionChangeTests
{
    private static readonly DateOnly Change = new(2024, 7, 1);

    [Fact]
    public void A_region_that_is_not_in_force_at_the_end_of_the_period_is_no_region_of_it()
    {
        var table = Old().Report("A", "10").Report("N", "30").Compare("A N");
        Assert.Equal([VerdictReason.RegionChanged], table.Cells[0].Reasons);
        Assert.Equal("10", table.Cells[0].Value);
        Assert.Null(table.Cells[0].Rank);
        Assert.Equal("地区变动：A A区已于 2024-07-01 撤销，由 N N区 承继，不是 2024 期末的地区", table.Cells[0].MessageZh);
        Assert.Equal("region changed: A A ended on 2024-07-01, succeeded by N N, so it is no region at the end of 2024", table.Cells[0].MessageEn);
        Assert.Equal(Verdict.Comparable, table.Cells[1].Verdict);
        Assert.Equal("30", table.Aggregate!.Quantity!.Value.ToDecimalText());
    }

    [Fact]
    public void A_region_that_had_not_begun_says_so_beside_that_there_is_no_value()
    {
        var table = Old().At("2024-Q2", "A", "10").Compare("A N", In("2024-Q2"));
        Assert.Equal(Verdict.Comparable, table.Cells[0].Verdict);
        Assert.Equal([VerdictReason.Missing, VerdictReason.RegionChanged], table.Cells[1].Reasons);
        Assert.Contains("N N begins on 2024-07-01; before it there was A A", table.Cells[1].MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_day_belongs_to_the_successor_and_the_day_before_to_the_predecessor()
    {
        var scene = Old().At("2024-06-30", "A", "1").At("2024-07-01", "N", "2");
        Assert.Equal([true, false], scene.Compare("A N", In("2024-06-30")).Cells.Select(cell => cell.Verdict == Verdict.Comparable));
        Assert.Equal([false, true], scene.Compare("A N", In("2024-07-01")).Cells.Select(cell => cell.Verdict == Verdict.Comparable));
    }

    [Fact]
    public void Each_table_has_the_regions_of_its_period()
    {
        var tables = Old().At("2024-Q2", "A", "1").At("2024-Q3", "N", "2").Tables("A N", request => request with
        {
            Columns = [(Scene.Rate, Scene.PeriodOf("2024-Q2")), (Scene.Rate, Scene.PeriodOf("2024-Q3"))],
            RegionsOf = period => period == Scene.PeriodOf("2024-Q2") ? ["A"] : ["N"],
        });
        Assert.Equal(["A", "N"], tables.Select(table => Assert.Single(table.Cells).Region));
        Assert.Equal([1, 1], tables.Select(table => table.Aggregate!.Expected));
    }

    [Fact]
    public void There_is_no_growth_from_before_a_region_began()
    {
        var growth = Assert.Single(Old().At("2024-Q2", "A", "1").At("2024-Q3", "N", "2").Compare("N", Grown("2024-Q3")).Cells[0].Growth);
        Assert.Null(growth.Percent);
        Assert.Equal([VerdictReason.Missing, VerdictReason.RegionChanged], growth.Reasons);
        Assert.Contains("begins on 2024-07-01", growth.MessageEn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024-07-01", false)]
    [InlineData("2024-09-30", false)]
    [InlineData("2024-06-30", true)] // the base is of the new ground already
    [InlineData("2024-10-01", true)]
    public void There_is_no_growth_over_a_day_on_which_the_ground_changed(string day, bool grows)
    {
        var growth = Assert.Single(Scene.OfTonnes().Place("A").Where(region => region with { GroundChanged = [DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)] })
            .At("2024-Q2", "A", "10").At("2024-Q3", "A", "12").Compare("A", Grown("2024-Q3")).Cells[0].Growth);
        Assert.Equal(grows ? "20" : null, growth.Percent?.ToDecimalText());
        Assert.Equal(grows ? [] : [VerdictReason.RegionChanged], growth.Reasons);
    }

    [Fact]
    public void Predecessors_that_are_declared_to_be_all_of_its_ground_make_what_was_before_it()
    {
        var scene = Scene.OfTonnes().Place("A").Where(Ended).Place("B").Where(Ended)
            .Place("N").Where(region => region with { ValidFrom = Change, PredecessorsComplete = true })
            .At("2024-Q2", "A", "10").At("2024-Q2", "B", "20").At("2024-Q3", "N", "33");
        Assert.Equal("10", Assert.Single(scene.Compare("N", Grown("2024-Q3")).Cells[0].Growth).Percent!.Value.ToDecimalText());

        var before = scene.Compare("N A", In("2024-Q2"));
        Assert.Equal("30", before.Cells[0].Value);
        // Both are the same ground.
        Assert.Equal([VerdictReason.Overlap, VerdictReason.MadeOfParts], before.Cells[0].Reasons);
        Assert.Equal("10", before.Aggregate!.Quantity!.Value.ToDecimalText());
    }

    [Fact]
    public void Predecessors_that_went_to_others_too_make_nothing()
    {
        var cell = Scene.OfTonnes().Place("A").Where(region => Ended(region) with { Successors = ["N", "M"] }).Place("M")
            .Place("N").Where(region => region with { ValidFrom = Change, PredecessorsComplete = true })
            .At("2024-Q2", "A", "10").Compare("N", In("2024-Q2")).Cells[0];
        Assert.Equal([VerdictReason.Missing, VerdictReason.RegionChanged], cell.Reasons);
    }

    [Fact]
    public void Whoever_took_a_part_of_the_ground_and_was_there_before_is_not_the_same_ground()
    {
        // As five towns of 渝北区 went to 北碚区.
        var table = Scene.OfTonnes().Place("A").Where(region => Ended(region) with { Successors = ["N", "M"] }).Place("M")
            .At("2024-Q2", "A", "10").At("2024-Q2", "M", "5").Compare("A M", In("2024-Q2"));
        Assert.Equal("15", table.Aggregate!.Quantity!.Value.ToDecimalText());
    }

    private static Scene Old() => Scene.OfTonnes().Place("A").Where(Ended).Place("N").Where(region => region with { ValidFrom = Change });

    private static Region Ended(Region region) => region with { ValidTo = Change, Successors = ["N"] };

    private static Func<ComparisonRequest, ComparisonRequest> In(string period) =>
        request => request with { Columns = [(Scene.Rate, Scene.PeriodOf(period))] };

    private static Func<ComparisonRequest, ComparisonRequest> Grown(string period) =>
        request => In(period)(request) with { Growth = [GrowthBasis.PreviousPeriod] };
}
