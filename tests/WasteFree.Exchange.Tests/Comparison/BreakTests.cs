using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Tests.Attainments;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

/// <summary>Where a series breaks (status flag B), its value stands in its own period and says so.</summary>
public sealed class BreakTests
{
    [Fact]
    public void A_break_is_marked_and_its_value_is_comparable_and_ranked()
    {
        var cell = Scene.Of().Place("A").Place("B").Report("A", "80", "B").Report("B", "90").Compare("A B").Cells[0];
        Assert.Equal((Verdict.Comparable, 2, "80"), (cell.Verdict, cell.Rank, cell.Value));
        Assert.Equal([VerdictReason.Break], cell.Reasons);
        Assert.Equal("break in the series (B): comparable within its period, not with earlier ones", cell.MessageEn);
        Assert.Equal([VerdictReason.Break], cell.Derivation.Reasons);
        Assert.Equal([VerdictReason.Break], cell.Derivation.Inputs[0].Reasons); // beside the value as sent
    }

    [Fact]
    public void A_break_stands_beside_other_reasons_and_forbids_nothing()
    {
        Assert.Equal([VerdictReason.Status, VerdictReason.Break], Scene.Of().Place("A").Report("A", "80", "BE").Compare("A").Cells[0].Reasons);
        var attained = Scene.Of().Aim("A", "75").Report("A", "80", "B").Attain();
        Assert.Equal("attained: 80 % >= 75 % (break in the series (B): comparable within its period, not with earlier ones)", attained.MessageEn);
    }

    [Fact]
    public void A_break_within_a_rolled_up_period_is_named()
    {
        var cell = Quarter(Scene.OfTonnes().Place("A").At("2024-01", "A", "1").At("2024-02", "A", "2", status: "B").At("2024-03", "A", "3"));
        Assert.Equal(("6", Verdict.ComparableWithConversion), (cell.Value, cell.Verdict));
        Assert.Equal([VerdictReason.RolledUp, VerdictReason.Break], cell.Reasons);
        Assert.EndsWith("break in the series (B) in 2024-02: not comparable with earlier periods", cell.MessageEn, StringComparison.Ordinal);
        Assert.True(cell.Status.Has('B'));
    }

    [Fact]
    public void A_stock_breaks_in_any_finer_period_and_not_only_in_its_last()
    {
        var scene = Scene.Of(rate => rate with { Unit = "t", Kind = IndicatorKind.Stock, Aggregation = Aggregation.Last }).Place("A")
            .At("2023-Q4", "A", "1").At("2024-01", "A", "1").At("2024-02", "A", "20", status: "B").At("2024-03", "A", "21");
        var cell = Quarter(scene, GrowthBasis.PreviousPeriod);
        Assert.Equal("21", cell.Value);
        Assert.Equal([VerdictReason.RolledUp, VerdictReason.Break], cell.Reasons);
        Assert.Equal([VerdictReason.Break], cell.Growth.Single().Reasons);
    }

    [Fact]
    public void A_break_in_a_finer_period_without_a_value_ends_growth_too()
    {
        var scene = Scene.OfTonnes().Place("A").At("2023-Q2", "A", "1").At("2023-Q4", "A", "1").At("2024-Q1", "A", "2").At("2024-Q2", "A", "2")
            .At("2023-07", "A", "1").Report("A", null, "B", change: row => row with { Period = Scene.PeriodOf("2023-08") });
        var cell = scene.Compare("A", request => Ask(request, "2024-Q2", GrowthBasis.SamePeriodLastYear)).Cells[0];
        Assert.Equal([VerdictReason.Break], cell.Growth.Single().Reasons);
    }

    [Fact]
    public void A_break_of_the_denominator_breaks_the_quotient()
    {
        var people = new Indicator { Code = "AUX-POP", Version = new(1, 0), NameZh = "人口", Unit = "{person}", Kind = IndicatorKind.Stock, Direction = Direction.Neutral };
        var scene = Scene.OfTonnes().Define(people).Place("A").At("2023", "A", "10").At("2024", "A", "12").At("2024-01", "A", "1").At("2024-02", "A", "2")
            .At("2023", "A", "5", "AUX-POP").At("2024", "A", "6", "AUX-POP", status: "B");
        var cell = scene.Compare("A", request => Ask(request, "2024", GrowthBasis.PreviousPeriod) with { Normalization = Normalization.PerCapita }).Cells[0];
        Assert.Equal(Verdict.Comparable, cell.Verdict);
        Assert.Equal([VerdictReason.Break], cell.Reasons);
        Assert.Equal([VerdictReason.Break], cell.Growth.Single().Reasons);
        // Both months are divided by the people of one year.
        var month = scene.Compare("A", request => Ask(request, "2024-02", GrowthBasis.PreviousPeriod) with { Normalization = Normalization.PerCapita }).Cells[0];
        Assert.Equal("100", month.Growth.Single().Percent?.ToDecimalText());
    }

    private static ComparisonCell Quarter(Scene scene, params GrowthBasis[] growth) => scene.Compare("A", request => Ask(request, "2024-Q1", growth)).Cells[0];

    private static ComparisonRequest Ask(ComparisonRequest request, string period, params GrowthBasis[] growth) =>
        request with { Columns = [(Scene.Rate, Scene.PeriodOf(period))], RollUp = true, Growth = growth };
}
