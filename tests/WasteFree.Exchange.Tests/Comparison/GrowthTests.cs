using WasteFree.Exchange.Catalog;
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

    [Theory]
    [InlineData(IndicatorKind.Ratio, "%", null, "80", "82", "2")]
    [InlineData(IndicatorKind.Ratio, "%", "1", "80", "82", "2")] // points, in whatever unit the table is
    [InlineData(IndicatorKind.Ratio, "%", "[ppth]", "80", "82", "2")]
    [InlineData(IndicatorKind.Ratio, "[ppth]", null, "3", "5.5", "0.25")]
    [InlineData(IndicatorKind.Ratio, "1", null, "0.8", "0.82", "2")]
    [InlineData(IndicatorKind.Ratio, "%", null, "82", "80", "-2")]
    [InlineData(IndicatorKind.Ratio, "%", null, "0", "3", "3")] // from zero too
    [InlineData(IndicatorKind.Amount, "%", null, "-1.5", "2", "3.5")] // a rate of growth
    public void A_share_changes_in_percentage_points(IndicatorKind kind, string unit, string? table, string from, string to, string points)
    {
        var growth = OfUnit(kind, unit, table, from, to);
        Assert.Equal((GrowthKind.Points, points), (growth.Kind, growth.Points?.ToDecimalText()));
        Assert.Empty(growth.Reasons);
    }

    [Theory]
    [InlineData(IndicatorKind.Intensity, "t/(10*4.{CNY})", "2.5")]
    [InlineData(IndicatorKind.Intensity, "t/t", "2.5")]
    [InlineData(IndicatorKind.Amount, "t", "2.5")]
    [InlineData(IndicatorKind.Stock, "{person}", "2.5")]
    [InlineData(IndicatorKind.Count, "1", "2.5")]
    [InlineData(IndicatorKind.Ratio, "t/{person}", "2.5")] // no share of anything
    public void Anything_else_grows_in_per_cent_of_its_base(IndicatorKind kind, string unit, string percent)
    {
        var growth = OfUnit(kind, unit, null, "80", "82");
        Assert.Equal((GrowthKind.Relative, percent, null), (growth.Kind, growth.Percent?.ToDecimalText(), growth.Points));
        Assert.Equal([VerdictReason.Denominator], OfUnit(kind, unit, null, "0", "82").Reasons);
    }

    [Fact]
    public void Points_are_exact_and_explained_as_a_difference()
    {
        var cell = Scene.Of().Place("A").ReportParts("A", "1", "3", change: row => row with { Period = Scene.PeriodOf("2023") }).ReportParts("A", "2", "3")
            .Compare("A", request => request with { Growth = [GrowthBasis.PreviousPeriod] }).Cells[0];
        Assert.Equal(new Rational(100, 3), cell.Growth[0].Points);
        var told = cell.Derivation.Inputs.Single(input => input.Step == DerivationStep.Growth);
        Assert.Equal((new Rational(100, 3), "%{point}"), (told.Quantity, told.Unit));
        Assert.Equal("value - base value, in percentage points", DerivationWords.For(told).En);
    }

    [Fact]
    public void A_share_across_a_break_or_from_nothing_has_no_points()
    {
        Assert.Equal((null, VerdictReason.Break), Absent(Scene.Of().Place("A").At("2023", "A", "80").At("2024", "A", "82", status: "B")));
        Assert.Equal((null, VerdictReason.Missing), Absent(Scene.Of().Place("A").At("2024", "A", "82")));

        static (Rational?, VerdictReason) Absent(Scene scene) => Of(scene, "2024", GrowthBasis.PreviousPeriod) is [var growth] ? (growth.Points, growth.Reasons.Single()) : default;
    }

    [Fact]
    public void A_bridge_leads_over_one_break_and_no_other()
    {
        var scene = Scene.OfTonnes().Define(v1 => v1 with { Version = new(2, 0) }).Place("X").Bridge(1, 2, "2")
            .At("2022-Q1", "X", "1").At("2022-Q2", "X", "2", status: "B", change: V2).At("2023-Q1", "X", "4", change: V2);
        Assert.Equal("100", Asked(scene).Percent?.ToDecimalText());
        Assert.Equal([VerdictReason.Break], Asked(scene.At("2022-Q4", "X", "3", status: "B", change: V2)).Reasons);
        Assert.Equal([VerdictReason.Break], Asked(Scene.OfTonnes().Define(v1 => v1 with { Version = new(2, 0) }).Place("X").Bridge(1, 2, "2")
            .At("2022-Q1", "X", "1").At("2022-Q2", "X", "1.5", status: "B").At("2023-Q1", "X", "4", change: V2)).Reasons); // the first definition broke by itself

        static Observation V2(Observation row) => row with { Version = "2.0" };

        static Growth Asked(Scene scene) => scene.Compare("X", request => request with
        {
            Columns = [(Scene.Rate, Scene.PeriodOf("2023-Q1"))], Version = new(2, 0), Growth = [GrowthBasis.SamePeriodLastYear],
        }).Cells[0].Growth.Single();
    }

    [Fact]
    public void Another_source_is_another_series()
    {
        var growth = Of(Scene.OfTonnes().Place("A").At("2023", "A", "1", by: "old").At("2024", "A", "2", by: "new"), "2024", GrowthBasis.PreviousPeriod).Single();
        Assert.Null(growth.Percent);
        Assert.Equal([VerdictReason.Source], growth.Reasons);
    }

    private static Growth OfUnit(IndicatorKind kind, string unit, string? table, string from, string to) =>
        Scene.Of(rate => rate with { Kind = kind, Unit = unit }).Place("A").At("2023", "A", from).At("2024", "A", to)
            .Compare("A", request => request with
            {
                Growth = [GrowthBasis.PreviousPeriod],
                Unit = table is null ? null : Unit.TryParse(table, out var parsed) ? parsed : throw new ArgumentException(table, nameof(table)),
            }).Cells[0].Growth.Single();

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
