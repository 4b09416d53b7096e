using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Tests.Catalog;
using WasteFree.Exchange.Tests.Ingest;
using WasteFree.Exchange.Validation;
using Xunit;

namespace WasteFree.Exchange.Tests.Validation;

/// <summary>UNIT-1 and ARI-1 where numerator and denominator state units of their own; all values are made up (示例).</summary>
public sealed class PartUnitTests
{
    private static readonly Checking Added = Checking.With(Loading.Table(
        CatalogTableKind.Indicators,
        "code,version,name_zh,unit,kind,direction,numerator_unit,denominator_unit\n"
        + "X-RATIO,1.0,比率,%,ratio,higher,,\nX-INT,1.0,强度,t/{person},intensity,lower,,\nX-AMT,1.0,数量,t,amount,lower,,\n"));

    [Theory]
    [InlineData("10*4.t", "", "45.2", "500000")]
    [InlineData("10*4.t", "10*4.t", "45.2", "50")]
    [InlineData("kg", "10*4.t", "452000000", "50")]
    [InlineData("", "10*4.t", "452000", "50")]
    [InlineData("", "", "452000", "500000")]
    public void A_stated_ratio_is_held_against_its_parts_in_their_units(string numeratorUnit, string denominatorUnit, string numerator, string denominator)
    {
        var right = Film("90.4", numerator, denominator, numeratorUnit, denominatorUnit);
        Assert.Empty(Checking.BuiltIn.Check(right).Findings);

        var finding = Checking.BuiltIn.OnlyFinding(right with { Value = "60.0" });
        Assert.Equal(("ARI-1@1", Severity.Error, "90.4"), (finding.Rule, finding.Severity, finding.Expected));
    }

    [Fact]
    public void An_observation_holds_the_units_sent_or_else_those_of_the_definition()
    {
        var row = Checking.BuiltIn.Taken(Film("90.4", "45.2", "500000", "10*4.t", ""));
        Assert.Equal(("10*4.t", "t"), (row.NumeratorUnit, row.DenominatorUnit));

        var without = Checking.BuiltIn.Taken(Film("90.4", "", "", "", ""));
        Assert.Equal((null, null), (without.NumeratorUnit, without.DenominatorUnit));
    }

    [Theory]
    [InlineData("10*4.t", "m3", "denominator_unit")]
    [InlineData("{CNY}", "t", "numerator_unit")]
    [InlineData("t/d", "t", "numerator_unit")]
    [InlineData("吨", "t", "numerator_unit")]
    public void A_unit_that_no_factor_turns_into_the_definitions_is_refused(string numeratorUnit, string denominatorUnit, string field)
    {
        var finding = Checking.BuiltIn.OnlyFinding(Film("90.4", "45.2", "50", numeratorUnit, denominatorUnit));
        Assert.Equal(("UNIT-1@1", Severity.Blocker, field, "t"), (finding.Rule, finding.Severity, finding.Field, finding.Expected));
    }

    [Fact]
    public void Where_the_definition_states_none_both_units_are_given_and_make_its_unit()
    {
        Assert.Equal("10*4.t", Added.Taken(Of("X-RATIO", "90.4", "45.2", "500000", "10*4.t", "t")).NumeratorUnit);
        Assert.Equal(("UNIT-1@1", "denominator_unit"), Told(Of("X-RATIO", "90.4", "45.2", "50", "10*4.t", "")));
        Assert.Equal(("UNIT-1@1", "numerator_unit"), Told(Of("X-RATIO", "90.4", "45.2", "50", "", "t")));
        Assert.Equal(("UNIT-1@1", "denominator_unit"), Told(Of("X-RATIO", "90.4", "45.2", "50", "t", "m3")));
        Assert.Null(Added.Taken(Of("X-RATIO", "90.4", "45.2", "50", "", "")).NumeratorUnit);
    }

    [Fact]
    public void An_intensity_whose_definition_states_no_units_is_computed_where_the_row_states_them()
    {
        Assert.Equal(("STR-3@1", "value"), Told(Of("X-INT", "", "45.2", "50", "", "")));
        Assert.Equal("{person}", Added.Taken(Of("X-INT", "", "45.2", "50", "10*4.t", "{person}")).DenominatorUnit);
        Assert.Equal(("UNIT-1@1", "denominator_unit"), Told(Of("X-INT", "", "45.2", "50", "t", "{CNY}")));
    }

    [Fact]
    public void An_amount_has_no_parts_and_no_units_of_them() =>
        Assert.Equal(("STR-1@1", "numerator"), Told(Of("X-AMT", "5", "", "", "t", "")));

    [Fact]
    public void A_broken_number_of_things_is_told_by_the_unit_sent()
    {
        var row = Submitted.Row(_ => "") with { Region = "500101", Indicator = "ZW21-03", Period = "2023", Numerator = "0.0003", Denominator = "0.0004", NumeratorUnit = "10*4.{enterprise}", DenominatorUnit = "10*4.{enterprise}" };
        Assert.DoesNotContain(Checking.BuiltIn.Check(row).Findings, finding => finding.Rule == "RNG-3@1");
        Assert.Contains(Checking.BuiltIn.Check(row with { Numerator = "0.00035" }).Findings, finding => finding is { Rule: "RNG-3@1", Field: "numerator" });
    }

    private static (string, string) Told(SubmittedRow row)
    {
        var finding = Added.OnlyFinding(row);
        return (finding.Rule, finding.Field);
    }

    private static SubmittedRow Film(string value, string numerator, string denominator, string numeratorUnit, string denominatorUnit) =>
        Of("ZW21-21", value, numerator, denominator, numeratorUnit, denominatorUnit);

    private static SubmittedRow Of(string indicator, string value, string numerator, string denominator, string numeratorUnit, string denominatorUnit) =>
        Submitted.Rate(value, numerator, denominator) with { Indicator = indicator, NumeratorUnit = numeratorUnit, DenominatorUnit = denominatorUnit };
}
