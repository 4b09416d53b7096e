using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Tests.Catalog;
using WasteFree.Exchange.Tests.Ingest;
using WasteFree.Exchange.Validation;
using Xunit;

namespace WasteFree.Exchange.Tests.Validation;

/// <summary>STR-5 and TIM-2: which periods a definition takes, and what a number of one that is not over is worth.</summary>
public sealed class PeriodRuleTests
{
    [Theory]
    [InlineData("ZW21-19", "2024-03-01", "A S Q M", "2024-03")]
    [InlineData("ZW21-19", "2024-03-15", "A S Q M", "2024-03")]
    [InlineData("ZW21-58", "2024-W05", "A S Q M", "2024")]
    [InlineData("ZW21-39", "2024-01-01", "A S Q M", "2024-01")]
    [InlineData("ZW21-41", "2024-W05", "A S Q M", "2024")]
    [InlineData("WZ24-07-3", "2024-03-31", "A S Q M", "2024-03")]
    [InlineData("ZW21-45", "2024-03-31", "A S Q M", "2024-03")]
    [InlineData("ZW21-23", "2024-03", "A", "2024")]
    [InlineData("ZW21-27", "2024-Q1", "A", "2024")]
    [InlineData("AUX-POP", "2024-01-01", "A", "2024")]
    [InlineData("AUX-GDP", "2024-01", "A S Q", "2024-Q1")]
    public void STR_5_a_day_or_week_of_a_yearly_indicator_is_refused_and_the_longer_period_is_named(string indicator, string period, string taken, string longer)
    {
        var finding = Checking.BuiltIn.OnlyFinding(Of(indicator, period));

        Assert.Equal(("STR-5@1", Severity.Blocker, "period", period, taken), (finding.Rule, finding.Severity, finding.Field, finding.Observed, finding.Expected));
        Assert.Contains(longer, finding.MessageEn, StringComparison.Ordinal);
        Assert.Contains(longer, finding.MessageZh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024")]
    [InlineData("2024-W05")]
    [InlineData("2024-04")]
    public void STR_5_an_event_is_reported_in_the_period_of_its_day(string period)
    {
        var finding = Checking.BuiltIn.OnlyFinding(Of("WZ24-04-1", period));

        Assert.Equal(("STR-5@1", Severity.Blocker, "period", "D"), (finding.Rule, finding.Severity, finding.Field, finding.Expected));
        Assert.Contains("2024-04-09", finding.MessageEn, StringComparison.Ordinal);
        Checking.BuiltIn.Taken(Of("WZ24-04-1", "2024-04-01"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    public void STR_5_an_event_is_a_day_whatever_its_definition_lists(string listed)
    {
        var checking = Checking.With(Loading.Table(
            CatalogTableKind.Indicators, $"code,name_zh,unit,kind,direction,frequencies\nT-E,示例,1,event,higher,{listed}\n"));

        checking.Taken(Of("T-E", "2024-04-09"));
        Assert.Equal("STR-5@1", checking.OnlyFinding(Of("T-E", "2023")).Rule);
    }

    [Theory]
    [InlineData("ZW21-19", "2024-03")]
    [InlineData("ZW21-39", "2024-Q1")]
    [InlineData("ZW21-41", "2023-S2")]
    [InlineData("ZW21-01", "2024-03")]
    public void STR_5_the_quotient_number_or_fact_of_a_part_of_the_year_is_taken_with_a_warning(string indicator, string period)
    {
        var (observation, findings) = Checking.BuiltIn.Check(Of(indicator, period));

        Assert.NotNull(observation);
        var finding = Assert.Single(findings);
        Assert.Equal(("STR-5@1", Severity.Warning, "period", period, "A"), (finding.Rule, finding.Severity, finding.Field, finding.Observed, finding.Expected));
    }

    [Theory]
    [InlineData("ZW21-11", "2024-03")]
    [InlineData("ZW21-11", "2024-03-02")]
    [InlineData("HUB-HW-GEN", "2024-W05")]
    [InlineData("HUB-HW-STOCK", "2024-Q1")]
    [InlineData("ZW21-42", "2024-03")]
    public void STR_5_amounts_and_stocks_of_parts_of_the_year_are_taken_as_they_are(string indicator, string period) => Checking.BuiltIn.Taken(Of(indicator, period));

    [Theory]
    [InlineData("2024-03-01", "2024-03")]
    [InlineData("2024-02-29", "2024-02")]
    [InlineData("2024-01-01", "2024-01")]
    public void STR_5_a_day_that_may_be_a_month_is_taken_with_a_warning_where_no_frequency_is_listed(string day, string month)
    {
        var checking = Checking.With(Loading.Table(CatalogTableKind.Indicators, "code,name_zh,unit,kind,direction\nT-ANY,示例,%,ratio,higher\n"));

        var (observation, findings) = checking.Check(Of("T-ANY", day));

        Assert.Equal(day, observation!.Period.ToString());
        Assert.Equal(("STR-5@1", Severity.Warning), Assert.Single(findings) is var finding ? (finding.Rule, finding.Severity) : default);
        Assert.StartsWith(month, findings[0].Expected, StringComparison.Ordinal);
        Assert.Contains(month, findings[0].MessageZh, StringComparison.Ordinal);
        checking.Taken(Of("T-ANY", "2024-03-02"));
        checking.Taken(Of("T-ANY", month));
    }

    [Theory]
    [InlineData("HUB-HW-GEN", "2024-03-01")]
    [InlineData("ZW21-11", "2024-03-31")]
    [InlineData("WZ24-04-1", "2024-03-01")]
    public void STR_5_a_day_is_a_day_where_days_are_listed_and_of_an_event(string indicator, string day) => Checking.BuiltIn.Taken(Of(indicator, day));

    [Fact]
    public void STR_5_repeats_the_period_as_it_was_sent() =>
        Assert.Equal("2024-D061", Checking.BuiltIn.OnlyFinding(Of("ZW21-19", "2024-D061")).Observed);

    [Fact]
    public void STR_5_every_built_in_indicator_says_its_frequencies()
    {
        foreach (var indicator in CatalogReader.Read(1, Loading.BuiltIn).Indicators)
            Assert.True(indicator.Frequencies.Count > 0, indicator.Code);
    }

    // The clock of these tests stands at the end of 2024-06-30 in China.
    [Theory]
    [InlineData("HUB-HW-STOCK", "2024")]
    [InlineData("AUX-POP", "2024")]
    [InlineData("ZW21-19", "2024")]
    [InlineData("ZW21-01", "2024")]
    [InlineData("ZW21-41", "2024")]
    [InlineData("ZW21-39", "2024")]
    [InlineData("HUB-HW-GEN", "2024-S1")]
    [InlineData("HUB-HW-GEN", "2024-Q2")]
    [InlineData("HUB-HW-GEN", "2024-06")]
    [InlineData("HUB-HW-GEN", "2024-W26")]
    public void TIM_2_a_number_of_a_period_that_is_not_over_is_taken_with_a_warning(string indicator, string period)
    {
        var (observation, findings) = Checking.BuiltIn.Check(Of(indicator, period));

        Assert.NotNull(observation);
        var finding = Assert.Single(findings);
        Assert.Equal(("TIM-2@1", Severity.Warning, "period", period, "<= 2024-06-30"), (finding.Rule, finding.Severity, finding.Field, finding.Observed, finding.Expected));
    }

    [Fact]
    public void TIM_2_a_period_is_over_when_its_last_day_has_ended_in_China()
    {
        var half = Of("HUB-HW-GEN", "2024-S1");

        Assert.Equal("TIM-2@1", Checking.BuiltIn.OnlyFinding(half).Rule);
        Checking.At(new DateTimeOffset(2024, 6, 30, 16, 0, 0, TimeSpan.Zero)).Taken(half);
    }

    [Theory]
    [InlineData("P", true)]
    [InlineData("E", true)]
    [InlineData("F", true)]
    [InlineData("A", false)]
    [InlineData("U", false)]
    public void TIM_2_a_number_that_is_marked_as_not_final_needs_no_warning(string status, bool silent) =>
        Assert.Equal(silent ? [] : ["TIM-2@1"], Checking.BuiltIn.Check(Of("ZW21-19", "2024") with { Status = [status] }).Findings.Select(finding => finding.Rule));

    [Theory]
    [InlineData("O")]
    [InlineData("M")]
    [InlineData("J")]
    public void TIM_2_a_status_without_number_needs_no_warning(string status) =>
        Checking.BuiltIn.Taken(Of("ZW21-19", "2024") with { Value = "", Status = [status] });

    [Fact]
    public void TIM_2_sees_a_number_that_is_made_of_parts() =>
        Assert.Equal("TIM-2@1", Checking.BuiltIn.OnlyFinding(Submitted.Rate("", "9", "10") with { Period = "2024" }).Rule);

    [Fact]
    public void TIM_2_what_happened_today_need_not_wait_and_what_did_not_must()
    {
        Checking.BuiltIn.Taken(Of("WZ24-04-1", "2024-06-30"));
        Assert.Equal("TIM-2@1", Checking.BuiltIn.OnlyFinding(Of("WZ24-04-1", "2024-06-30") with { Value = "0" }).Rule);
    }

    [Fact]
    public void Remarks_on_the_period_are_told_together() =>
        Assert.Equal(
            [("STR-5@1", Severity.Warning), ("TIM-2@1", Severity.Warning)],
            Checking.BuiltIn.Check(Of("ZW21-19", "2024-06")).Findings.Select(finding => (finding.Rule, finding.Severity)));

    private static SubmittedRow Of(string indicator, string period) => Submitted.Tonnes("1") with { Indicator = indicator, Period = period };
}
