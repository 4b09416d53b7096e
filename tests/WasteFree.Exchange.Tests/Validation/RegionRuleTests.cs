using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Tests.Catalog;
using WasteFree.Exchange.Tests.Ingest;
using WasteFree.Exchange.Validation;
using Xunit;

namespace WasteFree.Exchange.Tests.Validation;

public sealed class RegionRuleTests
{
    private static readonly Checking InChongqing = Checking.At(
        new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
        Loading.Table(CatalogTableKind.Organizations, "id,name_zh,regions\nwanzhou,万州（示例）,*"),
        Loading.Table(CatalogTableKind.Mandates, "organization,indicators,regions\nwanzhou,*,*"));

    [Theory]
    [InlineData("500105", "2026", "500157 两江新区", "500105 江北区已于 2025-11-06 撤销，由 500157 两江新区 承继")]
    [InlineData("500112", "2025-12", "500157 两江新区、500109 北碚区", "由 500157 两江新区、500109 北碚区 承继")]
    [InlineData("500112", "2025-11-06", "500157 两江新区、500109 北碚区", "2025-11-06")]
    [InlineData("500157", "2024", "[2025-11-06, …)", "自 2025-11-06 起设立，此前为 500105 江北区、500112 渝北区、CQX-LJXQ 两江新区")]
    [InlineData("500157", "2025-11-05", "[2025-11-06, …)", "2025-11-06")]
    [InlineData("500110", "2010", "[2011-10-22, …)", "自 2011-10-22 起设立，此前该代码指万盛区")]
    public void A_region_outside_its_time_is_refused_and_what_was_before_or_after_is_named(string region, string period, string expected, string words)
    {
        var (observation, findings) = Check(region, period);
        Assert.Null(observation);
        var finding = Assert.Single(findings);
        Assert.Equal(("GEO-2@1", Severity.Blocker, "region", region), (finding.Rule, finding.Severity, finding.Field, finding.Observed));
        Assert.Equal(expected, finding.Expected);
        Assert.Contains(words, finding.MessageZh, StringComparison.Ordinal);
        Assert.Contains(period, finding.MessageEn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500105", "2025")]
    [InlineData("500157", "2025-Q4")]
    [InlineData("500110", "2011")]
    public void A_period_that_spans_the_change_is_taken_with_a_warning(string region, string period)
    {
        var (observation, findings) = Check(region, period);
        Assert.NotNull(observation);
        var finding = Assert.Single(findings);
        Assert.Equal(("GEO-2@1", Severity.Warning), (finding.Rule, finding.Severity));
    }

    [Theory]
    [InlineData("500105", "2024")]
    [InlineData("500105", "2025-11-05")]
    [InlineData("500157", "2025-11-06")]
    [InlineData("500157", "2025-12")]
    [InlineData("500110", "2012")]
    [InlineData("500154", "2015")] // 开县 was the same ground
    public void A_region_within_its_time_is_taken(string region, string period)
    {
        var (observation, findings) = Check(region, period);
        Assert.NotNull(observation);
        Assert.Empty(findings);
    }

    [Fact]
    public void An_unknown_category_leads_to_the_nearest_that_the_indicator_takes()
    {
        var (_, findings) = InChongqing.Check(Submitted.Row(_ => "") with { Region = "500101", Indicator = "HUB-HW-GEN", Category = "ｈｗ08", Period = "2024", Value = "1" });
        Assert.Contains("Nearest: HW08 ", Assert.Single(findings).MessageEn, StringComparison.Ordinal);
    }

    private static (Exchange.Values.Observation? Observation, List<Finding> Findings) Check(string region, string period) =>
        InChongqing.Check(Submitted.Row(_ => "") with { Region = region, Indicator = "HUB-HW-GEN", Period = period, Value = "1" });
}
