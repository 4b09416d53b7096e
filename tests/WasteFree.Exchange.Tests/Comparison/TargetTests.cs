using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Tests.Attainments;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class TargetTests
{
    [Theory]
    [InlineData(Comparator.AtLeast, "90", true)]
    [InlineData(Comparator.AtLeast, "90.000000000001", false)]
    [InlineData(Comparator.AtMost, "90", true)]
    [InlineData(Comparator.AtMost, "89.9", false)]
    [InlineData(Comparator.Above, "90", false)]
    [InlineData(Comparator.Above, "89.9", true)]
    [InlineData(Comparator.Below, "90", false)]
    [InlineData(Comparator.Below, "90.1", true)]
    [InlineData(Comparator.Equal, "90.0", true)]
    [InlineData(Comparator.Equal, "90.1", false)]
    public void A_value_is_held_against_a_target_by_its_comparator(Comparator comparator, string goal, bool attained)
    {
        var cell = Scene.Of().Aim("A", goal, target => target with { Comparator = comparator }).Report("A", "90").Compare("A").Cells[0];
        Assert.Equal(attained, Assert.Single(cell.Targets).Attained);
    }

    [Fact]
    public void An_unrounded_quotient_is_held_against_the_target()
    {
        // Two thirds: rounded, it would be above.
        var cell = Scene.Of().Aim("A", "66.666666666667").ReportParts("A", "2", "3").Compare("A").Cells[0];
        Assert.Equal("66.666666666667", cell.Value);
        Assert.False(cell.Targets[0].Attained);
    }

    [Fact]
    public void Value_and_target_are_brought_to_one_unit()
    {
        var scene = Scene.OfTonnes().Aim("A", "444000", target => target with { Unit = "kg" }).Report("A", "0.0444", change: row => row with { Unit = "10*4.t" });
        Assert.True(scene.Compare("A").Cells[0].Targets[0].Attained);
    }

    [Fact]
    public void A_target_in_a_unit_of_another_thing_says_nothing()
    {
        var scene = Scene.OfTonnes().Aim("A", "1", target => target with { Unit = "m3" }).Report("A", "2");
        Assert.Null(Assert.Single(scene.Compare("A").Cells[0].Targets).Attained);
    }

    [Fact]
    public void T08_1_a_target_for_the_urban_scope_is_not_met_by_a_value_of_the_whole()
    {
        var scene = Scene.Of().Aim("A", "40", target => target with { Id = "T08-1", Scope = Scope.Urban }).Report("A", "45");
        Assert.Null(Assert.Single(scene.Compare("A").Cells[0].Targets).Attained);

        scene.Report("A", "41", change: row => row with { Scope = Scope.Urban });
        Assert.True(Assert.Single(scene.Compare("A", request => request with { Scope = Scope.Urban }).Cells[0].Targets).Attained);
    }

    [Theory]
    [InlineData(TargetRelation.Related)]
    [InlineData(TargetRelation.None)]
    public void A_related_target_is_shown_and_never_counts(TargetRelation relation)
    {
        var cell = Scene.Of().Aim("A", "1", target => target with { Relation = relation }).Report("A", "90").Compare("A").Cells[0];
        Assert.Null(Assert.Single(cell.Targets).Attained);
    }

    [Fact]
    public void A_rule_that_is_no_result_is_not_a_target_of_a_cell()
    {
        var scene = Scene.Of().Aim("A", "50", target => target with { Relation = TargetRelation.NotAResult }).Report("A", "90");
        Assert.Empty(scene.Compare("A").Cells[0].Targets);
    }

    [Fact]
    public void A_target_met_by_a_day_is_not_decided_by_a_number()
    {
        var byTarget = Scene.Of().Aim("A", "1", target => target with { Kind = TargetKind.Event, Comparator = Comparator.AtMost }).Report("A", "1");
        Assert.Null(Assert.Single(byTarget.Compare("A").Cells[0].Targets).Attained);
        var byIndicator = Scene.Of(rate => rate with { Kind = IndicatorKind.Event, Unit = "1" }).Aim("A", "1").Report("A", "1");
        Assert.Null(Assert.Single(byIndicator.Compare("A").Cells[0].Targets).Attained);
    }

    [Fact]
    public void Only_targets_of_the_region_indicator_category_and_period_are_shown_parts_included()
    {
        var scene = Scene.Of()
            .Aim("A", "3", target => target with { Id = "T2", PartOf = "T1" })
            .Aim("A", "2", target => target with { Id = "T1" })
            .Aim("A", "9", target => target with { Id = "T0", Scope = Scope.Urban })
            .Aim("B", "2")
            .Aim("A", "2", target => target with { Indicator = "OTHER" })
            .Aim("A", "2", target => target with { Category = "CELL01" })
            .Aim("A", "2", target => target with { Period = Scene.Year(2025) });
        var cell = scene.Report("A", "2").Compare("A").Cells[0];
        Assert.Equal(["T1", "T2", "T0"], cell.Targets.Select(entry => entry.Target.Id)); // those of the table's scope first
        Assert.Equal([true, false, null], cell.Targets.Select(entry => entry.Attained));
    }

    [Fact]
    public void A_missing_value_leaves_its_targets_undecided()
    {
        var cell = Scene.Of().Aim("A", "0").Compare("A").Cells[0];
        Assert.Null(Assert.Single(cell.Targets).Attained);
    }

    [Fact]
    public void A_value_of_another_definition_attains_nothing()
    {
        var cell = Scene.Of().Aim("A", "1").Report("A", "90", "D").Compare("A").Cells[0];
        Assert.Equal("90", cell.Value);
        Assert.Null(Assert.Single(cell.Targets).Attained);
    }

    [Fact]
    public void An_illustrative_value_is_held_against_the_target_and_bears_its_mark()
    {
        var scene = Scene.Of().Register("demo-a", illustrative: true).Aim("A", "90").Report("A", "93", by: "demo-a").Report("B", "1");
        var cell = scene.Compare("A B").Cells[0];
        Assert.True(cell.Illustrative);
        Assert.True(cell.Targets[0].Attained);
    }

    [Theory]
    [InlineData(TargetKind.Event, IndicatorKind.Count, true, "≤ 2024-04-10")]
    [InlineData(TargetKind.Unstated, IndicatorKind.Event, true, "≤ 2024-04-10")]
    [InlineData(TargetKind.Event, IndicatorKind.Event, false, "≤ 2024-12-31")] // without a deadline, the end of its period
    [InlineData(TargetKind.Count, IndicatorKind.Count, true, "≥ 1")] // a plain number has no unit to show
    public void A_target_that_is_met_by_a_day_shows_that_day_and_any_other_its_value(TargetKind kind, IndicatorKind indicator, bool deadline, string goal)
    {
        var scene = Scene.Of(rate => rate with { Kind = indicator, Unit = "1" })
            .Aim("A", "1", target => target with { Kind = kind, Deadline = deadline ? new DateOnly(2024, 4, 10) : null });
        Assert.Equal(goal, Assert.Single(scene.Compare("A").Cells[0].Targets).Goal);
        Assert.Equal(goal, scene.Attain().Goal);
    }

    [Fact]
    public void A_target_shows_its_comparator_value_and_unit() =>
        Assert.Equal("< 0.90 %", Scene.Of().Aim("A", "0.90", target => target with { Comparator = Comparator.Below }).Attain().Goal);
}
