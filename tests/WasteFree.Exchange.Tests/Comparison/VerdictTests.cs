using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class VerdictTests
{
    [Fact]
    public void G5_a_value_under_another_major_version_is_refused()
    {
        var scene = Scene.OfTonnes();
        scene.Define(v1 => v1 with { Version = new DefinitionVersion(2, 0), ValidFrom = Scene.Year(2021) });
        scene.Report("X", "1.10").Report("Y", "0.95", "B", change: row => row with { Version = "2.0" });
        var table = scene.Compare("X Y");
        Assert.Equal("2.0", table.Definition.Version.ToString());
        var refused = table.Cells[0];
        Assert.Equal(Verdict.NotComparable, refused.Verdict);
        Assert.Equal([VerdictReason.Definition], refused.Reasons);
        Assert.Equal("1.10", refused.Value); // shown, not dropped
        Assert.Equal([null, 1], table.Cells.Select(cell => cell.Rank));
        Assert.Equal("定义不同：该值按 1.0 版，本表按 2.0 版", refused.MessageZh);
        Assert.Equal(Verdict.Comparable, table.Cells[1].Verdict); // a break bars growth, not its own period
    }

    [Fact]
    public void Another_minor_version_is_the_same_definition()
    {
        var scene = Scene.OfTonnes().Define(v1 => v1 with { Version = new DefinitionVersion(1, 1) });
        Assert.Equal(Verdict.Comparable, scene.Report("A", "1").Compare("A").Cells[0].Verdict);
        Assert.Equal("1.1", scene.Compare("A").Definition.Version.ToString());
    }

    [Fact]
    public void The_table_takes_the_definition_in_force_in_its_period()
    {
        var scene = Scene.OfTonnes().Define(v1 => v1 with { Version = new DefinitionVersion(2, 0), ValidFrom = Scene.Year(2025) });
        Assert.Equal("1.0", scene.Report("A", "1").Compare("A").Definition.Version.ToString());
    }

    [Fact]
    public void Where_no_definition_is_in_force_the_highest_is_taken()
    {
        var scene = Scene.Of(rate => rate with { ValidTo = Scene.Year(2020) });
        scene.Define(v1 => v1 with { Version = new DefinitionVersion(2, 0), ValidTo = Scene.Year(2022) });
        Assert.Equal("2.0", scene.Compare("A").Definition.Version.ToString());
    }

    [Fact]
    public void An_indicator_that_the_catalogue_does_not_know_is_a_fault_of_the_caller()
    {
        Assert.Throws<ArgumentException>(() => Scene.Of().Tables("A", request => request with { Columns = [("NONE", Scene.Year(2024))] }));
    }

    [Fact]
    public void Flag_D_says_that_the_definition_differs()
    {
        var cell = Scene.Of().Report("A", "50", "D").Compare("A").Cells[0];
        Assert.Equal(Verdict.NotComparable, cell.Verdict);
        Assert.Equal([VerdictReason.Definition], cell.Reasons);
    }

    [Theory]
    [InlineData("E")]
    [InlineData("P")]
    [InlineData("I")]
    [InlineData("U")]
    [InlineData("N")]
    [InlineData("F")]
    [InlineData("G")]
    [InlineData("V")]
    [InlineData("W")]
    [InlineData("S")]
    [InlineData("J")]
    public void A_flag_of_reservation_is_a_caveat_and_keeps_the_rank(string flag)
    {
        var cell = Scene.Of().Report("A", "50", flag).Compare("A").Cells[0];
        Assert.Equal(Verdict.ComparableWithCaveat, cell.Verdict);
        Assert.Equal([VerdictReason.Status], cell.Reasons);
        Assert.Equal(1, cell.Rank);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    public void A_normal_value_and_the_first_after_a_break_are_comparable_within_their_period(string flag) =>
        Assert.Equal(Verdict.Comparable, Scene.Of().Report("A", "50", flag).Compare("A").Cells[0].Verdict);

    [Fact]
    public void All_reasons_are_listed_the_weightiest_first()
    {
        var scene = Scene.OfTonnes().Define(v1 => v1 with { Version = new DefinitionVersion(2, 0) });
        var cell = scene.Report("A", "50", "EP", change: row => row with { Unit = "m3" }).Compare("A").Cells[0];
        Assert.Equal([VerdictReason.Definition, VerdictReason.Unit, VerdictReason.Status], cell.Reasons);
        Assert.Equal("definition: the value follows version 1.0, the table 2.0; unit: m3 cannot be converted to t; status: E estimated, P provisional", cell.MessageEn);
        Assert.Equal("定义不同：该值按 1.0 版，本表按 2.0 版；单位不可换算：m3 不能换算为 t；状态：E 估计值、P 暂定值", cell.MessageZh);
    }

    [Fact]
    public void A_missing_value_in_another_definition_is_missing_and_nothing_else()
    {
        var scene = Scene.OfTonnes().Define(v1 => v1 with { Version = new DefinitionVersion(2, 0) });
        var cell = scene.Report("A", null, "L").Compare("A").Cells[0];
        Assert.Equal([VerdictReason.Missing], cell.Reasons);
        Assert.Equal("缺报：没有数值（L 缺失：有而未收集）", cell.MessageZh);
    }

    [Fact]
    public void A_value_of_another_scope_is_not_taken_and_is_named()
    {
        var scene = Scene.Of().Report("A", "41", change: row => row with { Scope = Scope.Urban }).Report("A", "39", change: row => row with { Scope = Scope.BuiltUp });
        var cell = scene.Compare("A B").Cells[0];
        Assert.Equal(Verdict.NotComparable, cell.Verdict);
        Assert.Equal([VerdictReason.Scope, VerdictReason.Missing], cell.Reasons);
        Assert.Equal("", cell.Value);
        Assert.Equal("范围不同：只有城市（URBAN）、建成区（BUILT_UP）的值；缺报：没有数值", cell.MessageZh);
        Assert.Equal("scope: there is a value for URBAN, BUILT_UP only; missing: no value was reported", cell.MessageEn);
        Assert.Equal([VerdictReason.Missing], scene.Compare("A B").Cells[1].Reasons);
        Assert.Equal("41", scene.Compare("A", request => request with { Scope = Scope.Urban }).Cells[0].Value);
    }

    [Fact]
    public void A_missing_row_of_another_scope_is_no_value_to_name()
    {
        var scene = Scene.Of().Report("A", null, "O", change: row => row with { Scope = Scope.Urban });
        Assert.Equal([VerdictReason.Missing], scene.Compare("A").Cells[0].Reasons);
    }
}
