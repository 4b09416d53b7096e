using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Catalog;

/// <summary>Units as Chinese tables write them.</summary>
public sealed class UnitNamesTests
{
    [Theory]
    [InlineData("吨", "t")]
    [InlineData("万吨", "10*4.t")]
    [InlineData("亿吨", "10*8.t")]
    [InlineData("千吨", "10*3.t")]
    [InlineData("万 吨", "10*4.t")]
    [InlineData("噸", "t")]
    [InlineData("萬噸", "10*4.t")]
    [InlineData("億元", "10*8.{CNY}")]
    [InlineData("畝", "2000/3.m2")]
    [InlineData("噸/萬元", "t/(10*4.{CNY})")]
    [InlineData("千克", "kg")]
    [InlineData("公斤", "kg")]
    [InlineData("％", "%")]
    [InlineData("﹪", "%")]
    [InlineData("‰", "[ppth]")]
    [InlineData("元", "{CNY}")]
    [InlineData("万元", "10*4.{CNY}")]
    [InlineData("亿元", "10*8.{CNY}")]
    [InlineData("人", "{person}")]
    [InlineData("万人", "10*4.{person}")]
    [InlineData("平方米", "m2")]
    [InlineData("万平方米", "10*4.m2")]
    [InlineData("立方米", "m3")]
    [InlineData("万立方米", "10*4.m3")]
    [InlineData("m³", "m3")]
    [InlineData("㎡", "m2")]
    [InlineData("万m³", "10*4.m3")]
    [InlineData("万t", "10*4.t")]
    [InlineData("ｔ", "t")]
    [InlineData("升", "L")]
    [InlineData("公顷", "har")]
    [InlineData("万公顷", "10*4.har")]
    [InlineData("亩", "2000/3.m2")]
    [InlineData("万亩", "10*4.(2000/3.m2)")]
    [InlineData("千瓦时", "kW.h")]
    [InlineData("万千瓦时", "10*4.kW.h")]
    [InlineData("亿kWh", "10*8.kW.h")]
    [InlineData("吨/年", "t/a")]
    [InlineData("吨／日", "t/d")]
    [InlineData("吨每日", "t/d")]
    [InlineData("万吨/年", "10*4.t/a")]
    [InlineData("吨/万元", "t/(10*4.{CNY})")]
    [InlineData("千克/人·日", "kg/({person}.d)")]
    [InlineData("千克/（人·天）", "kg/({person}.d)")]
    [InlineData("千克/人/日", "kg/{person}/d")]
    [InlineData("kg/人·d", "kg/({person}.d)")]
    [InlineData("元/吨", "{CNY}/t")]
    [InlineData("千克/亩", "kg/(2000/3.m2)")]
    [InlineData("t", "t")]
    [InlineData("10*4.t", "10*4.t")]
    [InlineData("kg/({person}.d)", "kg/({person}.d)")]
    public void A_name_is_that_of_a_UCUM_unit(string name, string code)
    {
        Assert.True(UnitNames.TryFind(name, own: "", out var found));
        Assert.Equal(code, found);
    }

    [Theory]
    [InlineData("个", "{unit}", "{unit}")]
    [InlineData("家", "{enterprise}", "{enterprise}")]
    [InlineData("家", "{unit}", "{unit}")]
    [InlineData("项", "{item}", "{item}")]
    [InlineData("万头", "{head}", "10*4.{head}")]
    [InlineData("吨/家", "t/{enterprise}", "t/{enterprise}")]
    [InlineData("个/万人", "{outlet}/(10*4.{person})", "{outlet}/(10*4.{person})")]
    public void A_counting_word_stands_for_what_the_definition_counts(string name, string own, string code)
    {
        Assert.True(UnitNames.TryFind(name, own, out var found));
        Assert.Equal(code, found);
    }

    [Theory]
    [InlineData("个", "t")]
    [InlineData("家", "{person}")]
    [InlineData("家", "10*4.{CNY}")]
    [InlineData("个", "%")]
    [InlineData("个", "{list}/{unit}")] // which of the two?
    public void A_counting_word_stands_for_nothing_where_nothing_is_counted(string name, string own)
    {
        Assert.False(UnitNames.TryFind(name, own, out _));
        Assert.False(UnitNames.TryFind(name, own: "", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("万")]
    [InlineData("顿")]
    [InlineData("美元")]
    [InlineData("吨标准煤")]
    [InlineData("吨/")]
    [InlineData("/吨")]
    [InlineData("吨//日")]
    [InlineData("吨·")]
    [InlineData("万万吨")]
    [InlineData("吨\u200b")]
    [InlineData("𠀋")]
    [InlineData("ton")]
    [InlineData("T")]
    [InlineData("人次")]
    public void What_names_no_unit_is_said_to_be_none(string text)
    {
        Assert.False(UnitNames.TryFind(text, own: "", out var code));
        Assert.Null(code);
    }

    [Fact]
    public void Every_name_of_the_table_reads_and_an_amount_in_it_converts_exactly()
    {
        foreach (var (word, kind, code) in BuiltInCatalog.UnitNames.Where(word => word.Kind != "count"))
        {
            var name = kind == "power" ? word + "吨" : "万" + word;
            Assert.True(UnitNames.TryFind(name, own: "", out var found), name);
            var counted = code.Contains('/', StringComparison.Ordinal) ? $"({code})" : code;
            Assert.Equal(kind == "power" ? $"{code}.t" : $"10*4.{counted}", found);
        }
    }

    [Fact]
    public void A_mu_is_the_fifteenth_part_of_a_hectare()
    {
        Assert.True(UnitNames.TryFind("亩", "", out var mu) && Unit.TryParse(mu, out var from) && Unit.TryParse("har", out var to) && from.TryConvert(15, to, out var hectares) && hectares == 1);
    }

    [Fact]
    public void Nonsense_of_any_length_names_no_unit()
    {
        var random = new Random(7);
        const string Letters = "吨万亿千克人日/·.()（）%m³*10{}[]每 \ud83d\ude00"; // halves of a pair, too
        for (var run = 0; run < 20_000; run++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => Letters[random.Next(Letters.Length)]));
            if (UnitNames.TryFind(text, "", out var code)) Assert.True(Unit.TryParse(code, out _), text);
        }
    }
}
