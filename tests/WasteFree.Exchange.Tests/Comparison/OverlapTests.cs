using WasteFree.Exchange.Comparison;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class OverlapTests
{
    [Fact]
    public void A_zone_within_a_reporting_unit_stands_back_and_the_unit_keeps_its_rank()
    {
        // As 万州经济技术开发区 lies within 万州区.
        var table = Scene.Of().PlaceUnit("A").Place("Z", "A", "A").PlaceUnit("B").Report("A", "50").Report("Z", "60").Report("B", "40").Compare("A Z B");
        Assert.Equal([1, null, 2], table.Cells.Select(cell => cell.Rank));
        Assert.Equal([Verdict.Comparable, Verdict.NotComparable, Verdict.Comparable], table.Cells.Select(cell => cell.Verdict));
        Assert.Equal([VerdictReason.Overlap], table.Cells[1].Reasons);
        Assert.Equal("60", table.Cells[1].Value);
        Assert.Equal("地域重叠：与A区（A）同属一地，由其代表，不参与排名与合计", table.Cells[1].MessageZh);
        Assert.Equal("overlap: on the same ground as A (A), which stands for it: not ranked, not in the sum", table.Cells[1].MessageEn);
    }

    [Fact]
    public void A_reporting_unit_that_lies_across_others_stands_back_before_them()
    {
        // As 两江新区 lies across 江北区, 北碚区 and 渝北区, all of them reporting units.
        var table = Scene.Of().PlaceUnit("L", "A", "B").PlaceUnit("A").PlaceUnit("B").Report("L", "1").Report("A", "2").Report("B", "3").Compare("L A B");
        Assert.Equal([Verdict.NotComparable, Verdict.Comparable, Verdict.Comparable], table.Cells.Select(cell => cell.Verdict));
        Assert.Equal("overlap: on the same ground as A (A), B (B), which stands for it: not ranked, not in the sum", table.Cells[0].MessageEn);
    }

    [Fact]
    public void Who_stands_back_takes_no_ground_from_a_third()
    {
        // B lies across A and C; A stands for the ground they share, so that C, of B's kind, shares it with nobody who stands.
        var table = Scene.Of().PlaceUnit("A").PlaceUnit("B", "A").Place("C", "", "B").Report("A", "1").Report("B", "2").Report("C", "3").Compare("A B C");
        Assert.Equal([Verdict.Comparable, Verdict.NotComparable, Verdict.Comparable], table.Cells.Select(cell => cell.Verdict));
    }

    [Fact]
    public void Of_two_equals_on_one_ground_neither_stands()
    {
        var table = Scene.Of().Place("A", "", "B").Place("B", "", "A", "C").Report("A", "50").Report("B", "60").Compare("A B");
        Assert.All(table.Cells, cell => Assert.Equal([VerdictReason.Overlap], cell.Reasons));
    }

    [Fact]
    public void A_province_overlaps_with_all_that_lies_in_it_at_any_depth()
    {
        var table = Scene.Of().Place("P").Place("C", "P").Place("D", "C").Report("P", "1").Report("D", "2").Compare("P D");
        Assert.All(table.Cells, cell => Assert.Equal([VerdictReason.Overlap], cell.Reasons));
    }

    [Fact]
    public void Neighbours_in_one_province_do_not_overlap()
    {
        var table = Scene.Of().Place("P").Place("A", "P").Place("B", "P").Report("A", "1").Report("B", "2").Compare("A B");
        Assert.All(table.Cells, cell => Assert.Equal(Verdict.Comparable, cell.Verdict));
    }

    [Fact]
    public void A_region_without_a_standing_value_takes_no_ground()
    {
        var table = Scene.Of().Place("A").Place("Z", "A").Report("A", "1").Compare("A Z");
        Assert.Equal(Verdict.Comparable, table.Cells[0].Verdict);
        Assert.Equal([VerdictReason.Missing], table.Cells[1].Reasons);
    }

    [Fact]
    public void A_circle_of_parents_ends()
    {
        var table = Scene.Of().Place("A", "B").Place("B", "A").Report("A", "1").Report("B", "2").Compare("A B");
        Assert.All(table.Cells, cell => Assert.Equal([VerdictReason.Overlap], cell.Reasons));
    }
}
