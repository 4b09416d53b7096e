using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Tests.Catalog;
using WasteFree.Exchange.Tests.Ingest;
using WasteFree.Exchange.Validation;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Validation;

/// <summary>MSG-2, STR-1, STR-5, DEF-1 and UNIT-1: what a row names must exist, be in force and be the sender's.</summary>
public sealed class CodeRuleTests
{
    [Fact]
    public void A_good_row_is_resolved_with_every_default_filled_in()
    {
        var row = Checking.BuiltIn.Taken(Submitted.Rate("90.10"));

        Assert.Equal(("500101", "ZW21-21", "1.0", Scope.Whole, "_T", "2023"), (row.Region, row.Indicator, row.Version, row.Scope, row.Category, row.Period.ToString()));
        Assert.Equal(("90.10", "%", StatusSet.Normal, Confidentiality.Free), (row.Value.ToString(), row.Unit, row.Status, row.Confidentiality));
        Assert.Equal((null, null, null), (row.Note, row.CollectionMethod, row.Evidence));
    }

    [Fact]
    public void MSG_2_an_organisation_reports_for_its_own_regions_only()
    {
        var finding = Checking.BuiltIn.OnlyFinding(Submitted.Rate("90") with { Region = "510100" });

        Assert.Equal(("MSG-2@1", Severity.Blocker, "region", "510100", "500101 CQX-WZJK"), (finding.Rule, finding.Severity, finding.Field, finding.Observed, finding.Expected));
    }

    [Fact]
    public void MSG_2_an_organisation_with_mandates_reports_only_what_they_cover()
    {
        var checking = Checking.With(
            Loading.Table(CatalogTableKind.Organizations, "id,name_zh,kind,regions\nwanzhou,示例,district,*\n"));

        Assert.Equal("MSG-2@1", checking.OnlyFinding(Submitted.Rate("90") with { Region = "510100" }).Rule);
        checking.Taken(Submitted.Rate("90"));
    }

    [Theory]
    [InlineData("2024-06-30", true)]
    [InlineData("2024-07-01", false)]
    [InlineData("2024", true)]
    [InlineData("2024-Q2", true)]
    [InlineData("2024-Q3", false)]
    [InlineData("2025", false)]
    public void MSG_2_a_period_that_has_not_begun_in_China_is_refused(string period, bool taken)
    {
        // 2024-06-30T15:59:59Z is the last second of June in China.
        var (observation, findings) = Checking.BuiltIn.Check(Generated(period));

        Assert.Equal(taken, observation is not null);
        if (!taken) Assert.Equal(("MSG-2@1", "period"), (Assert.Single(findings).Rule, findings[0].Field));
    }

    [Fact]
    public void MSG_2_a_day_begins_at_midnight_in_China()
    {
        var row = Event("2024-07-01");

        Assert.Equal("MSG-2@1", Checking.BuiltIn.OnlyFinding(row).Rule);
        Checking.At(new DateTimeOffset(2024, 6, 30, 16, 0, 0, TimeSpan.Zero)).Taken(row);
    }

    [Theory]
    [InlineData("2021-W53")]
    [InlineData("2024-13")]
    [InlineData("2023-02-29")]
    [InlineData("2024-Q5")]
    [InlineData("24")]
    [InlineData("2024/03")]
    [InlineData("２０２３")]
    public void STR_5_a_period_must_exist(string period)
    {
        var finding = Checking.BuiltIn.OnlyFinding(Submitted.Rate("90") with { Period = period });

        Assert.Equal(("STR-5@1", Severity.Blocker, "period", period), (finding.Rule, finding.Severity, finding.Field, finding.Observed));
    }

    [Fact]
    public void STR_5_a_frequency_that_the_definition_does_not_take_is_refused()
    {
        var checking = Checking.With(Loading.Table(
            CatalogTableKind.Indicators, "code,name_zh,unit,kind,direction,frequencies\nT-A,示例,t,amount,lower,A Q\n"));

        checking.Taken(Submitted.Tonnes("1") with { Indicator = "T-A", Period = "2023-Q1" });
        var finding = checking.OnlyFinding(Submitted.Tonnes("1") with { Indicator = "T-A", Period = "2023-05" });
        Assert.Equal(("STR-5@1", "A Q"), (finding.Rule, finding.Expected));
    }

    [Fact]
    public void STR_1_a_scope_that_the_definition_does_not_take_is_refused()
    {
        var checking = Checking.With(Loading.Table(
            CatalogTableKind.Indicators, "code,name_zh,unit,kind,direction,scopes\nT-U,示例,t,amount,lower,URBAN\n"));

        Assert.Equal(Scope.Urban, checking.Taken(Submitted.Tonnes("1") with { Indicator = "T-U", Scope = "URBAN" }).Scope);
        Assert.Equal(("STR-1@1", "scope", "URBAN"), checking.OnlyFinding(Submitted.Tonnes("1") with { Indicator = "T-U" }) is var f ? (f.Rule, f.Field, f.Expected) : default);
    }

    [Fact]
    public void DEF_1_the_version_is_the_one_in_force_in_the_period()
    {
        var checking = TwoVersions();

        Assert.Equal("1.0", checking.Taken(Submitted.Tonnes("1") with { Indicator = "T-V", Period = "2020" }).Version);
        Assert.Equal("2.0", checking.Taken(Submitted.Tonnes("1") with { Indicator = "T-V", Period = "2021" }).Version);
        Assert.Equal("2.0", checking.Taken(Submitted.Tonnes("1") with { Indicator = "T-V", Version = "2.0", Period = "2022" }).Version);
    }

    [Theory]
    [InlineData("2.0", "2020")]
    [InlineData("1.0", "2021")]
    [InlineData("", "2017")]
    public void DEF_1_a_version_must_be_in_force_in_the_period(string version, string period)
    {
        var finding = TwoVersions().OnlyFinding(Submitted.Tonnes("1") with { Indicator = "T-V", Version = version, Period = period });

        Assert.Equal(("DEF-1@1", Severity.Blocker, "version"), (finding.Rule, finding.Severity, finding.Field));
        Assert.Contains("2.0 [2021", finding.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("m3")]
    [InlineData("{person}")]
    [InlineData("t/{person}")]
    [InlineData("d")]
    [InlineData("tonnes")]
    [InlineData("1 t")]
    public void UNIT_1_a_unit_must_convert_to_the_definitions(string unit)
    {
        var finding = Checking.BuiltIn.OnlyFinding(Submitted.Tonnes("1") with { Unit = unit });

        Assert.Equal(("UNIT-1@1", Severity.Blocker, "unit", unit, "t"), (finding.Rule, finding.Severity, finding.Field, finding.Observed, finding.Expected));
    }

    [Theory]
    [InlineData("kg")]
    [InlineData("10*4.t")]
    [InlineData("g")]
    [InlineData("t/a")]
    [InlineData("kg/d")]
    public void UNIT_1_a_unit_that_converts_is_kept_as_sent(string unit) => Assert.Equal(unit, Checking.BuiltIn.Taken(Submitted.Tonnes("1") with { Unit = unit }).Unit);

    [Fact]
    public void UNIT_1_a_stock_takes_no_rate()
    {
        var row = Submitted.Tonnes("1") with { Indicator = "HUB-HW-STOCK", Unit = "t/d" };

        Assert.Equal(("UNIT-1@1", "t/d"), Checking.BuiltIn.OnlyFinding(row) is var finding ? (finding.Rule, finding.Observed) : default);
    }

    [Fact]
    public void UNIT_1_a_volume_is_a_mass_only_by_a_density_declared_for_it()
    {
        var declaring = Checking.With(Loading.Table(CatalogTableKind.Densities, "indicators,categories,value,unit,source\nHUB-HW-*,HW08,0.9,t/m3,示例"));
        var row = Submitted.Tonnes("1") with { Indicator = "HUB-HW-GEN", Category = "HW08", Unit = "m3" };

        Assert.Equal("m3", declaring.Taken(row).Unit);
        Assert.Equal("m3/d", declaring.Taken(row with { Unit = "m3/d" }).Unit);
        Assert.Equal("UNIT-1@1", declaring.OnlyFinding(row with { Category = "HW09" }).Rule);
        Assert.Equal("UNIT-1@1", Checking.BuiltIn.OnlyFinding(row).Rule);
    }

    [Theory]
    [InlineData("2021-W53", "m3", "STR-5@1 UNIT-1@1")]
    [InlineData("2021-W53", "t/d", "STR-5@1")]
    [InlineData("", "m3", "STR-1@1 UNIT-1@1")]
    public void UNIT_1_is_told_beside_a_period_that_does_not_read(string period, string unit, string rules) =>
        Assert.Equal(rules, string.Join(' ', Checking.BuiltIn.Check(Submitted.Tonnes("1") with { Period = period, Unit = unit }).Findings.Select(finding => finding.Rule)));

    [Fact]
    public void UNIT_1_a_product_of_thousands_of_factors_is_no_unit()
    {
        // Every factor is fine; multiplied out they are a number of millions of digits.
        var unit = string.Concat(Enumerable.Repeat("10*99.", 50_000)) + "t";

        Assert.Equal("UNIT-1@1", Checking.BuiltIn.OnlyFinding(Submitted.Tonnes("1") with { Unit = unit }).Rule);
    }

    private static SubmittedRow Generated(string period) => Submitted.Tonnes("1") with { Indicator = "HUB-HW-GEN", Period = period };

    private static SubmittedRow Event(string day) => Submitted.Tonnes("1") with { Indicator = "WZ24-04-1", Period = day };

    private static Checking TwoVersions() => Checking.With(Loading.Table(
        CatalogTableKind.Indicators,
        "code,version,name_zh,unit,kind,direction,valid_from,valid_to\nT-V,1.0,示例,t,amount,lower,2018,2021\nT-V,2.0,示例,t,amount,lower,2021,\n"));
}
