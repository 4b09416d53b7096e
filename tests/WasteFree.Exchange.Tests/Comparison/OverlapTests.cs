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
    public void Of_two_equals_on_one_ground_the_first_code_stands_in_whatever_order_they_are_asked()
    {
        var scene = Scene.Of().Place("A", "", "B").Place("B", "", "A", "C").Report("A", "50").Report("B", "60");
        foreach (var table in new[] { scene.Compare("A B"), scene.Compare("B A") })
        {
            Assert.Equal(Verdict.Comparable, table.Cells.Single(cell => cell.Region == "A").Verdict);
            Assert.Equal([VerdictReason.Overlap], table.Cells.Single(cell => cell.Region == "B").Reasons);
        }
    }

    [Fact]
    public void Whoever_shares_its_ground_with_fewer_stands_before_whoever_does_with_more()
    {
        var table = Scene.Of().Place("A", "", "B", "C").Place("B", "", "A").Place("C", "", "A").Report("A", "1").Report("B", "2").Report("C", "3").Compare("A B C");
        Assert.Equal([Verdict.NotComparable, Verdict.Comparable, Verdict.Comparable], table.Cells.Select(cell => cell.Verdict));
    }

    [Fact]
    public void What_lies_in_a_province_at_any_depth_stands_before_it()
    {
        // As 攀枝花市 and 广元市 beside 四川省, none of them a reporting unit.
        var table = Scene.OfTonnes().Place("P").Place("C", "P").Place("D", "C").Place("E", "P").Report("P", "9").Report("D", "2").Report("E", "3").Compare("P D E");
        Assert.Equal([Verdict.NotComparable, Verdict.Comparable, Verdict.Comparable], table.Cells.Select(cell => cell.Verdict));
        Assert.Equal([VerdictReason.Overlap], table.Cells[0].Reasons);
        Assert.Equal("overlap: on the same ground as D (D), E (E), which stands for it: not ranked, not in the sum", table.Cells[0].MessageEn);
        Assert.Equal("5", table.Aggregate!.Quantity!.Value.ToDecimalText());
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
        Assert.Equal([Verdict.Comparable, Verdict.NotComparable], table.Cells.Select(cell => cell.Verdict));
    }
}
