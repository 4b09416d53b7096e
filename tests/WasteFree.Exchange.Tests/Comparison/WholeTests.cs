using System.Collections.Frozen;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class WholeTests
{
    [Fact]
    public void An_amount_of_a_region_is_the_sum_of_its_declared_parts()
    {
        var table = Borough(Scene.OfTonnes()).Report("A", "10").Report("B", "20").Report("C", "0").Compare("W");
        var cell = table.Cells[0];
        Assert.Equal("30", cell.Value);
        Assert.True(cell.Derived);
        Assert.Equal(Verdict.ComparableWithConversion, cell.Verdict);
        Assert.Equal([VerdictReason.MadeOfParts], cell.Reasons);
        Assert.Equal(("由所含地区汇总：3 个", "made of the regions that are its parts: 3"), (cell.MessageZh, cell.MessageEn));
        Assert.Equal((3, 3), (cell.RollUp!.Used, cell.RollUp.Expected));
        Assert.Equal(["A", "B", "C"], cell.RollUp.Regions);
        Assert.Null(cell.RollUp.Frequency);
        Assert.Equal("30", table.Aggregate!.Quantity!.Value.ToDecimalText());
        var made = cell.Derivation.Inputs[0];
        Assert.Equal((DerivationStep.Sum, "W"), (made.Step, made.Region));
        Assert.Equal(["A", "B", "C"], made.Inputs.Select(input => input.Region));
        Assert.All(made.Inputs, input => Assert.Equal(DerivationStep.Observation, input.Step));
    }

    [Fact]
    public void A_ratio_of_a_region_is_the_quotient_of_the_sums_of_its_parts()
    {
        var cell = Borough(Scene.Of()).ReportParts("A", "80", "100").ReportParts("B", "30", "60").ReportParts("C", "300", "400").Compare("W").Cells[0];
        Assert.Equal("73.214285714286", cell.Value);
        Assert.Equal(("410", "560"), (cell.Numerator, cell.Denominator));
    }

    [Fact]
    public void A_ratio_without_its_parts_is_no_part_of_a_whole()
    {
        var cell = Borough(Scene.Of()).ReportParts("A", "80", "100").ReportParts("B", "30", "60").Report("C", "75").Compare("W").Cells[0];
        Assert.Equal("", cell.Value);
        Assert.Equal([VerdictReason.Denominator, VerdictReason.Missing], cell.Reasons);
    }

    [Fact]
    public void With_a_part_missing_there_is_only_a_partial_sum()
    {
        var cell = Borough(Scene.OfTonnes()).Report("A", "10").Report("C", "5").Compare("W").Cells[0];
        Assert.Equal("", cell.Value);
        Assert.Equal([VerdictReason.Missing], cell.Reasons);
        Assert.Equal(("15", 2, 3), (cell.RollUp!.PartialValue, cell.RollUp.Used, cell.RollUp.Expected));
        Assert.Equal("missing: only 2 of the 3 regions that are its parts have a value", cell.MessageEn);
    }

    [Fact]
    public void What_was_reported_for_a_region_is_never_replaced()
    {
        var cell = Borough(Scene.OfTonnes()).Report("W", "99").Report("A", "10").Report("B", "20").Report("C", "5").Compare("W").Cells[0];
        Assert.Equal("99", cell.Value);
        Assert.Null(cell.RollUp);
    }

    [Fact]
    public void Parts_that_are_not_declared_complete_make_nothing()
    {
        var cell = Scene.OfTonnes().Place("W").Place("A", "W").Report("A", "10").Compare("W").Cells[0];
        Assert.Equal([VerdictReason.Missing], cell.Reasons);
        Assert.Null(cell.RollUp);
    }

    [Fact]
    public void A_whole_and_its_parts_in_one_table_are_counted_once()
    {
        var table = Borough(Scene.OfTonnes()).Report("A", "10").Report("B", "20").Report("C", "5").Compare("W A B C");
        Assert.Equal("35", table.Aggregate!.Quantity!.Value.ToDecimalText());
        Assert.Contains(VerdictReason.Overlap, table.Cells[0].Reasons);
    }

    [Fact]
    public void A_whole_with_a_confidential_part_is_withheld_and_gives_nothing_away()
    {
        var table = Borough(Scene.OfTonnes()).Report("A", "10").Report("B", "20")
            .Report("C", "5", change: observation => observation with { Confidentiality = Confidentiality.Confidential })
            .Compare("W", request => request with { Visibility = Scene.SeenBy("a") });
        var cell = table.Cells[0];
        Assert.Equal("", cell.Value);
        Assert.Null(cell.Quantity);
        Assert.Contains(VerdictReason.Confidential, cell.Reasons);
        Assert.Equal("", cell.RollUp!.PartialValue);
        Assert.Null(cell.Derivation.Inputs[0].Quantity);
        Assert.Null(table.Aggregate!.Quantity);
    }

    [Fact]
    public void Wholes_are_made_of_wholes_and_of_finer_periods()
    {
        var table = Scene.OfTonnes().Place("P").Where(region => region with { PartsComplete = true }).Place("W", "P").Where(region => region with { PartsComplete = true })
            .Place("A", "W").Place("B", "W").Place("D", "P")
            .Report("A", "1").At("2024-S1", "B", "2").At("2024-S2", "B", "3").Report("D", "4")
            .Compare("P", request => request with { RollUp = true });
        Assert.Equal("10", table.Cells[0].Value);
        Assert.Equal([VerdictReason.RolledUp, VerdictReason.MadeOfParts], table.Cells[0].Reasons);
    }

    [Fact]
    public void An_area_that_lies_across_the_parts_is_no_part_beside_them()
    {
        var cell = Borough(Scene.OfTonnes()).Place("Z", "W", "A", "B").Report("A", "10").Report("B", "20").Report("C", "5").Report("Z", "7").Compare("W").Cells[0];
        Assert.Equal("35", cell.Value);
    }

    [Fact]
    public void A_part_that_may_not_be_seen_hides_the_whole_whether_or_not_it_has_a_value()
    {
        var seen = new Visibility
        {
            Organization = "a",
            ProvinceIndicators = new[] { Scene.Rate }.ToFrozenSet(),
            ProvinceRegions = new[] { "W", "A", "B" }.ToFrozenSet(),
        };
        var parts = Borough(Scene.OfTonnes()).Register("a", regions: "A").Register("b", regions: "B").Register("c", regions: "C").Report("A", "10").Report("B", "20");
        var without = parts.Compare("W", request => request with { Visibility = seen }).Cells[0];
        var with = parts.Report("C", "5").Compare("W", request => request with { Visibility = seen }).Cells[0];
        Assert.All(new[] { without, with }, cell => Assert.Equal([VerdictReason.NotShared], cell.Reasons));
        Assert.All(new[] { without, with }, cell => Assert.Equal(("", null), (cell.Value, cell.RollUp)));
    }

    private static Scene Borough(Scene scene) =>
        scene.Place("W").Where(region => region with { PartsComplete = true }).Place("A", "W").Place("B", "W").Place("C", "W");
}
