using System.Collections.Frozen;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Identity;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

/// <summary>Cells that the caller may not see. The caller is <c>a</c>; it may read region A of everybody.</summary>
public sealed class NotSharedTests
{
    private static readonly Visibility OnlyA = new()
    {
        Organization = "a",
        ProvinceIndicators = new[] { Scene.Rate, "AUX-POP" }.ToFrozenSet(),
        ProvinceRegions = new[] { "A" }.ToFrozenSet(),
    };

    [Fact]
    public void A_cell_is_not_shared_by_policy_alone_and_has_no_rank_and_no_part_in_the_whole()
    {
        // The database has left B's row out; with a row or without, the table is the same.
        var table = Seen(Neighbours().Report("A", "10"), "A B");

        Assert.Equal([VerdictReason.NotShared], table.Cells[1].Reasons);
        Assert.Equal(
            (Verdict.NotComparable, "", "", null, "未共享：调用者无权查看此数据", "not shared: the caller may not see these data"),
            (table.Cells[1].Verdict, table.Cells[1].Value, table.Cells[1].Organization, table.Cells[1].Rank, table.Cells[1].MessageZh, table.Cells[1].MessageEn));
        Assert.Equal((1, 2, 1), (table.Aggregate!.Used, table.Aggregate.Expected, table.Ranked));
        Assert.Equal([VerdictReason.NotShared], Assert.Single(table.Aggregate.Excluded).Reasons);
        Assert.Equal(new Coverage(2, 1, 0, 0, 1), table.Coverage);
        Assert.Equal(0, table.Coverage.Absent);
    }

    [Fact]
    public void What_is_there_all_the_same_changes_no_cell_that_is_not_shared()
    {
        var empty = Seen(Neighbours().Report("A", "10"), "A B");
        var full = Seen(Neighbours().Report("A", "10").Report("B", "20").At("2024-Q1", "B", "5"), "A B");

        Assert.Equal(Told(empty.Cells[1]), Told(full.Cells[1]));
        Assert.Equal(Told(empty.Cells[0]), Told(full.Cells[0]));
        Assert.Equal((empty.Aggregate!.Quantity, empty.Coverage), (full.Aggregate!.Quantity, full.Coverage));
    }

    [Fact]
    public void A_table_of_which_the_caller_may_see_nothing_has_no_sum_for_that_reason()
    {
        var table = Seen(Neighbours().Place("C"), "B C");

        Assert.Equal([VerdictReason.NotShared], table.Aggregate!.Reasons);
    }

    [Fact]
    public void Without_the_authoritative_value_others_values_are_no_cell()
    {
        // a may read what it sent itself about B, but the mandate is b's.
        var scene = Scene.OfTonnes().Place("B").Report("B", "7", by: "a").Register("b").Mandate("b");
        Assert.Equal([VerdictReason.NotShared], Seen(scene, "B").Cells[0].Reasons);
        Assert.Equal("7", Seen(scene, "B", request => request with { Source = "a" }).Cells[0].Value);

        var granted = OnlyA with { Granted = new[] { ("b", Scene.Rate, "B") }.ToFrozenSet() };
        Assert.Equal("8", scene.Report("B", "8", by: "b").Compare("B", request => request with { Visibility = granted }).Cells[0].Value);
    }

    [Fact]
    public void Without_a_mandate_a_cell_is_what_the_caller_may_read()
    {
        var scene = Scene.OfTonnes().Place("B").Place("C").Report("B", "7", by: "a").Register("b");
        Assert.Equal("7", Seen(scene, "B").Cells[0].Value);
        // Where that is nothing, others may still have sent something.
        Assert.Equal([VerdictReason.NotShared], Seen(scene, "C").Cells[0].Reasons);
        Assert.Equal([VerdictReason.Missing], Seen(scene, "C", request => request with { Source = "a" }).Cells[0].Reasons);
    }

    [Fact]
    public void Growth_and_roll_up_of_a_cell_that_is_not_shared_say_no_more()
    {
        var scene = Neighbours().At("2023", "B", "7").At("2024-Q1", "B", "7");
        var cell = Seen(scene, "B", request => request with { RollUp = true, Growth = [GrowthBasis.PreviousPeriod] }).Cells[0];

        Assert.Equal([VerdictReason.NotShared], cell.Reasons);
        Assert.Null(cell.RollUp);
        var growth = Assert.Single(cell.Growth);
        Assert.Equal([VerdictReason.NotShared], growth.Reasons);
        Assert.Equal("", growth.BaseValue);
    }

    [Fact]
    public void A_denominator_that_is_not_shared_is_named_as_that()
    {
        var scene = Scene.OfTonnes().Place("A").Report("A", "10").Register("bureau").Define(rate => rate with { Code = "AUX-POP", NameZh = "人口", Unit = "{person}", Kind = IndicatorKind.Stock });
        var cell = scene.Compare("A", request => request with
        {
            Normalization = Normalization.PerCapita,
            Visibility = OnlyA with { ProvinceIndicators = new[] { Scene.Rate }.ToFrozenSet() },
        }).Cells[0];

        Assert.Equal([VerdictReason.Denominator, VerdictReason.NotShared], cell.Reasons);
        Assert.Contains("AUX-POP 人口未共享", cell.MessageZh, StringComparison.Ordinal);
    }

    /// <summary>a reports A, and b reports B.</summary>
    private static Scene Neighbours() => Scene.OfTonnes().Place("A").Place("B").Register("a", regions: "A").Register("b", regions: "B");

    private static ComparisonTable Seen(Scene scene, string regions, Func<ComparisonRequest, ComparisonRequest>? change = null) =>
        scene.Compare(regions, request => (change is null ? request : change(request)) with { Visibility = OnlyA });

    private static string Told(ComparisonCell cell) =>
        $"{cell.Verdict} {string.Join(' ', cell.Reasons)} {cell.Value} {cell.Rank} {cell.Organization} {cell.Alternatives.Count} {cell.MessageZh} {cell.MessageEn}";
}
