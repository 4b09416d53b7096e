using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Tests.Catalog;
using WasteFree.Exchange.Tests.Ingest;
using WasteFree.Exchange.Validation;
using Xunit;

namespace WasteFree.Exchange.Tests.Validation;

/// <summary>STR-3, STR-4, RNG-1, RNG-2 and ARI-1: what the numbers of a row say about each other.</summary>
public sealed class ValueRuleTests
{
    [Theory]
    [InlineData("12,5")]
    [InlineData("1e400")]
    [InlineData("NaN")]
    [InlineData("-0")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1 000")]
    [InlineData("１２")]
    [InlineData("0.1234567890123")]
    [InlineData("1234567890123456789")]
    [InlineData("77777777777777777777777777777777777777777")]
    public void STR_1_a_decimal_has_one_spelling(string value)
    {
        var finding = Checking.BuiltIn.OnlyFinding(Submitted.Tonnes(value));

        Assert.Equal(("STR-1@1", Severity.Blocker, "value", value), (finding.Rule, finding.Severity, finding.Field, finding.Observed));
    }

    [Fact]
    public void STR_3_a_row_without_number_and_reason_is_incomplete()
    {
        var finding = Checking.BuiltIn.OnlyFinding(Submitted.Tonnes(""));

        Assert.Equal(("STR-3@1", Severity.Error, "value"), (finding.Rule, finding.Severity, finding.Field));
    }

    [Theory]
    [InlineData("1", "", "denominator")]
    [InlineData("", "1", "numerator")]
    public void STR_3_numerator_and_denominator_go_together(string numerator, string denominator, string missing)
    {
        var finding = Checking.BuiltIn.OnlyFinding(Submitted.Rate("90", numerator, denominator));

        Assert.Equal(("STR-3@1", missing), (finding.Rule, finding.Field));
    }

    [Theory]
    [InlineData("O")]
    [InlineData("M")]
    [InlineData("L")]
    [InlineData("H")]
    [InlineData("Q")]
    [InlineData("K")]
    public void STR_4_a_status_that_says_why_there_is_no_number_stands_alone(string status)
    {
        Assert.Null(Checking.BuiltIn.Taken(Submitted.Tonnes("") with { Status = [status] }).Value);

        var finding = Checking.BuiltIn.OnlyFinding(Submitted.Tonnes("1") with { Status = [status] });
        Assert.Equal(("STR-4@1", Severity.Error, "status", status), (finding.Rule, finding.Severity, finding.Field, finding.Observed));
    }

    [Theory]
    [InlineData("A", false)]
    [InlineData("E", false)]
    [InlineData("P", false)]
    [InlineData("B", true)]
    [InlineData("J", true)]
    [InlineData("S", true)]
    public void STR_4_other_statuses_need_a_number_except_three(string status, bool taken)
    {
        var (observation, findings) = Checking.BuiltIn.Check(Submitted.Tonnes("") with { Status = [status] });

        Assert.Equal(taken, observation is not null);
        Assert.Equal(taken ? [] : ["STR-4@1"], findings.Select(finding => finding.Rule));
        Checking.BuiltIn.Taken(Submitted.Tonnes("1") with { Status = [status] });
    }

    [Fact]
    public void STR_4_a_ratio_over_zero_is_none() =>
        Assert.Equal(("STR-4@1", "denominator"), Checking.BuiltIn.OnlyFinding(Submitted.Rate("", "1", "0")) is var finding ? (finding.Rule, finding.Field) : default);

    [Fact]
    public void RNG_1_a_value_outside_the_hard_range_is_refused()
    {
        var low = Checking.BuiltIn.OnlyFinding(Submitted.Tonnes("-0.1"));
        var high = Checking.BuiltIn.OnlyFinding(Submitted.Rate("100.1") with { Indicator = "ZW21-31" });

        Assert.Equal(("RNG-1@1", Severity.Blocker, "-0.1", ">= 0"), (low.Rule, low.Severity, low.Observed, low.Expected));
        Assert.Equal(("RNG-1@1", Severity.Blocker, "100.1", "<= 100"), (high.Rule, high.Severity, high.Observed, high.Expected));
        Checking.BuiltIn.Taken(Submitted.Rate("100") with { Indicator = "ZW21-31" });
        Checking.BuiltIn.Taken(Submitted.Tonnes("0"));
    }

    [Fact]
    public void RNG_1_sees_a_value_computed_from_its_parts_and_one_in_another_unit()
    {
        var parts = Checking.BuiltIn.OnlyFinding(Submitted.Rate("", "11", "10") with { Indicator = "ZW21-31" });
        var unit = Checking.BuiltIn.OnlyFinding(Submitted.Rate("1.001") with { Indicator = "ZW21-31", Unit = "1" });

        Assert.Equal([("RNG-1@1", "110"), ("RNG-1@1", "100.1")], new[] { parts, unit }.Select(finding => (finding.Rule, finding.Observed)));
    }

    [Fact]
    public void RNG_1_sees_the_amount_that_a_rate_is_over_its_period()
    {
        var checking = Checking.With(Loading.Table(CatalogTableKind.Indicators, "code,name_zh,unit,kind,direction,hard_max\nT-R,示例,t,amount,lower,1300"));
        var row = Submitted.Tonnes("45") with { Indicator = "T-R", Unit = "t/d" };

        Assert.Equal(("RNG-1@1", "1305"), checking.OnlyFinding(row with { Period = "2024-02" }) is var finding ? (finding.Rule, finding.Observed) : default); // G2
        checking.Taken(row with { Period = "2023-02" });
        Assert.Equal("1305", checking.OnlyFinding(row with { Period = "2024-02" }).Observed); // from the table of conversions
    }

    [Fact]
    public void RNG_2_a_value_outside_the_soft_range_is_taken_with_a_warning()
    {
        var (observation, findings) = Checking.BuiltIn.Check(Submitted.Rate("106.01"));

        Assert.Equal("106.01", observation!.Value.ToString());
        Assert.Equal(("RNG-2@1", Severity.Warning, "<= 100"), Assert.Single(findings) is var finding ? (finding.Rule, finding.Severity, finding.Expected) : default);
    }

    /// <summary>G16: 万无废组〔2024〕1号 asks for 444 t and for 91 %.</summary>
    [Fact]
    public void ARI_1_a_stated_ratio_far_from_its_parts_is_an_error()
    {
        var finding = Checking.BuiltIn.OnlyFinding(Submitted.Rate("91", "444", "600"));

        Assert.Equal(("ARI-1@1", Severity.Error, "value", "91", "74", "± 0.5"), (finding.Rule, finding.Severity, finding.Field, finding.Observed, finding.Expected, finding.Tolerance));
    }

    [Fact]
    public void ARI_1_a_stated_ratio_that_rounds_from_its_parts_is_consistent() => Checking.BuiltIn.Taken(Submitted.Rate("91.0", "444", "487.9"));

    [Theory]
    [InlineData("74.5", "745", "1000", null)]
    [InlineData("74", "745", "1000", null)]
    [InlineData("74.0", "745", "1000", Severity.Warning)]
    [InlineData("75.5", "745", "1000", Severity.Warning)]
    [InlineData("75.6", "745", "1000", Severity.Error)]
    [InlineData("66.666666666667", "2", "3", null)]
    [InlineData("66.666666666666", "2", "3", Severity.Warning)]
    public void ARI_1_tolerates_half_a_unit_of_the_last_place_and_warns_up_to_one_point(string value, string numerator, string denominator, Severity? severity)
    {
        var (observation, findings) = Checking.BuiltIn.Check(Submitted.Rate(value, numerator, denominator));

        Assert.Equal(severity is { } given ? [given] : [], findings.Select(finding => finding.Severity));
        Assert.Equal(severity is not Severity.Error, observation is not null);
    }

    [Fact]
    public void ARI_1_compares_an_intensity_in_the_rate_that_it_is_stated_as()
    {
        // 365000 t of 10*6 persons in 2023 are 1000 kg a person and year, 1000/365 kg a person and day (示例).
        var checking = Checking.With(Loading.Table(
            CatalogTableKind.Indicators,
            "code,name_zh,unit,kind,direction,numerator_unit,denominator_unit\nT-I,示例,kg/{person},intensity,lower,t,10*6.{person}"));
        var row = Submitted.Rate("1", "365000", "1") with { Indicator = "T-I", Unit = "kg/({person}.d)" };

        checking.Taken(row);
        Assert.Equal(("ARI-1@1", "1"), checking.OnlyFinding(row with { Value = "1.10" }) is var finding ? (finding.Rule, finding.Expected) : default);
    }

    [Fact]
    public void ARI_1_compares_in_the_unit_of_the_value() =>
        Assert.Equal("0.74", Checking.BuiltIn.OnlyFinding(Submitted.Rate("0.91", "444", "600") with { Unit = "1" }).Expected);

    [Fact]
    public void A_finding_keeps_its_fingerprint_wherever_the_row_stands_and_changes_it_with_the_value()
    {
        SubmittedRow bad = Submitted.Rate("91", "444", "600");
        var first = Assert.Single(Checking.BuiltIn.Check(bad, offset: 3).Findings);
        var again = Assert.Single(Checking.With().Check(bad, offset: 70).Findings);

        Assert.Equal(first.Fingerprint, again.Fingerprint);
        foreach (var other in new[] { bad with { Value = "92" }, bad with { Period = "2022" }, bad with { Scope = "RURAL" }, bad with { Indicator = "ZW21-20" } })
            Assert.NotEqual(first.Fingerprint, Checking.BuiltIn.OnlyFinding(other).Fingerprint);
        Assert.NotEqual(first.Fingerprint, Checking.BuiltIn.OnlyFinding(bad with { Value = "9,1", Numerator = "", Denominator = "" }).Fingerprint);
    }

    [Theory]
    [InlineData(Severity.Info, false)]
    [InlineData(Severity.Warning, false)]
    [InlineData(Severity.Error, true)]
    [InlineData(Severity.Blocker, true)]
    public void Errors_and_blockers_refuse_a_row(Severity severity, bool refuses) =>
        Assert.Equal(refuses, new Finding { Rule = "", Severity = severity, MessageZh = "", MessageEn = "", Fingerprint = "" }.Refuses);
}
