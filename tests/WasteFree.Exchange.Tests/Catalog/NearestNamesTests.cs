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
    [InlineData("重庆市万州", "500101 万州区")]
    [InlineData("500011", "500101 万州区")]
    [InlineData("Wan zhou", "500101 万州区")]
    public void A_slip_in_a_code_or_name_of_a_region_leads_to_it(string text, string expected) =>
        Assert.Contains(expected, Catalogue.NearestRegions(text, 3));

    [Theory]
    [InlineData("开县", "500154 开州区（原 开县）")]
    [InlineData("開縣", "500154 开州区（原 开县）")]
    [InlineData("500234", "500154 开州区（原 500234）")]
    [InlineData("５００１０１", "500101 万州区")]
    [InlineData("萬州區", "500101 万州区")]
    [InlineData("万 州　区", "500101 万州区")]
    [InlineData("万州\u200B区", "500101 万州区")]
    [InlineData("ＷＡＮＺＨＯＵ", "500101 万州区")]
    [InlineData("cqx–wzjk", "CQX-WZJK 万州经济技术开发区")]
    [InlineData("萬州經濟技術開發區", "CQX-WZJK 万州经济技术开发区")]
    public void Another_spelling_or_an_earlier_code_or_name_of_a_region_leads_to_it_alone(string text, string expected) =>
        Assert.Equal([expected], Catalogue.NearestRegions(text, 3));

    [Theory]
    [InlineData("ＺＷ２１－１９", "ZW21-19 秸秆综合利用率")]
    [InlineData("秸稈綜合利用率", "ZW21-19 秸秆综合利用率")]
    [InlineData("ZW21 - 19", "ZW21-19 秸秆综合利用率")]
    public void Another_spelling_of_an_indicator_leads_to_it_alone(string text, string expected) =>
        Assert.Equal([expected], Catalogue.NearestIndicators(text, 3));

    [Theory]
    [InlineData("ｈｗ０８", "HW08 ")]
    [InlineData("hw08", "HW08 ")]
    [InlineData("無廢醫院", "CELL")]
    public void Another_spelling_of_a_category_leads_to_it(string text, string expected) =>
        Assert.StartsWith(expected, Catalogue.NearestCategories(text, 3)[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("万州", "500101 万州区")]
    [InlineData("万州县", "500101 万州区")]
    [InlineData("广安区", "511600 广安市")]
    public void A_name_without_its_kind_of_place_or_with_another_leads_to_it(string text, string expected) =>
        Assert.Equal(expected, Catalogue.NearestRegions(text, 3)[0]);

    [Fact]
    public void Halves_of_surrogate_pairs_and_long_texts_lead_nowhere_and_harm_nothing()
    {
        Assert.Empty(Catalogue.NearestRegions("\uD800", 3));
        Assert.Empty(Catalogue.NearestRegions(new string('\uDC00', 10_000), 3));
        Assert.Empty(Catalogue.NearestRegions(new string('ﷺ', 10_000), 3)); // each is eighteen characters in its compatible form
    }

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
