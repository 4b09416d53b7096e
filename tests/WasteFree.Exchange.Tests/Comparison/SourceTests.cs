using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class SourceTests
{
    [Fact]
    public void The_authoritative_organisation_is_the_cell_and_the_others_are_beside_it()
    {
        var cell = Scene.Of().Mandate("m").Report("A", "50", by: "b").Report("A", "60", by: "m").Report("A", "60.0", by: "c").Compare("A").Cells[0];
        Assert.Equal(("m", "60"), (cell.Organization, cell.Value));
        Assert.Equal([new Alternative("b", false, "50", "%"), new Alternative("c", false, "60.0", "%")], cell.Alternatives);
        Assert.Equal(Verdict.ComparableWithCaveat, cell.Verdict);
        Assert.Equal([VerdictReason.OtherSourcesDiffer], cell.Reasons);
        Assert.Equal("其他来源数值不同：b", cell.MessageZh);
        Assert.Equal(1, cell.Rank);
    }

    [Fact]
    public void Other_sources_that_say_the_same_in_another_unit_are_no_caveat()
    {
        var cell = Scene.OfTonnes().Mandate("m").Report("A", "125000", by: "m").Report("A", "12.5", by: "b", change: row => row with { Unit = "10*4.t" }).Compare("A").Cells[0];
        Assert.Equal(Verdict.Comparable, cell.Verdict);
        Assert.Equal([new Alternative("b", false, "12.5", "10*4.t")], cell.Alternatives);
    }

    [Fact]
    public void Several_without_a_mandate_are_all_listed_and_none_is_chosen()
    {
        var table = Scene.Of().Report("A", "60", by: "c").Report("A", "50", by: "b").Report("B", "40").Compare("A B");
        var cell = table.Cells[0];
        Assert.Equal(Verdict.NotComparable, cell.Verdict);
        Assert.Equal([VerdictReason.Source], cell.Reasons);
        Assert.Equal(["b", "c"], cell.Alternatives.Select(other => other.Organization));
        Assert.Equal(("", "", "", 0L), (cell.Value, cell.Organization, cell.Report, cell.Position));
        Assert.Null(cell.Quantity);
        Assert.Null(cell.Rank);
        Assert.Equal(1, table.Cells[1].Rank);
        Assert.Equal("source: several report and none alone has the mandate: b, c", cell.MessageEn);
    }

    [Fact]
    public void Several_authoritative_organisations_are_as_good_as_none()
    {
        var cell = Scene.Of().Mandate("b").Mandate("c").Report("A", "50", by: "b").Report("A", "60", by: "c").Report("A", "70", by: "d").Compare("A").Cells[0];
        Assert.Equal([VerdictReason.Source], cell.Reasons);
        Assert.Equal(["b", "c", "d"], cell.Alternatives.Select(other => other.Organization));
    }

    [Fact]
    public void A_mandate_to_report_is_no_authority()
    {
        var cell = Scene.Of().Mandate("b", authoritative: false).Report("A", "50", by: "b").Report("A", "60", by: "c").Compare("A").Cells[0];
        Assert.Equal([VerdictReason.Source], cell.Reasons);
    }

    [Fact]
    public void A_single_reporter_needs_no_mandate()
    {
        var cell = Scene.Of().Report("A", "50", by: "b").Compare("A").Cells[0];
        Assert.Equal(("b", "r1", 1L), (cell.Organization, cell.Report, cell.Position));
        Assert.Equal(Verdict.Comparable, cell.Verdict);
        Assert.Equal(("", ""), (cell.MessageZh, cell.MessageEn));
    }

    [Fact]
    public void Who_only_says_that_there_is_no_value_does_not_contest_one()
    {
        var cell = Scene.Of().Report("A", null, "O", by: "b").Report("A", "60", by: "c").Compare("A").Cells[0];
        Assert.Equal(("c", Verdict.Comparable), (cell.Organization, cell.Verdict));
        Assert.Empty(cell.Alternatives);
    }

    [Fact]
    public void The_authoritative_organisation_may_say_that_there_is_no_value()
    {
        var cell = Scene.Of().Mandate("m").Report("A", null, "M", by: "m").Report("A", "60", by: "c").Compare("A").Cells[0];
        Assert.Equal(("m", "", Verdict.NotComparable), (cell.Organization, cell.Value, cell.Verdict));
        Assert.Equal([VerdictReason.Missing], cell.Reasons);
        Assert.Equal(["c"], cell.Alternatives.Select(other => other.Organization));
    }

    [Fact]
    public void A_named_source_is_the_only_one()
    {
        var scene = Scene.Of().Mandate("m").Report("A", "50", by: "b").Report("A", "60", by: "m").Report("B", "70", by: "m");
        var table = scene.Compare("A B", request => request with { Source = "b" });
        Assert.Equal(("b", "50"), (table.Cells[0].Organization, table.Cells[0].Value));
        Assert.Empty(table.Cells[0].Alternatives);
        Assert.Equal([VerdictReason.Missing], table.Cells[1].Reasons);
    }

    [Fact]
    public void Illustrative_values_are_not_compared_with_real_ones()
    {
        var table = Scene.Of().Register("demo-b", illustrative: true).Report("A", "50").Report("B", "90", by: "demo-b").Compare("A B C");
        var refused = table.Cells[1];
        Assert.True(refused.Illustrative);
        Assert.Equal(Verdict.NotComparable, refused.Verdict);
        Assert.Equal([VerdictReason.Illustrative], refused.Reasons);
        Assert.Equal("90", refused.Value);
        Assert.Equal("示例：虚构数据，不与真实数据比较", refused.MessageZh);
        Assert.Equal([1, null, null], table.Cells.Select(cell => cell.Rank));
        Assert.Equal(Verdict.Comparable, table.Cells[0].Verdict);
    }

    [Fact]
    public void Illustrative_values_are_compared_among_themselves_and_each_is_marked()
    {
        var scene = Scene.Of().Register("demo-a", illustrative: true).Register("demo-b", illustrative: true);
        var table = scene.Report("A", "50", by: "demo-a").Report("B", "90", by: "demo-b").Report("C", null, "O").Compare("A B C");
        Assert.Equal([2, 1, null], table.Cells.Select(cell => cell.Rank));
        Assert.Equal([true, true, false], table.Cells.Select(cell => cell.Illustrative));
        Assert.Equal(Verdict.Comparable, table.Cells[0].Verdict);
    }

    [Fact]
    public void A_real_organisation_goes_before_an_illustrative_one_even_with_a_mandate()
    {
        var scene = Scene.Of().Register("demo-a", illustrative: true).Mandate("demo-a");
        var cell = scene.Report("A", "90", by: "demo-a").Report("A", "50", by: "b").Compare("A").Cells[0];
        Assert.Equal(("b", false), (cell.Organization, cell.Illustrative));
        Assert.Equal([new Alternative("demo-a", true, "90", "%")], cell.Alternatives);
        Assert.Equal(Verdict.Comparable, cell.Verdict); // an example casts no doubt on a fact
    }

    [Fact]
    public void Illustrative_organisations_that_contest_a_cell_mark_it()
    {
        var scene = Scene.Of().Register("demo-a", illustrative: true).Register("demo-b", illustrative: true);
        var table = scene.Report("A", "90", by: "demo-a").Report("A", "50", by: "demo-b").Report("B", "1").Compare("A B");
        Assert.True(table.Cells[0].Illustrative);
        Assert.Equal([VerdictReason.Source, VerdictReason.Illustrative], table.Cells[0].Reasons);
        Assert.Contains("demo-a（示例）", table.Cells[0].MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scope_known_only_from_an_example_is_named_as_one()
    {
        var scene = Scene.Of().Register("demo-a", illustrative: true).Report("A", "90", by: "demo-a", change: row => row with { Scope = Scope.Urban });
        Assert.StartsWith("范围不同：只有城市（URBAN）示例的值", scene.Compare("A").Cells[0].MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sender_that_the_catalogue_does_not_know_is_not_taken_for_a_real_one()
    {
        var strayed = Scene.Of().Report("A", "1").Observations[0] with { Organization = "stray" };
        Assert.Throws<InvalidOperationException>(() => Scene.Of().Tables("A", observations: [strayed]));
    }
}
