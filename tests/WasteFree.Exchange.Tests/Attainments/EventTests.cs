using WasteFree.Exchange.Attainments;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Tests.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Attainments;

/// <summary>Deadlines: as that of Wanzhou's self-assessment, 10 April 2024.</summary>
public sealed class EventTests
{
    [Theory]
    [InlineData("2024-04-09", AttainmentState.Attained)]
    [InlineData("2024-04-10", AttainmentState.Attained)]
    [InlineData("2024-04-11", AttainmentState.NotAttained)]
    [InlineData("2025-01-03", AttainmentState.NotAttained)]
    public void An_event_attains_its_target_up_to_the_deadline(string day, AttainmentState state)
    {
        var found = Deadline().ReportOn(day).Attain();
        Assert.Equal((state, Attaining.Of(day).Start, "", null), (found.State, found.EventDay, found.Percent, found.Path));
        Assert.Contains(day, found.MessageZh, StringComparison.Ordinal);
        Assert.Contains("2024-04-10", found.MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_enough_that_the_target_or_the_indicator_is_an_event()
    {
        var byTarget = Scene.Of().Aim("A", "1", target => target with { Kind = TargetKind.Event }).ReportOn("2024-12-31").Attain();
        Assert.Equal(AttainmentState.Attained, byTarget.State); // no deadline: the last day of the period
        var byIndicator = Scene.Of(rate => rate with { Kind = IndicatorKind.Event, Unit = "1" }).Aim("A", "1").ReportOn("2025-01-01").Attain();
        Assert.Equal(AttainmentState.NotAttained, byIndicator.State);
    }

    [Fact]
    public void The_first_day_counts_whatever_order_they_are_reported_in()
    {
        var scene = Deadline().ReportOn("2024-05-01").ReportOn("2024-04-09").ReportOn("2024-04-10");
        Assert.Equal(new DateOnly(2024, 4, 9), scene.Attain().EventDay);
    }

    [Fact]
    public void That_none_is_known_does_not_say_that_none_happened()
    {
        var found = Deadline().Attain(request => request with { Date = new DateOnly(2024, 4, 12) });
        Assert.Equal((AttainmentState.Unknown, null, -2), (found.State, found.EventDay, found.DaysLeft));
        Assert.Equal([VerdictReason.Missing], found.Cell!.Reasons);
        Assert.Contains("缺报", found.MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_on_which_it_did_not_happen_says_nothing_of_the_others()
    {
        var scene = Deadline().ReportOn("2024-04-09", "0").ReportOn("2024-04-20", "0");
        Assert.Equal((AttainmentState.Unknown, null, "0"), (scene.Attain().State, scene.Attain().EventDay, scene.Attain().Cell!.Value));
        Assert.Equal("unknown: only days on which it did not happen were reported", scene.Attain().MessageEn);
        Assert.Equal(new DateOnly(2024, 4, 10), scene.ReportOn("2024-04-10").Attain().EventDay);
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("2")]
    [InlineData("-1")]
    public void A_number_that_no_event_has_is_no_day_on_which_it_happened(string value)
    {
        var scene = Deadline().ReportOn("2024-04-08", value);
        Assert.Equal((AttainmentState.Unknown, null), (scene.Attain().State, scene.Attain().EventDay));
        Assert.Equal(new DateOnly(2024, 4, 9), scene.ReportOn("2024-04-09").Attain().EventDay);
    }

    [Fact]
    public void A_day_counts_in_whatever_unit_its_one_is_written()
    {
        var scene = Deadline().ReportOn("2024-04-09", "100", change: row => row with { Unit = "%" });
        Assert.Equal((AttainmentState.Attained, new DateOnly(2024, 4, 9)), (scene.Attain().State, scene.Attain().EventDay));
    }

    [Fact]
    public void A_year_in_which_it_happened_names_no_day()
    {
        var found = Deadline().Report("A", "1").ReportIn(2023, "1").Attain();
        Assert.Equal((AttainmentState.Unknown, null), (found.State, found.EventDay));
    }

    [Fact]
    public void What_happened_before_the_period_is_another_occurrence()
    {
        var scene = Deadline().ReportOn("2023-04-09").ReportOn("2023-12-31");
        Assert.Equal(AttainmentState.Unknown, scene.Attain().State);
        Assert.Equal((AttainmentState.Attained, new DateOnly(2024, 1, 1)), (scene.ReportOn("2024-01-01").Attain().State, scene.Attain().EventDay));
    }

    [Fact]
    public void An_event_of_another_scope_category_or_region_is_not_the_targets()
    {
        var scene = Deadline()
            .ReportOn("2024-04-09", change: row => row with { Scope = Scope.Urban })
            .ReportOn("2024-04-09", change: row => row with { Category = "CELL01" })
            .ReportOn("2024-04-09", change: row => row with { Region = "B" });
        Assert.Equal(AttainmentState.Unknown, scene.Attain().State);
        Assert.Contains(VerdictReason.Scope, scene.Attain().Cell!.Reasons);
    }

    [Fact]
    public void Whose_day_counts_is_chosen_as_for_any_cell_and_not_by_the_earlier_day()
    {
        var scene = Deadline().ReportOn("2024-04-09").ReportOn("2024-04-20", by: "b");
        Assert.Equal(AttainmentState.Unknown, scene.Attain().State);
        Assert.Contains(VerdictReason.Source, scene.Attain().Cell!.Reasons);
        Assert.Equal(AttainmentState.Attained, scene.Attain(request => request with { Source = "a" }).State);

        scene.Mandate("b");
        Assert.Equal((AttainmentState.NotAttained, "b", new DateOnly(2024, 4, 20)), (scene.Attain().State, scene.Attain().Cell!.Organization, scene.Attain().EventDay));
    }

    [Fact]
    public void A_real_day_goes_before_a_made_up_one_and_a_made_up_one_bears_its_mark()
    {
        var scene = Deadline().Register("demo-a", illustrative: true).ReportOn("2024-04-09", by: "demo-a");
        Assert.Equal((AttainmentState.Attained, true), (scene.Attain().State, scene.Attain().Cell!.Illustrative));
        Assert.EndsWith("【示例】", scene.Attain().MessageZh, StringComparison.Ordinal);
        Assert.Equal((AttainmentState.NotAttained, false), (scene.ReportOn("2024-04-20").Attain().State, scene.Attain().Cell!.Illustrative));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    public void A_withheld_day_is_not_told_whatever_it_says_nor_is_a_later_one_called_the_first(string value)
    {
        var scene = Deadline().ReportOn("2024-04-08", value, change: row => row with { Confidentiality = Confidentiality.Confidential }).ReportOn("2024-04-09");
        var found = scene.Attain(request => request with { Visibility = Scene.SeenBy("b") });
        Assert.Equal((AttainmentState.Unknown, null), (found.State, found.EventDay));
        Assert.Contains(VerdictReason.Confidential, found.Cell!.Reasons);
        Assert.Equal(value == "1" ? 8 : 9, scene.Attain(request => request with { Visibility = Scene.SeenBy("a") }).EventDay?.Day);
    }

    [Fact]
    public void A_related_event_is_shown_and_never_counts()
    {
        var found = Deadline(target => target with { Relation = TargetRelation.Related }).ReportOn("2024-04-09").Attain();
        Assert.Equal((AttainmentState.RelatedOnly, new DateOnly(2024, 4, 9)), (found.State, found.EventDay));
        Assert.Contains("2024-04-09", found.MessageZh, StringComparison.Ordinal);
    }

    private static Scene Deadline(Func<Target, Target>? change = null) =>
        Scene.Of(rate => rate with { Kind = IndicatorKind.Event, Unit = "1" }).Aim("A", "1", target =>
        {
            var aim = target with { Kind = TargetKind.Event, Comparator = Comparator.AtMost, Deadline = new DateOnly(2024, 4, 10) };
            return change is null ? aim : change(aim);
        });
}
