using WasteFree.Exchange.Attainments;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Identity;
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
        var request = new AttainmentRequest { Targets = TargetList.Of(catalog, null, null), Date = Attaining.Day, Visibility = Visibility.Everything };
        var forward = Attainer.Attain(catalog, request, scene.Observations).Single();
        var backward = Attainer.Attain(catalog, request, [.. scene.Observations.Reverse()]).Single();
        Assert.Equal(forward.Path, backward.Path);
        Assert.Equal((forward.State, forward.Cell!.Value, forward.MessageZh), (backward.State, backward.Cell!.Value, backward.MessageZh));
        Assert.Equal((PathState.Known, "59"), (forward.Path!.State, forward.Path.Value));
    }
}
