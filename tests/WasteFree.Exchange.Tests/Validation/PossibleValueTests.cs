using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Tests.Catalog;
using WasteFree.Exchange.Tests.Ingest;
using WasteFree.Exchange.Validation;
using Xunit;

namespace WasteFree.Exchange.Tests.Validation;

/// <summary>STR-4, RNG-1 and RNG-3: ratios that cannot be formed, parts that cannot be, and numbers that a kind cannot have.</summary>
public sealed class PossibleValueTests
{
    [Theory]
    [InlineData("", "5", "0")]
    [InlineData("", "0", "0")]
    [InlineData("100", "0", "0")]
    [InlineData("0", "0", "0")]
    [InlineData("50", "5", "0")]
    [InlineData("50", "5", "0.00")]
    public void STR_4_there_is_no_ratio_over_zero_whatever_is_stated_beside_it(string value, string numerator, string denominator)
    {
        var finding = Checking.BuiltIn.OnlyFinding(Submitted.Rate(value, numerator, denominator));

        Assert.Equal(("STR-4@1", Severity.Error, "denominator", "> 0"), (finding.Rule, finding.Severity, finding.Field, finding.Expected));
    }

    [Fact]
    public void STR_4_there_is_no_intensity_over_zero_of_parts_without_units_either()
    {
        var checking = Checking.With(Loading.Table(CatalogTableKind.Indicators, "code,name_zh,unit,kind,direction\nT-I,示例,t/{person},intensity,lower\n"));

        Assert.Equal("STR-4@1", checking.OnlyFinding(Submitted.Rate("1", "1", "0") with { Indicator = "T-I" }).Rule);
    }

    [Fact]
    public void A_ratio_of_nothing_to_something_is_zero() => Checking.BuiltIn.Taken(Submitted.Rate("0", "0", "5"));

    [Theory]
    [InlineData("50", "-1", "-2", "denominator", "> 0")]
    [InlineData("", "-1", "-2", "denominator", "> 0")]
    [InlineData("50", "1", "-2", "denominator", "> 0")]
    [InlineData("0", "-0.001", "1000", "numerator", ">= 0")]
    [InlineData("", "-1", "1000", "value", ">= 0")]
    public void RNG_1_parts_below_zero_are_refused(string value, string numerator, string denominator, string field, string bound)
    {
        var finding = Checking.BuiltIn.OnlyFinding(Submitted.Rate(value, numerator, denominator));

        Assert.Equal(("RNG-1@1", Severity.Blocker, field, bound), (finding.Rule, finding.Severity, finding.Field, finding.Expected));
    }

    [Fact]
    public void RNG_1_sees_a_numerator_below_zero_where_the_units_of_the_parts_are_not_stated()
    {
        var checking = Checking.With(Loading.Table(CatalogTableKind.Indicators, "code,name_zh,unit,kind,direction,hard_min\nT-I,示例,t/{person},intensity,lower,0\n"));

        Assert.Equal(("RNG-1@1", "numerator"), checking.OnlyFinding(Submitted.Rate("1", "-1", "2") with { Indicator = "T-I" }) is var finding ? (finding.Rule, finding.Field) : default);
    }

    [Fact]
    public void A_fall_may_have_a_numerator_below_zero() => Checking.BuiltIn.Taken(Submitted.Rate("-10", "-1", "10") with { Indicator = "ZW21-30" });

    [Fact]
    public void RNG_1_a_part_of_a_set_is_never_more_than_the_set_even_where_the_stated_value_is_rounded_into_the_range()
    {
        var finding = Checking.BuiltIn.OnlyFinding(Submitted.Rate("100", "1001", "1000") with { Indicator = "ZW21-31" });

        Assert.Equal(("RNG-1@1", Severity.Blocker, "numerator", "100.1", "<= 100"), (finding.Rule, finding.Severity, finding.Field, finding.Observed, finding.Expected));
    }

    [Fact]
    public void RNG_2_sees_parts_outside_the_soft_range_and_tells_the_one_fault_once()
    {
        var rounded = Checking.BuiltIn.OnlyFinding(Submitted.Rate("100", "1001", "1000"));
        Assert.Equal(("RNG-2@1", Severity.Warning, "numerator"), (rounded.Rule, rounded.Severity, rounded.Field));

        var stated = Checking.BuiltIn.OnlyFinding(Submitted.Rate("100.1", "1001", "1000"));
        Assert.Equal(("RNG-2@1", "value"), (stated.Rule, stated.Field));
    }

    [Theory]
    [InlineData("HUB-HW-GEN")]
    [InlineData("HUB-HW-STOCK")]
    [InlineData("WZ24-05-1")]
    [InlineData("ZW21-39")]
    public void STR_1_kinds_without_parts_take_none(string indicator)
    {
        var finding = Checking.BuiltIn.OnlyFinding(Submitted.Rate("1", "1", "1") with { Indicator = indicator });

        Assert.Equal(("STR-1@1", Severity.Blocker, "numerator"), (finding.Rule, finding.Severity, finding.Field));
    }

    [Theory]
    [InlineData("2.5", "", false)]
    [InlineData("0.1", "", false)]
    [InlineData("9", "", true)]
    [InlineData("9.0", "", true)]
    [InlineData("0", "", true)]
    [InlineData("0.5", "10*2.{enterprise}", true)]
    [InlineData("0.505", "10*2.{enterprise}", false)]
    public void RNG_3_a_count_is_whole_in_the_definitions_unit(string value, string unit, bool taken)
    {
        SubmittedRow row = Submitted.Tonnes(value) with { Indicator = "WZ24-06-1", Unit = unit };
        if (taken)
        {
            Checking.BuiltIn.Taken(row);
            return;
        }
        Assert.Equal(("RNG-3@1", Severity.Blocker, "value", value), Checking.BuiltIn.OnlyFinding(row) is var finding ? (finding.Rule, finding.Severity, finding.Field, finding.Observed) : default);
    }

    [Fact]
    public void RNG_3_a_count_of_ten_thousands_is_whole_when_its_things_are()
    {
        var checking = Checking.With(Loading.Table(CatalogTableKind.Indicators, "code,name_zh,unit,kind,direction\nT-C,示例,10*4.{tree},count,higher\n"));

        checking.Taken(Submitted.Tonnes("2.5001") with { Indicator = "T-C" });
        Assert.Equal("RNG-3@1", checking.OnlyFinding(Submitted.Tonnes("2.50001") with { Indicator = "T-C" }).Rule);
    }

    [Fact]
    public void RNG_1_a_count_below_zero_is_refused_where_the_range_says_so() =>
        Assert.Equal("RNG-1@1", Checking.BuiltIn.OnlyFinding(Submitted.Tonnes("-1") with { Indicator = "WZ24-05-1" }).Rule);

    [Theory]
    [InlineData("ZW21-39", "2023", "0", "", true)]
    [InlineData("ZW21-39", "2023", "1", "", true)]
    [InlineData("ZW21-39", "2023", "1.00", "", true)]
    [InlineData("ZW21-39", "2023", "100", "%", true)]
    [InlineData("ZW21-39", "2023", "0.5", "", false)]
    [InlineData("ZW21-39", "2023", "2", "", false)]
    [InlineData("ZW21-39", "2023", "-1", "", false)]
    [InlineData("ZW21-39", "2023", "1", "%", false)]
    [InlineData("WZ24-04-1", "2024-04-09", "0", "", true)]
    [InlineData("WZ24-04-1", "2024-04-09", "1", "", true)]
    [InlineData("WZ24-04-1", "2024-04-09", "0.5", "", false)]
    [InlineData("WZ24-04-1", "2024-04-09", "-1", "", false)]
    [InlineData("WZ24-04-1", "2024-04-09", "9", "", false)]
    public void RNG_3_a_flag_and_an_event_are_so_or_not(string indicator, string period, string value, string unit, bool taken)
    {
        SubmittedRow row = Submitted.Tonnes(value) with { Indicator = indicator, Period = period, Unit = unit };
        if (taken)
        {
            Checking.BuiltIn.Taken(row);
            return;
        }
        Assert.Equal(("RNG-3@1", Severity.Blocker, "value", "0, 1"), Checking.BuiltIn.OnlyFinding(row) is var finding ? (finding.Rule, finding.Severity, finding.Field, finding.Expected) : default);
    }

    [Theory]
    [InlineData("45.2", "50", "numerator")]
    [InlineData("45", "50.1", "denominator")]
    public void RNG_3_a_broken_number_of_villages_is_worth_a_warning(string numerator, string denominator, string field)
    {
        var finding = Checking.BuiltIn.OnlyFinding(Submitted.Rate("", numerator, denominator) with { Indicator = "ZW21-13" });

        Assert.Equal(("RNG-3@1", Severity.Warning, field), (finding.Rule, finding.Severity, finding.Field));
        Assert.Contains("{village}", finding.MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public void RNG_3_people_are_whole_and_money_is_not()
    {
        Assert.Equal(("RNG-3@1", Severity.Warning), Checking.BuiltIn.OnlyFinding(Submitted.Tonnes("5.5") with { Indicator = "AUX-POP" }) is var finding ? (finding.Rule, finding.Severity) : default);
        Checking.BuiltIn.Taken(Submitted.Tonnes("156.44") with { Indicator = "AUX-POP", Unit = "10*4.{person}" });
        Checking.BuiltIn.Taken(Submitted.Tonnes("1.23456") with { Indicator = "AUX-GDP" });
        Checking.BuiltIn.Taken(Submitted.Rate("", "1.00001", "2.5") with { Indicator = "ZW21-47" });
        Checking.BuiltIn.Taken(Submitted.Rate("", "45.2", "50"));
    }
}
