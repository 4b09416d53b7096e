using WasteFree.Exchange.Attainments;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Tests.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Attainments;

public sealed class PathTests
{
    /// <summary>G6, up.</summary>
    [Fact]
    public void G06_a_rise_from_50_to_65_stands_at_59()
    {
        var path = PathOf(To("65", "50").ReportIn(2023, "59"));
        Assert.Equal(
            new TargetPath(PathState.Known)
            {
                BasePeriod = Scene.Year(2020), BaseValue = "50", Period = Scene.Year(2023), Value = "59",
                Share = "60", Expected = "59", OnTrack = true, CagrRatio = "1.05286",
            },
            path);
        // Held against the goal itself, as a target for 2023 would be.
        var percent = Scene.Of().Aim("A", "65", target => target with { Period = Scene.Year(2023) }).ReportIn(2023, "59").Attain();
        Assert.Equal((AttainmentState.NotAttained, "90.769230769231"), (percent.State, percent.Percent));
    }

    /// <summary>G6, down.</summary>
    [Fact]
    public void G06_a_fall_from_1_20_to_0_90_stands_at_1_05()
    {
        var scene = Down("0.90", "1.20").ReportIn(2023, "1.05");
        var path = PathOf(scene);
        Assert.Equal(("50", "1.02", false, "0.778617"), (path.Share, path.Expected, path.OnTrack, path.CagrRatio)); // 0.77862
        Assert.Equal(AttainmentState.Attained, scene.ReportIn(2025, "0.90").Attain().State);
        Assert.Equal(("100", "0.9", true, "1"), (PathOf(scene).Share, PathOf(scene).Expected, PathOf(scene).OnTrack, PathOf(scene).CagrRatio));
    }

    /// <summary>G6, 原生垃圾零填埋.</summary>
    [Fact]
    public void G06_the_way_to_zero_is_linear_without_a_rate_of_growth()
    {
        var path = PathOf(Down("0", "200").ReportIn(2023, "100"));
        Assert.Equal((PathState.Known, "50", "80", false, ""), (path.State, path.Share, path.Expected, path.OnTrack, path.CagrRatio));
    }

    [Theory]
    [InlineData("0", "10", "4")] // from zero
    [InlineData("-10", "10", "4")] // through zero
    [InlineData("-10", "-2", "-4")] // below zero
    [InlineData("10", "20", "0")] // at zero
    public void Nothing_grows_from_through_or_to_zero_at_a_rate(string from, string to, string now)
    {
        var path = PathOf(To(to, from).ReportIn(2023, now));
        Assert.Equal((PathState.Known, ""), (path.State, path.CagrRatio));
    }

    [Fact]
    public void Without_a_base_the_way_is_unknown()
    {
        Assert.Equal(new TargetPath(PathState.NoBase), Scene.Of().Aim("A", "65").ReportIn(2020, "50").Report("A", "59").Attain().Path);
        Assert.Equal(new TargetPath(PathState.NoBase), PathOf(To("65", null).ReportIn(2023, "59")));
    }

    [Fact]
    public void A_base_that_is_not_stated_is_the_value_reported_for_it()
    {
        var scene = To("65", null).ReportIn(2020, "50").ReportIn(2023, "59");
        Assert.Equal(("50", "60"), (PathOf(scene).BaseValue, PathOf(scene).Share));
        Assert.Equal("55", PathOf(To("65", "55").ReportIn(2020, "50").ReportIn(2023, "59")).BaseValue); // stated, it stands
        Assert.Equal(PathState.NoBase, PathOf(To("65", null).ReportIn(2020, "50", "D").ReportIn(2023, "59")).State);
        Assert.Equal(PathState.NoBase, PathOf(To("65", null).ReportIn(2020, "50").ReportIn(2020, "51", by: "b").ReportIn(2023, "59")).State);
    }

    [Fact]
    public void A_base_of_another_frequency_or_not_before_the_target_is_none()
    {
        foreach (var from in new[] { "2020-Q1", "2025", "2026" })
        {
            var scene = Scene.Of().Aim("A", "65", target => target with { Period = Scene.Year(2025), BasePeriod = Attaining.Of(from), BaseValue = Scene.Decimal("50") });
            Assert.Equal(new TargetPath(PathState.NoBase), scene.ReportIn(2025, "59").Attain().Path);
        }
    }

    [Fact]
    public void It_is_measured_at_the_newest_comparable_value_after_the_base_up_to_the_period_of_the_target()
    {
        var scene = To("65", "50").ReportIn(2019, "1").ReportIn(2020, "2").ReportIn(2026, "99").Report("A", "98", change: row => row with { Period = Attaining.Of("2025-Q4") });
        Assert.Equal(new TargetPath(PathState.NoValue), PathOf(scene));
        Assert.Equal(Scene.Year(2021), PathOf(scene.ReportIn(2021, "53")).Period);
        Assert.Equal(Scene.Year(2021), PathOf(scene.ReportIn(2023, "59", "D").ReportIn(2022, null, "O")).Period);
        Assert.Equal((Scene.Year(2025), "65", "1"), (PathOf(scene.ReportIn(2025, "65")).Period, PathOf(scene).Expected, PathOf(scene).CagrRatio));
    }

    [Theory]
    [InlineData(Comparator.AtLeast, "70", "65", "64.1", false)] // missed: the line downward would say 118 % of the way
    [InlineData(Comparator.AtLeast, "70", "65", "65", true)]
    [InlineData(Comparator.AtLeast, "98", "95", "96", true)] // better than the target: the line downward would say behind
    [InlineData(Comparator.AtLeast, "70", "65", "80", true)]
    [InlineData(Comparator.Above, "70", "65", "65", false)]
    [InlineData(Comparator.Above, "70", "65", "66", true)]
    [InlineData(Comparator.AtMost, "0.8", "0.9", "0.95", false)]
    [InlineData(Comparator.AtMost, "0.8", "0.9", "0.9", true)]
    [InlineData(Comparator.Below, "0.8", "0.9", "0.9", false)]
    [InlineData(Comparator.Below, "0.8", "0.9", "0.85", true)]
    [InlineData(Comparator.AtLeast, "5", "0", "1", true)] // a target of zero
    [InlineData(Comparator.AtMost, "-5", "0", "1", false)]
    public void A_base_that_attains_the_target_leaves_no_way_and_only_the_target_counts(Comparator comparator, string from, string to, string now, bool held)
    {
        foreach (var year in new[] { 2023, 2025 })
        {
            var path = PathOf(To(to, from, target => target with { Comparator = comparator }).ReportIn(year, now));
            Assert.Equal(
                new TargetPath(PathState.BaseAttains)
                {
                    BasePeriod = Scene.Year(2020), BaseValue = from, Period = Scene.Year(year), Value = now, Expected = to, OnTrack = held,
                },
                path);
        }
    }

    [Fact]
    public void A_reported_base_that_attains_the_target_leaves_no_way_either()
    {
        var path = PathOf(To("65", null).ReportIn(2020, "70").ReportIn(2023, "64"));
        Assert.Equal((PathState.BaseAttains, "70", "", false), (path.State, path.BaseValue, path.Share, path.OnTrack));
        Assert.Equal(new TargetPath(PathState.NoValue), PathOf(To("65", "70")));
    }

    [Theory]
    [InlineData(Comparator.AtLeast, "65", true)]
    [InlineData(Comparator.Above, "65", false)]
    [InlineData(Comparator.Above, "65.1", true)]
    [InlineData(Comparator.Equal, "65", true)]
    [InlineData(Comparator.Equal, "66", false)]
    public void In_the_period_of_the_target_only_the_target_counts(Comparator comparator, string now, bool onTrack)
    {
        var attainment = To("65", "50", target => target with { Comparator = comparator }).ReportIn(2025, now).Attain();
        Assert.Equal(onTrack, attainment.Path!.OnTrack);
        Assert.Equal(onTrack ? AttainmentState.Attained : AttainmentState.NotAttained, attainment.State);
    }

    [Fact]
    public void A_value_that_attains_the_target_before_its_time_is_on_track_whatever_the_line_gives() =>
        Assert.True(PathOf(To("65", "50", target => target with { Comparator = Comparator.Equal }).ReportIn(2023, "65")).OnTrack);

    [Fact]
    public void A_value_worse_than_the_base_has_a_negative_share()
    {
        Assert.Equal(("-20", false), (PathOf(To("65", "50").ReportIn(2023, "47")).Share, PathOf(To("65", "50").ReportIn(2023, "47")).OnTrack));
        Assert.Equal("-50", PathOf(Down("0.90", "1.20").ReportIn(2023, "1.35")).Share);
    }

    [Fact]
    public void A_base_that_is_the_target_leaves_no_way()
    {
        Assert.Equal(new TargetPath(PathState.NoDistance), PathOf(To("50.0", "50").ReportIn(2023, "59")));
    }

    [Theory]
    [InlineData(Comparator.AtLeast, "65", "59", true)]
    [InlineData(Comparator.AtLeast, "65", "58.999999999999", false)]
    [InlineData(Comparator.Above, "65", "59", true)]
    [InlineData(Comparator.AtMost, "35", "41", true)]
    [InlineData(Comparator.AtMost, "35", "41.000000000001", false)]
    [InlineData(Comparator.Below, "35", "41", true)]
    [InlineData(Comparator.Equal, "65", "59", true)]
    [InlineData(Comparator.Equal, "65", "60", false)]
    public void On_track_is_at_the_line_or_on_the_good_side_of_it(Comparator comparator, string goal, string now, bool onTrack) =>
        Assert.Equal(onTrack, PathOf(To(goal, "50", target => target with { Comparator = comparator }).ReportIn(2023, now)).OnTrack);

    [Fact]
    public void The_line_is_exact()
    {
        // A third of the way from 0 to 10: rounded, 3.333333333333 would be on it.
        var scene = To("10", "0", target => target with { BasePeriod = Scene.Year(2022) }).ReportIn(2023, "3.333333333333");
        Assert.Equal(("3.333333333333", false), (PathOf(scene).Expected, PathOf(scene).OnTrack));
    }

    [Fact]
    public void A_break_of_the_series_ends_what_can_be_measured_from_the_base()
    {
        var scene = To("65", "50").ReportIn(2021, "53").ReportIn(2022, "80", "B").ReportIn(2023, "81");
        Assert.Equal((Scene.Year(2021), "53"), (PathOf(scene).Period, PathOf(scene).Value));
        Assert.Equal(PathState.NoValue, PathOf(To("65", "50").ReportIn(2021, "80", "B").ReportIn(2023, "81")).State);
        Assert.Equal(PathState.Known, PathOf(To("65", null).ReportIn(2020, "50", "B").ReportIn(2023, "59")).State); // the break lies before
    }

    [Fact]
    public void Years_of_another_definition_are_no_part_of_the_way()
    {
        var scene = To("65", null).Define(rate => rate with { Version = new DefinitionVersion(2, 0), ValidFrom = Scene.Year(2022) })
            .ReportIn(2020, "50").ReportIn(2021, "51").ReportIn(2023, "59", change: row => row with { Version = "2.0" });
        Assert.Equal(PathState.NoBase, PathOf(scene).State);
    }

    /// <summary>The series of G5, which breaks with its second definition in 2021.</summary>
    [Fact]
    public void A_bridge_leads_over_the_break_that_it_is_declared_for_and_over_no_other()
    {
        Assert.Equal(PathState.NoBase, PathOf(Series()).State);
        var path = PathOf(Series().Bridge(1, 2, "0.95/1.05"));
        Assert.Equal((PathState.Known, "0.995238095238", Scene.Year(2022), "0.90"), (path.State, path.BaseValue, path.Period, path.Value));
        // (0.90 - 209/210) / (0.80 - 209/210)
        Assert.Equal("48.780487804878", path.Share);

        var again = PathOf(Series().Bridge(1, 2, "0.95/1.05").ReportIn(2023, "0.5", "B", change: Second).ReportIn(2024, "0.4", change: Second));
        Assert.Equal((Scene.Year(2022), "0.90"), (again.Period, again.Value));
        var earlier = Of(2018).Bridge(1, 2, "0.95/1.05").ReportIn(2018, "1.30").ReportIn(2019, "1.20", "B").ReportIn(2021, "0.95", "B", change: Second);
        Assert.Equal(PathState.NoValue, PathOf(earlier).State); // the first definition broke by itself

        static Scene Series() => Of(2020).ReportIn(2020, "1.10").ReportIn(2021, "0.95", "B", change: Second).ReportIn(2022, "0.90", change: Second);

        static Scene Of(int from) => To("0.80", null, target => target with { Comparator = Comparator.AtMost, BasePeriod = Scene.Year(from) })
            .Define(rate => rate with { Version = new DefinitionVersion(2, 0), ValidFrom = Scene.Year(2021) });

        static Observation Second(Observation row) => row with { Version = "2.0" };
    }

    [Fact]
    public void A_made_up_value_is_not_measured_from_a_real_one_nor_a_real_one_from_a_made_up_one()
    {
        Assert.Equal(PathState.NoValue, PathOf(Demo("65", null).ReportIn(2020, "50").ReportIn(2023, "59", by: "demo-a")).State);
        Assert.Equal(PathState.NoValue, PathOf(Demo("65", null).ReportIn(2020, "50", by: "demo-a").ReportIn(2023, "59")).State);
        var made = PathOf(Demo("65", null).ReportIn(2020, "50", by: "demo-a").ReportIn(2023, "59", by: "demo-a"));
        Assert.Equal((PathState.Known, true), (made.State, made.Illustrative));
        var stated = PathOf(Demo("65", "50").ReportIn(2023, "59", by: "demo-a"));
        Assert.Equal((PathState.Known, true), (stated.State, stated.Illustrative)); // held against a stated base as against the target
        Assert.False(PathOf(To("65", "50").ReportIn(2023, "59")).Illustrative);

        static Scene Demo(string goal, string? from) => To(goal, from).Register("demo-a", illustrative: true);
    }

    [Fact]
    public void A_confidential_value_is_not_measured()
    {
        var scene = To("65", "50").ReportIn(2023, "59", change: row => row with { Confidentiality = Confidentiality.Confidential });
        Assert.Equal(new TargetPath(PathState.NoValue), PathOf(scene));
        Assert.Equal("59", scene.Attain(request => request with { Visibility = Scene.SeenBy("a") }).Path!.Value);
    }

    [Fact]
    public void Steps_are_whole_periods_of_the_targets_frequency_and_growth_is_by_the_year()
    {
        // Two years of quarters, half of them gone: 100 -> 121 needs 10 % a year, and 110 has made exactly that.
        var scene = Scene.Of().Aim("A", "121", target => target with { Period = Attaining.Of("2024-Q3"), BasePeriod = Attaining.Of("2022-Q3"), BaseValue = Scene.Decimal("100") })
            .Report("A", "110", change: row => row with { Period = Attaining.Of("2023-Q3") });
        var path = scene.Attain().Path!;
        Assert.Equal((Attaining.Of("2023-Q3"), "110.5", false, "1"), (path.Period, path.Expected, path.OnTrack, path.CagrRatio));

        // Half a year gone: 110/100 in it is 21 % a year.
        scene.Report("A", "110", change: row => row with { Period = Attaining.Of("2023-Q1") });
        Assert.Equal("1", scene.Attain().Path!.CagrRatio); // the newest stands
        var early = Scene.Of().Aim("A", "121", target => target with { Period = Attaining.Of("2024-Q3"), BasePeriod = Attaining.Of("2022-Q3"), BaseValue = Scene.Decimal("100") })
            .Report("A", "110", change: row => row with { Period = Attaining.Of("2023-Q1") });
        Assert.Equal("2.1", early.Attain().Path!.CagrRatio);
    }

    [Fact]
    public void Standing_still_is_a_ratio_of_zero_whichever_way_the_target_lies()
    {
        Assert.Equal("0", PathOf(To("65", "50").ReportIn(2023, "50")).CagrRatio);
        Assert.Equal("0", PathOf(Down("40", "50").ReportIn(2023, "50")).CagrRatio);
    }

    /// <summary>A target of 2025 with a base in 2020, both as the case says.</summary>
    private static Scene To(string goal, string? from, Func<Target, Target>? change = null) => Scene.Of().Aim("A", goal, target =>
    {
        var aim = target with { Period = Scene.Year(2025), BasePeriod = Scene.Year(2020), BaseValue = from is null ? null : Scene.Decimal(from) };
        return change is null ? aim : change(aim);
    });

    private static Scene Down(string goal, string from) => To(goal, from, target => target with { Comparator = Comparator.AtMost });

    private static TargetPath PathOf(Scene scene) => scene.Attain().Path!;
}
