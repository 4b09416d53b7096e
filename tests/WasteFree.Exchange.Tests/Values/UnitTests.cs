using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Values;

public sealed class UnitTests
{
    [Theory]
    [InlineData("12.5", "10*4.t", "t", "125000")] // G2
    [InlineData("12.5", "10^4.t", "t", "125000")]
    [InlineData("0.09", "t/(10*4.{CNY})", "g/{CNY}", "9")] // G2
    [InlineData("73.2", "%", "1", "0.732")] // G2
    [InlineData("0.732", "1", "%", "73.2")]
    [InlineData("5", "[ppth]", "%", "0.5")]
    [InlineData("1", "t", "kg", "1000")]
    [InlineData("1", "t", "Mg", "1")]
    [InlineData("2500", "mg", "g", "2.5")]
    [InlineData("3", "m3", "L", "3000")]
    [InlineData("3", "L", "l", "3")]
    [InlineData("1", "km2", "har", "100")]
    [InlineData("1", "har", "m2", "10000")]
    [InlineData("1", "kW.h", "MJ", "3.6")]
    [InlineData("1", "t/h", "t/d", "24")]
    [InlineData("1", "t/wk", "t/d", "0.142857142857")]
    [InlineData("1", "/min", "/s", "0.016666666667")]
    [InlineData("1", "t.m-3", "kg/m3", "1000")]
    [InlineData("1", "/m3.t", "t/m3", "1")] // a leading slash divides by the first component only
    [InlineData("1", "mg/kg", "[ppm]", "1")]
    [InlineData("1", "kg/({person}.d)", "g/{person}/d", "1000")]
    [InlineData("1", "10*-2", "%", "1")]
    [InlineData("1", "10*+3.kg", "t", "1")]
    [InlineData("7", "12.{unit}/{unit}", "1", "84")]
    [InlineData("1", "m/(s/(s/m))", "1", "1")]
    public void A_value_is_converted_exactly(string value, string from, string to, string expected)
    {
        Assert.True(ExactDecimal.TryParse(value, out var number));
        Assert.True(Of(from).TryConvert(number.ToRational(), Of(to), out var result));
        Assert.Equal(expected, result.ToDecimalText());
    }

    [Theory]
    [InlineData("m3", "t")] // G2: no density, no conversion
    [InlineData("t/a", "t/d")] // UCUM's year of 365.25 days is not the calendar's
    [InlineData("t/mo", "t/d")]
    [InlineData("t/a", "t/mo")]
    [InlineData("{person}", "{unit}")]
    [InlineData("{person}", "1")]
    [InlineData("{CNY}", "{USD}")]
    [InlineData("{CNY}", "{cny}")]
    [InlineData("t{dry}", "t")]
    [InlineData("t{dry}", "t{wet}")]
    [InlineData("%", "t")]
    [InlineData("t/10*4.{CNY}", "t/(10*4.{CNY})")] // from left to right: the first is tonnes times yuan
    [InlineData("m2", "m3")]
    public void Units_of_different_things_are_not_converted(string from, string to)
    {
        Assert.False(Of(from).IsCommensurable(Of(to)));
        Assert.False(Of(from).TryConvert(1, Of(to), out var result));
        Assert.Equal(Rational.Zero, result);
    }

    [Theory]
    [InlineData("t{dry}/a", "kg{dry}/a")]
    [InlineData("{CNY}.t", "t.{CNY}")]
    [InlineData("kg.{a}/{b}", "kg/{b}.{a}")]
    [InlineData("t.d/d", "t")]
    public void Units_of_the_same_thing_are_commensurable_in_any_spelling(string from, string to) =>
        Assert.True(Of(from).IsCommensurable(Of(to)));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("t ")]
    [InlineData("吨")]
    [InlineData("万吨")]
    [InlineData("T")] // case-sensitive: no tesla here
    [InlineData("KG")]
    [InlineData("Kg")]
    [InlineData("ha")] // an hecto-year; the hectare is har
    [InlineData("kmin")] // takes no prefix
    [InlineData("k%")]
    [InlineData("kkg")]
    [InlineData("k")]
    [InlineData("ton")]
    [InlineData("CNY")] // currency is no UCUM unit; it is written {CNY}
    [InlineData("t.")]
    [InlineData(".t")]
    [InlineData("t//d")]
    [InlineData("//d")]
    [InlineData("/")]
    [InlineData("t..d")]
    [InlineData("(t")]
    [InlineData("t)")]
    [InlineData("()")]
    [InlineData("(t)2")]
    [InlineData("m0")]
    [InlineData("m+")]
    [InlineData("m-")]
    [InlineData("m 3")]
    [InlineData("m³")]
    [InlineData("m３")]
    [InlineData("10*100")] // an exponent has two digits
    [InlineData("0.t")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("12{unit}")] // a number takes no annotation
    [InlineData("{}")]
    [InlineData("{a b}")]
    [InlineData("{家}")]
    [InlineData("{a{b}}")]
    [InlineData("{a")]
    [InlineData("a}")]
    [InlineData("{person}2")]
    [InlineData("{a}{b}")]
    [InlineData("[ppth")]
    [InlineData("[unknown]")]
    [InlineData("t\u0000")]
    public void What_is_no_unit_of_the_field_is_refused(string text)
    {
        Assert.False(Unit.TryParse(text, out var unit));
        Assert.Null(unit);
    }

    [Fact]
    public void A_unit_longer_than_the_cap_is_refused()
    {
        Assert.True(Unit.TryParse(new string('(', 31) + "kg" + new string(')', 31), out _));
        Assert.False(Unit.TryParse("{" + new string('x', 63) + "}", out _));
    }

    [Fact]
    public void The_code_comes_back_as_written() => Assert.Equal("10*4.t", Of("10*4.t").Code);

    [Fact]
    public void Every_unit_of_the_field_is_known()
    {
        string[] units = ["%", "1", "10*4.{CNY}", "t", "t/(10*4.{CNY})", "{enterprise}", "{item}", "{list}", "{outlet}", "{person}", "{unit}", "t/a", "kg/({person}.d)"];
        Assert.All(units, unit => Assert.True(Unit.TryParse(unit, out _), unit));
    }

    [Fact]
    public void Conversion_there_and_back_gives_the_same_quantity()
    {
        string[] masses = ["mg", "g", "kg", "t", "10*4.t", "Mt", "7.kg", "J.s2/m2"];
        foreach (var from in masses)
        {
            foreach (var to in masses)
            {
                var value = new Rational(22, 7);
                Assert.True(Of(from).TryConvert(value, Of(to), out var there));
                Assert.True(Of(to).TryConvert(there, Of(from), out var back));
                Assert.Equal(value, back);
            }
        }
    }

    private static Unit Of(string text) => Unit.TryParse(text, out var unit) ? unit : throw new ArgumentException(text);
}
