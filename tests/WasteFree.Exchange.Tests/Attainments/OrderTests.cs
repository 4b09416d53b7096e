using WasteFree.Exchange.Attainments;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Tests.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Attainments;

public sealed class OrderTests
{
    private static readonly Scene Many = Scene.Of()
        .Aim("B", "1", target => target with { Id = "T01" })
        .Aim("A", "1", target => target with { Id = "T10" })
        .Aim("A", "1", target => target with { Id = "T02" })
        .Aim("A", "1", target => target with { Id = "X1", PartOf = "T02" })
        .Aim("A", "1", target => target with { Id = "A1", PartOf = "T02" })
        .Aim("A", "1", target => target with { Id = "A2", PartOf = "X1" })
        .Aim("A", "1", target => target with { Id = "T03", Period = Scene.Year(2025) });

    [Fact]
    public void Targets_are_in_order_of_region_and_id_and_parts_follow_their_whole() =>
        Assert.Equal(["T02", "A1", "X1", "A2", "T03", "T10", "T01"], Many.AttainAll().Select(one => one.Target.Id));

    [Fact]
    public void Only_those_of_the_region_and_period_are_given()
    {
        Assert.Equal(["T01"], Many.AttainAll(region: "B").Select(one => one.Target.Id));
        Assert.Equal(["T03"], Many.AttainAll(period: Scene.Year(2025)).Select(one => one.Target.Id));
        Assert.Empty(Many.AttainAll(region: "B", period: Scene.Year(2025)));
    }

    [Theory]
    [InlineData("2024", "D H1 M Q W Y")]
    [InlineData("2024-Q1", "D M Q W")]
    [InlineData("2024-S1", "D H1 M Q W")]
    [InlineData("2024-03", "D M")]
    [InlineData("2025", "N W1")]
    [InlineData("2024-W52", "")]
    [InlineData("2025-W01", "W1")]
    public void Within_a_period_are_the_targets_of_its_parts(string period, string ids)
    {
        var scene = Scene.Of();
        foreach (var (id, own) in new[]
        {
            ("Y", "2024"), ("Q", "2024-Q1"), ("M", "2024-03"), ("H1", "2024-S1"), ("D", "2024-03-31"), ("W", "2024-W05"),
            ("W1", "2025-W01"), ("N", "2025-01"),
        }) scene.Aim("A", "1", target => target with { Id = id, Period = Attaining.Of(own) });
        Assert.Equal(ids, string.Join(' ', scene.AttainAll(within: Attaining.Of(period)).Select(one => one.Target.Id)));
    }

    [Theory]
    [InlineData("2024", "E F V")]
    [InlineData("2025", "F")] // the fourth quarter's, due in January
    [InlineData("2024-Q2", "E")]
    [InlineData("2024-Q4", "F V")]
    public void Within_a_period_are_the_events_that_are_due_in_it(string period, string ids)
    {
        var scene = Scene.Of()
            .Aim("A", "1", target => target with { Id = "E", Kind = TargetKind.Event, Deadline = new DateOnly(2024, 4, 10) })
            .Aim("A", "1", target => target with { Id = "F", Kind = TargetKind.Event, Period = Attaining.Of("2024-Q4"), Deadline = new DateOnly(2025, 1, 15) })
            .Aim("A", "1", target => target with { Id = "V", Period = Attaining.Of("2024-Q4"), Deadline = new DateOnly(2025, 1, 15) });
        // A value is not due on a day: it is of its period.
        Assert.Equal(ids, string.Join(' ', scene.AttainAll(within: Attaining.Of(period)).Select(one => one.Target.Id)));
    }

    [Fact]
    public void No_target_is_lost_when_its_whole_is_not_asked_or_wholes_are_each_others_parts()
    {
        var scene = Scene.Of()
            .Aim("A", "1", target => target with { Id = "C1", PartOf = "C2" })
            .Aim("A", "1", target => target with { Id = "C2", PartOf = "C1" })
            .Aim("A", "1", target => target with { Id = "S", PartOf = "S" })
            .Aim("A", "1", target => target with { Id = "P", PartOf = "W" })
            .Aim("B", "1", target => target with { Id = "W" });
        Assert.Equal(["C1", "C2", "P", "S"], scene.AttainAll(region: "A").Select(one => one.Target.Id).Order());
        Assert.Equal(["C1", "C2", "P", "S", "W"], scene.AttainAll().Select(one => one.Target.Id).Order());
    }

    [Fact]
    public void The_order_of_the_observations_is_of_no_consequence()
    {
        var scene = Scene.Of().Register("demo-a", illustrative: true)
            .Aim("A", "65", target => target with { BasePeriod = Scene.Year(2020) })
            .ReportIn(2020, "50").ReportIn(2021, "52").ReportIn(2021, "53", by: "demo-a").Report("A", "59").Report("A", "59.5", by: "demo-a")
            .Report("A", "45", change: row => row with { Scope = Scope.Urban });
        var catalog = scene.Catalog();
        var request = scene.Ask();
        var forward = Attainer.Attain(catalog, request, scene.Observations).Single();
        var backward = Attainer.Attain(catalog, request, [.. scene.Observations.Reverse()]).Single();
        Assert.Equal(forward.Path, backward.Path);
        Assert.Equal((forward.State, forward.Cell!.Value, forward.MessageZh), (backward.State, backward.Cell!.Value, backward.MessageZh));
        Assert.Equal((PathState.Known, "59"), (forward.Path!.State, forward.Path.Value));
    }
}
