using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class GrowthTests
{
    [Fact]
    public void A_value_grows_from_the_period_before_and_from_the_year_before()
    {
        var scene = Scene.OfTonnes().Place("A").At("2023-Q2", "A", "80").At("2024-Q1", "A", "125").At("2024-Q2", "A", "100");
        var growth = Of(scene, "2024-Q2", GrowthBasis.PreviousPeriod, GrowthBasis.SamePeriodLastYear);
        Assert.Equal(["-20", "25"], growth.Select(one => one.Percent?.ToDecimalText()));
        Assert.Equal(["-25", "20"], growth.Select(one => one.Change?.ToDecimalText()));
        Assert.Equal(["125", "80"], growth.Select(one => one.BaseValue));
    }

    [Fact]
    public void A_break_anywhere_after_the_base_leaves_no_growth()
    {
        var scene = Scene.OfTonnes().Place("A").At("2023-Q2", "A", "80").At("2023-Q4", "A", "90", status: "B").At("2024-Q1", "A", "95").At("2024-Q2", "A", "100");
        var growth = Of(scene, "2024-Q2", GrowthBasis.PreviousPeriod, GrowthBasis.SamePeriodLastYear);
        Assert.Equal([[], [VerdictReason.Break]], growth.Select(one => one.Reasons));
        Assert.Null(growth[1].Percent);
        Assert.Null(growth[1].Change);
    }

    [Fact]
    public void Nothing_grows_from_zero_but_the_difference_is_told()
    {
        var growth = Of(Scene.OfTonnes().Place("A").At("2023", "A", "0").At("2024", "A", "3"), "2024", GrowthBasis.PreviousPeriod).Single();
        Assert.Equal("3", growth.Change?.ToDecimalText());
        Assert.Null(growth.Percent);
        Assert.Equal([VerdictReason.Denominator], growth.Reasons);
    }

    [Fact]
    public void G05_a_bridge_leads_over_the_break_and_nothing_else_does()
    {
        var scene = Broken();
        var without = scene.Compare("X", request => AskV2(request, "2021")).Cells[0].Growth[0];
        Assert.Null(without.Percent);
        Assert.Equal([VerdictReason.Definition, VerdictReason.Break], without.Reasons);

        scene.Bridge(1, 2, "0.95/1.05");
        var bridged = scene.Compare("X", request => AskV2(request, "2020")).Cells[0];
        Assert.Equal("0.995238095238", bridged.Value);
        Assert.Equal(Verdict.ComparableWithBridge, bridged.Verdict);
        Assert.Equal(StatusSet.Of("E"), bridged.Status);
        Assert.Equal("-4.545454545455", scene.Compare("X", request => AskV2(request, "2021")).Cells[0].Growth[0].Percent?.ToDecimalText());
    }

    [Fact]
    public void A_bridge_declared_for_one_region_bridges_no_other()
    {
        var cell = Broken().Bridge(1, 2, "0.95/1.05", "Y").Compare("X", request => AskV2(request, "2020")).Cells[0];
        Assert.Equal([VerdictReason.Definition], cell.Reasons);
        Assert.Equal("1.1", cell.Value);
    }

    [Fact]
    public void Another_source_is_another_series()
    {
        var growth = Of(Scene.OfTonnes().Place("A").At("2023", "A", "1", by: "old").At("2024", "A", "2", by: "new"), "2024", GrowthBasis.PreviousPeriod).Single();
        Assert.Null(growth.Percent);
        Assert.Equal([VerdictReason.Source], growth.Reasons);
    }

    private static Scene Broken() => Scene.OfTonnes()
        .Define(v1 => v1 with { Version = new(2, 0) })
        .Place("X").Place("Y")
        .At("2019", "X", "1.2").At("2020", "X", "1.1")
        .At("2021", "X", "0.95", status: "B", change: v2 => v2 with { Version = "2.0" });

    private static ComparisonRequest AskV2(ComparisonRequest request, string period) => request with
    {
        Columns = [(Scene.Rate, Scene.PeriodOf(period))],
        Version = new(2, 0),
        Growth = [GrowthBasis.PreviousPeriod],
    };

    private static IReadOnlyList<Growth> Of(Scene scene, string period, params GrowthBasis[] bases) =>
        scene.Compare("A", request => request with { Columns = [(Scene.Rate, Scene.PeriodOf(period))], Growth = bases }).Cells[0].Growth;
}
