using WasteFree.Exchange.Catalog;
using Xunit;

namespace WasteFree.Exchange.Tests.Catalog;

public sealed class NearestNamesTests
{
    private static readonly CatalogSnapshot Catalogue = CatalogReader.Read(1, Loading.BuiltIn);

    [Theory]
    [InlineData("ZW21-91", "ZW21-19 秸秆综合利用率")]
    [InlineData("zw21-19", "ZW21-19 秸秆综合利用率")]
    [InlineData("秸杆综合利用率", "ZW21-19 秸秆综合利用率")]
    [InlineData("农作物秸秆综合利用率", "ZW21-19 秸秆综合利用率")]
    [InlineData("Crop straw utilisation rate", "ZW21-19 秸秆综合利用率")]
    [InlineData("农膜回收", "ZW21-21 农膜回收率")]
    public void A_slip_in_a_code_or_name_of_an_indicator_leads_to_it(string text, string expected) =>
        Assert.Contains(expected, Catalogue.NearestIndicators(text, 3));

    [Theory]
    [InlineData("万州", "500101 万州区")]
    [InlineData("重庆市万州区", "500101 万州区")]
    [InlineData("500011", "500101 万州区")]
    [InlineData("Wan zhou", "500101 万州区")]
    public void A_slip_in_a_code_or_name_of_a_region_leads_to_it(string text, string expected) =>
        Assert.Contains(expected, Catalogue.NearestRegions(text, 3));

    [Fact]
    public void The_nearest_comes_first_and_no_more_than_asked_for()
    {
        Assert.Equal(["ZW21-20 畜禽粪污综合利用率"], Catalogue.NearestIndicators("畜禽粪便综合利用率", 1));
        Assert.Equal(5, Catalogue.NearestIndicators("ZW21-99", 5).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("完全无关的一段文字")]
    public void What_is_near_to_nothing_leads_to_nothing(string text) => Assert.Empty(Catalogue.NearestIndicators(text, 3));

    [Fact]
    public void An_indicator_of_two_versions_is_suggested_once()
    {
        var load = Loading.Load(CatalogTableKind.Indicators, "code,name_zh,unit,kind,direction,version\nZW21-19,秸秆利用率（新）,%,ratio,higher,2.0");
        var catalogue = CatalogReader.Read(2, Loading.After(load, Loading.BuiltIn));

        Assert.Equal(["ZW21-19 秸秆利用率（新）"], catalogue.NearestIndicators("ZW21-19", 1));
        Assert.Single(catalogue.NearestIndicators("ZW21-19", 100), answer => answer.StartsWith("ZW21-19 ", StringComparison.Ordinal));
    }
}
