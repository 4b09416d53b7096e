using System.Collections.Frozen;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Disclosures;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

/// <summary>The year in which an organisation measures by two definitions; all values are made up (示例).</summary>
public sealed class TwoDefinitionsTests
{
    [Theory]
    [InlineData("1.0", "1.0", "100")]
    [InlineData("2.0", "2.0", "95")]
    public void A_table_takes_the_value_of_its_own_definition_and_the_other_is_no_second_source(string version, string taken, string value)
    {
        var cell = Overlap().Report("A", "100", change: By("1.0")).Report("A", "95", change: By("2.0"))
            .Compare("A", request => request with { Version = Version(version) }).Cells[0];
        Assert.Equal((taken, value, Verdict.Comparable), (cell.Version, cell.Value, cell.Verdict));
        Assert.Empty(cell.Alternatives);
    }

    [Fact]
    public void Where_the_tables_definition_has_no_value_the_bridge_carries_the_other_over()
    {
        var scene = Overlap().Bridge(1, 2, "0.95").Report("A", "100", change: By("1.0"));
        Assert.Equal(("95", Verdict.ComparableWithBridge), Told(scene));
        Assert.Equal(("90", Verdict.Comparable), Told(scene.Report("A", "90", change: By("2.0"))));
    }

    [Fact]
    public void Of_two_other_definitions_the_one_with_a_bridge_is_taken_whichever_came_first()
    {
        foreach (var first in new[] { "1.0", "3.0" })
        {
            var scene = Overlap().Bridge(1, 2, "0.95").Report("A", "100", change: By(first)).Report("A", "100", change: By(first == "1.0" ? "3.0" : "1.0"));
            Assert.Equal(("95", Verdict.ComparableWithBridge), Told(scene));
        }
    }

    [Fact]
    public void That_there_is_no_value_by_the_tables_definition_stands_against_a_value_by_another()
    {
        var cell = Overlap().Bridge(1, 2, "0.95").Report("A", "100", change: By("1.0")).Report("A", null, "M", change: By("2.0"))
            .Compare("A", request => request with { Version = Version("2.0") }).Cells[0];
        Assert.Equal("", cell.Value);
        Assert.Contains(VerdictReason.Missing, cell.Reasons);
    }

    [Fact]
    public void A_value_by_another_definition_does_not_hide_a_secret_in_the_sums_of_its_own()
    {
        // A + B = P by version 1; that B also reports by version 2 helps nobody to hide A.
        var scene = Overlap().Place("P").Place("A", "P").Place("B", "P")
            .Report("A", "1", change: row => By("1.0")(row) with { Confidentiality = Confidentiality.Confidential })
            .Report("B", "2", change: By("1.0")).Report("P", "3", change: By("1.0"));
        var alone = Withheld(scene);
        Assert.NotEmpty(alone);
        Assert.Superset(alone, Withheld(scene.Report("B", "2", change: By("2.0")).Report("P", "9", change: By("2.0"))));
    }

    private static HashSet<string> Withheld(Scene scene)
    {
        var disclosure = Disclosure.Of(
            scene.Catalog(), Scene.SeenBy("other"), scene.Observations.Where(row => row.Observation.Confidentiality != Confidentiality.Free), scene.Observations,
            FrozenSet<(string, int)>.Empty);
        return [.. scene.Observations.Where(disclosure.GivesAway).Select(row => row.Observation.Region)];
    }

    private static Scene Overlap() => Scene.OfTonnes()
        .Define(first => first with { Version = new DefinitionVersion(2, 0) })
        .Define(first => first with { Version = new DefinitionVersion(3, 0) });

    private static (string, Verdict) Told(Scene scene)
    {
        var cell = scene.Compare("A", request => request with { Version = Version("2.0") }).Cells[0];
        return (cell.Value, cell.Verdict);
    }

    private static Func<Observation, Observation> By(string version) => row => row with { Version = version };

    private static DefinitionVersion Version(string text) => DefinitionVersion.TryParse(text, out var version) ? version : default;
}
