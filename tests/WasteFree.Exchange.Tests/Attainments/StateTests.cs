using WasteFree.Exchange.Attainments;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Tests.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Attainments;

public sealed class StateTests
{
    [Theory]
    [InlineData(Comparator.AtLeast, "90", true)]
    [InlineData(Comparator.AtLeast, "90.000000000001", false)]
    [InlineData(Comparator.AtMost, "90", true)]
    [InlineData(Comparator.AtMost, "89.999999999999", false)]
    [InlineData(Comparator.Above, "90", false)]
    [InlineData(Comparator.Above, "89.999999999999", true)]
    [InlineData(Comparator.Below, "90", false)]
    [InlineData(Comparator.Below, "90.000000000001", true)]
    [InlineData(Comparator.Equal, "90.0", true)]
    [InlineData(Comparator.Equal, "90.000000000001", false)]
    public void A_target_is_attained_by_its_comparator_to_the_last_digit(Comparator comparator, string goal, bool attained)
    {
        var found = Scene.Of().Aim("A", goal, target => target with { Comparator = comparator }).Report("A", "90").Attain();
        Assert.Equal(attained ? AttainmentState.Attained : AttainmentState.NotAttained, found.State);
    }

    [Fact]
    public void What_decides_is_the_unrounded_value()
    {
        // Two thirds: rounded, it would be above.
        var found = Scene.Of().Aim("A", "66.666666666667").ReportParts("A", "2", "3").Attain();
        Assert.Equal((AttainmentState.NotAttained, "66.666666666667"), (found.State, found.Cell!.Value));
        Assert.Equal("未达标：66.666666666667 %，目标 ≥ 66.666666666667 %", found.MessageZh);
    }

    [Fact]
    public void A_value_is_brought_to_the_unit_of_the_target_and_says_so()
    {
        var scene = Scene.OfTonnes().Aim("A", "444000", target => target with { Unit = "kg" }).Report("A", "0.0444", change: row => row with { Unit = "10*4.t" });
        var found = scene.Attain();
        Assert.Equal((AttainmentState.Attained, "444000", "0.0444", "10*4.t"), (found.State, found.Cell!.Value, found.Cell.SentValue, found.Cell.SentUnit));
        Assert.Contains(VerdictReason.Converted, found.Cell.Reasons);
        Assert.Equal("100", found.Percent);
    }

    [Fact]
    public void A_value_in_the_unit_of_the_definition_is_converted_too_where_the_target_has_another()
    {
        var found = Scene.OfTonnes().Aim("A", "443999.9", target => target with { Unit = "kg", Comparator = Comparator.AtMost }).Report("A", "444").Attain();
        Assert.Equal((AttainmentState.NotAttained, "444000", "444", "t"), (found.State, found.Cell!.Value, found.Cell.SentValue, found.Cell.SentUnit));
    }

    [Fact]
    public void A_rate_is_an_amount_by_the_real_days_of_the_period()
    {
        var scene = Scene.OfTonnes().Aim("A", "45", target => target with { Unit = "t/d", Period = Attaining.Of("2024-02"), Comparator = Comparator.AtMost });
        var found = scene.Report("A", "1305", change: row => row with { Period = Attaining.Of("2024-02") }).Attain();
        Assert.Equal((AttainmentState.Attained, "45"), (found.State, found.Cell!.Value));
    }

    [Fact]
    public void A_target_in_a_unit_of_another_thing_is_unknown()
    {
        var found = Scene.OfTonnes().Aim("A", "1", target => target with { Unit = "m3" }).Report("A", "2").Attain();
        Assert.Equal(AttainmentState.Unknown, found.State);
        Assert.Contains(VerdictReason.Unit, found.Cell!.Reasons);
        Assert.Equal("", found.Percent);
    }

    [Theory]
    [InlineData(TargetRelation.Related)]
    [InlineData(TargetRelation.None)]
    public void A_value_of_what_is_only_related_is_shown_and_never_counts(TargetRelation relation)
    {
        var found = Scene.Of().Aim("A", "1", target => target with { Relation = relation, BasePeriod = Scene.Year(2020), BaseValue = Scene.Decimal("0") })
            .Report("A", "90").Attain();
        Assert.Equal((AttainmentState.RelatedOnly, "90", ""), (found.State, found.Cell!.Value, found.Percent));
        Assert.Null(found.Path);
    }

    [Fact]
    public void A_target_without_an_indicator_has_no_cell()
    {
        var found = Scene.Of().Aim("A", "1", target => target with { Relation = TargetRelation.None, Indicator = "" }).Report("A", "90").Attain();
        Assert.Equal(AttainmentState.RelatedOnly, found.State);
        Assert.Null(found.Cell);
    }

    [Fact]
    public void A_rule_is_shown_as_such()
    {
        var found = Scene.Of().Aim("A", "50", target => target with { Relation = TargetRelation.NotAResult }).Report("A", "90").Attain();
        Assert.Equal(AttainmentState.NotAResult, found.State);
        Assert.Null(found.Cell);
        Assert.Null(found.DaysLeft);
        Assert.Null(found.Path);
        Assert.Contains("规则", found.MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public void T08_1_a_value_of_another_scope_never_counts()
    {
        var scene = Scene.Of().Aim("A", "40", target => target with { Id = "T08-1", Scope = Scope.Urban }).Report("A", "45");
        var whole = scene.Attain();
        Assert.Equal((AttainmentState.Unknown, ""), (whole.State, whole.Cell!.Value));
        Assert.Contains(VerdictReason.Scope, whole.Cell.Reasons);

        scene.Report("A", "41", change: row => row with { Scope = Scope.Urban });
        Assert.Equal((AttainmentState.Attained, "41"), (scene.Attain().State, scene.Attain().Cell!.Value));
    }

    [Fact]
    public void A_value_of_another_category_period_region_or_indicator_never_counts()
    {
        var scene = Scene.Of().Define(rate => rate with { Code = "OTHER" }).Aim("A", "40", target => target with { Category = "CELL01" })
            .Report("A", "45")
            .Report("A", "45", change: row => row with { Category = "CELL02" })
            .Report("A", "45", change: row => row with { Category = "CELL01", Period = Scene.Year(2023) })
            .Report("A", "45", change: row => row with { Category = "CELL01", Period = Attaining.Of("2024-12") })
            .Report("A", "45", change: row => row with { Category = "CELL01", Indicator = "OTHER" })
            .Report("B", "45", change: row => row with { Category = "CELL01" });
        Assert.Equal((AttainmentState.Unknown, ""), (scene.Attain().State, scene.Attain().Cell!.Value));
        Assert.Equal(AttainmentState.Attained, scene.Report("A", "45", change: row => row with { Category = "CELL01" }).Attain().State);
    }

    [Fact]
    public void Zero_is_a_value_and_nothing_is_none()
    {
        var scene = Scene.OfTonnes().Aim("A", "0", target => target with { Comparator = Comparator.AtMost });
        Assert.Equal(AttainmentState.Unknown, scene.Attain().State);
        Assert.Contains(VerdictReason.Missing, scene.Attain().Cell!.Reasons);
        Assert.Equal("无法判定：缺报：没有数值", scene.Attain().MessageZh);
        Assert.Equal(AttainmentState.Attained, scene.Report("A", "0").Attain().State);
        Assert.Equal("", scene.Attain().Percent); // less is better
    }

    [Fact]
    public void A_value_of_another_definition_attains_nothing()
    {
        var found = Scene.Of().Aim("A", "1").Report("A", "90", "D").Attain();
        Assert.Equal((AttainmentState.Unknown, "90"), (found.State, found.Cell!.Value));
        Assert.Contains(VerdictReason.Definition, found.Cell.Reasons);
    }

    [Fact]
    public void A_confidential_value_counts_for_its_sender_only()
    {
        var scene = Scene.Of().Aim("A", "90").Report("A", "93", change: row => row with { Confidentiality = Confidentiality.Confidential });
        var other = scene.Attain(request => request with { Visibility = Scene.SeenBy("b") });
        Assert.Equal(AttainmentState.Unknown, other.State);
        Assert.Contains(VerdictReason.Confidential, other.Cell!.Reasons);
        Assert.Equal(("", "", "无法判定：保密：数值不予显示"), (other.Cell.Value, other.Percent, other.MessageZh));
        Assert.DoesNotContain("93", other.ToString(), StringComparison.Ordinal);
        Assert.Equal(AttainmentState.Attained, scene.Attain(request => request with { Visibility = Scene.SeenBy("a") }).State);
    }

    [Fact]
    public void Two_reporters_without_a_mandate_leave_it_unknown_until_one_is_chosen()
    {
        var scene = Scene.Of().Aim("A", "90").Report("A", "93").Report("A", "80", by: "b");
        Assert.Equal(AttainmentState.Unknown, scene.Attain().State);
        Assert.Contains(VerdictReason.Source, scene.Attain().Cell!.Reasons);
        Assert.Equal(AttainmentState.NotAttained, scene.Attain(request => request with { Source = "b" }).State);
        Assert.Equal(AttainmentState.Attained, scene.Mandate("a").Attain().State);
    }

    [Fact]
    public void An_illustrative_value_is_held_against_the_target_and_bears_its_mark()
    {
        var scene = Scene.Of().Register("demo-a", illustrative: true).Aim("A", "90").Aim("B", "90").Report("A", "93", by: "demo-a").Report("B", "95");
        var found = scene.AttainAll();
        Assert.Equal([AttainmentState.Attained, AttainmentState.Attained], found.Select(one => one.State)); // a real one beside it is of no consequence
        Assert.Equal([true, false], found.Select(one => one.Cell!.Illustrative));
        Assert.Equal(("已达标：93 % ≥ 90 %【示例】", "attained: 93 % >= 90 % [illustrative]"), (found[0].MessageZh, found[0].MessageEn));
        Assert.Equal("已达标：95 % ≥ 90 %", found[1].MessageZh);
    }

    [Fact]
    public void A_region_on_the_same_ground_as_another_has_its_own_targets()
    {
        var scene = Scene.Of().Place("A").Place("B", parent: "A").Aim("A", "90").Aim("B", "90").Report("A", "93").Report("B", "95");
        Assert.All(scene.AttainAll(), one => Assert.Equal((AttainmentState.Attained, Verdict.Comparable), (one.State, one.Cell!.Verdict)));
    }

    [Fact]
    public void A_reservation_is_named_beside_the_result()
    {
        var found = Scene.Of().Aim("A", "90").Report("A", "93", "E").Attain();
        Assert.Equal((AttainmentState.Attained, "已达标：93 % ≥ 90 %（状态：E 估计值）"), (found.State, found.MessageZh));
    }

    [Theory]
    [InlineData(Comparator.AtLeast, "65", "90.769230769231")]
    [InlineData(Comparator.Above, "59", "100")]
    [InlineData(Comparator.AtMost, "65", "")]
    [InlineData(Comparator.Below, "65", "")]
    [InlineData(Comparator.Equal, "65", "")]
    [InlineData(Comparator.AtLeast, "0", "")]
    [InlineData(Comparator.AtLeast, "-5", "")]
    public void Per_cent_of_the_target_is_given_where_more_is_better_and_the_target_is_above_zero(Comparator comparator, string goal, string percent) =>
        Assert.Equal(percent, Scene.Of().Aim("A", goal, target => target with { Comparator = comparator }).Report("A", "59").Attain().Percent);

    [Theory]
    [InlineData("2024-07-01", null, 183)] // 31 December is the last day of 2024
    [InlineData("2024-12-31", null, 0)]
    [InlineData("2025-01-01", null, -1)]
    [InlineData("2024-04-01", "2024-04-10", 9)]
    [InlineData("2024-04-11", "2024-04-10", -1)]
    public void Days_are_left_to_the_deadline_or_else_to_the_last_day_of_the_period(string date, string? deadline, int left)
    {
        var scene = Scene.Of().Aim("A", "90", target => target with { Deadline = deadline is null ? null : Attaining.Of(deadline).Start });
        Assert.Equal(left, scene.Attain(request => request with { Date = Attaining.Of(date).Start }).DaysLeft);
    }
}
