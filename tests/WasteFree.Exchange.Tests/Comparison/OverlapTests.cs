using WasteFree.Exchange.Comparison;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class OverlapTests
{
    [Fact]
    public void A_zone_within_a_district_and_the_district_bear_a_caveat_and_keep_their_ranks()
    {
        // As 万州经济技术开发区 lies within 万州区.
        var table = Scene.Of().Place("A").Place("Z", "A", "A").Place("B").Report("A", "50").Report("Z", "60").Report("B", "40").Compare("A Z B");
        Assert.Equal([2, 1, 3], table.Cells.Select(cell => cell.Rank));
        Assert.Equal([Verdict.ComparableWithCaveat, Verdict.ComparableWithCaveat, Verdict.Comparable], table.Cells.Select(cell => cell.Verdict));
        Assert.Equal([VerdictReason.Overlap], table.Cells[0].Reasons);
        Assert.Equal([VerdictReason.Overlap], table.Cells[1].Reasons);
        Assert.Equal("地域重叠：与Z区（Z）同属一地，不可相加", table.Cells[0].MessageZh);
        Assert.Equal("overlap: on the same ground as A (A), never in one sum", table.Cells[1].MessageEn);
    }

    [Fact]
    public void It_is_enough_that_one_region_lists_the_other()
    {
        var table = Scene.Of().Place("A").Place("B", "", "A", "C").Report("A", "50").Report("B", "60").Compare("A B");
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
