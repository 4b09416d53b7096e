using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

/// <summary>Rows whose numerator and denominator are in units of their own; all values are made up (示例).</summary>
public sealed class PartUnitTests
{
    private static readonly Func<Indicator, Indicator> OfTonnes = rate => rate with { NumeratorUnit = "t", DenominatorUnit = "t" };

    [Fact]
    public void Parts_are_brought_to_the_definitions_units_before_they_are_summed()
    {
        var table = Scene.Of(OfTonnes).Place("A").Place("B")
            .ReportParts("A", "45.2", "50", change: In("10*4.t", "10*4.t")).ReportParts("B", "300000", "500000").Compare("A B");
        Assert.Equal("75.2", table.Aggregate!.Quantity?.ToDecimalText());
        Assert.Equal(
            (new Rational(752_000, 1), new Rational(1_000_000, 1), "t", "t"),
            (table.Aggregate.Numerator!.Value, table.Aggregate.Denominator!.Value, table.Aggregate.NumeratorUnit, table.Aggregate.DenominatorUnit));
        Assert.Equal(("45.2", "10*4.t", "50", "10*4.t"), Parts(table.Cells[0]));
    }

    [Fact]
    public void A_quotient_of_parts_in_other_units_is_explained_by_a_conversion_of_each()
    {
        var cell = Scene.Of(OfTonnes).ReportParts("A", "45.2", "500000", change: In("10*4.t", "t")).Compare("A").Cells[0];
        Assert.Equal(("90.4", Verdict.ComparableWithConversion), (cell.Value, cell.Verdict));
        Assert.Equal([VerdictReason.Converted], cell.Reasons);
        var quotient = Steps(cell.Derivation).Single(step => step.Step == DerivationStep.Quotient);
        Assert.Equal([(DerivationStep.Conversion, "t"), (DerivationStep.Observation, "t")], quotient.Inputs.Select(input => (input.Step, input.Unit)));
        Assert.Equal(new Rational(452_000, 1), quotient.Inputs[0].Quantity);
        Assert.Equal("10*4.t", quotient.Inputs[0].Inputs[0].Unit);
    }

    [Fact]
    public void A_stated_value_beside_parts_in_other_units_is_not_converted()
    {
        var cell = Scene.Of(OfTonnes).Report("A", "90.4", change: row => In("10*4.t", "t")(row) with { Numerator = Scene.Decimal("45.2"), Denominator = Scene.Decimal("500000") })
            .Compare("A").Cells[0];
        Assert.Equal(("90.4", Verdict.Comparable), (cell.Value, cell.Verdict));
    }

    [Fact]
    public void Where_the_definition_states_no_units_stated_ones_are_summed_in_one_of_them_whatever_the_order()
    {
        foreach (var order in new[] { "A B", "B A" })
        {
            var aggregate = Scene.Of().Place("A").Place("B")
                .ReportParts("A", "45.2", "50", change: In("10*4.t", "10*4.t")).ReportParts("B", "300000", "500000", change: In("t", "t")).Compare(order).Aggregate!;
            Assert.Equal(("75.2", "10*4.t"), (aggregate.Quantity?.ToDecimalText(), aggregate.NumeratorUnit));
            Assert.Equal(new Rational(752, 10), aggregate.Numerator);
        }
    }

    [Fact]
    public void Where_the_definition_states_no_units_parts_without_a_unit_do_not_add_up_with_those_that_have_one()
    {
        var aggregate = Scene.Of().Place("A").Place("B").Place("C")
            .ReportParts("A", "45.2", "50", change: In("10*4.t", "10*4.t")).ReportParts("B", "300000", "500000").ReportParts("C", "1", "4", change: In("kg", "kg"))
            .Compare("A B C").Aggregate!;
        Assert.Equal((2, 3), (aggregate.Used, aggregate.Expected));
        var left = Assert.Single(aggregate.Excluded);
        Assert.Equal("B", left.Region);
        Assert.Equal([VerdictReason.Unit], left.Reasons);
    }

    [Fact]
    public void Where_the_definition_states_no_units_tonnes_and_cubic_metres_have_no_sum()
    {
        var aggregate = Scene.Of().Place("A").Place("B")
            .ReportParts("A", "1", "2", change: In("t", "t")).ReportParts("B", "1", "4", change: In("m3", "m3")).Compare("A B").Aggregate!;
        Assert.Null(aggregate.Quantity);
        Assert.Equal([VerdictReason.Unit], aggregate.Reasons);
    }

    [Fact]
    public void A_year_made_of_halves_sums_their_parts_in_one_unit()
    {
        var cell = Scene.Of(rate => OfTonnes(rate) with { Aggregation = Aggregation.Parts }).Place("A")
            .ReportParts("A", "45.2", "50", change: row => In("10*4.t", "10*4.t")(row) with { Period = Scene.PeriodOf("2024-S1") })
            .ReportParts("A", "300000", "500000", change: row => row with { Period = Scene.PeriodOf("2024-S2") })
            .Compare("A", request => request with { RollUp = true }).Cells[0];
        Assert.Equal(("75.2", "752000", "t", "1000000", "t"), (cell.Value, cell.Numerator, cell.NumeratorUnit, cell.Denominator, cell.DenominatorUnit));
    }

    private static Func<Observation, Observation> In(string numeratorUnit, string denominatorUnit) =>
        row => row with { NumeratorUnit = numeratorUnit, DenominatorUnit = denominatorUnit };

    private static (string, string, string, string) Parts(ComparisonCell cell) => (cell.Numerator, cell.NumeratorUnit, cell.Denominator, cell.DenominatorUnit);

    private static IEnumerable<Derivation> Steps(Derivation derivation) => derivation.Inputs.SelectMany(Steps).Prepend(derivation);
}
