using System.Reflection;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Values;

/// <summary>The unit table against the values that UCUM publishes in its <c>ucum-essence.xml</c>, and against SI.</summary>
public sealed class UnitFactsTests
{
    [Theory]
    [InlineData("10*", "10", "1")]
    [InlineData("10^", "10", "1")]
    [InlineData("%", "1", "10*-2")]
    [InlineData("[ppth]", "1", "10*-3")]
    [InlineData("[ppm]", "1", "10*-6")]
    [InlineData("J", "1", "(kg.m/s2).m")] // N.m, and N is kg.m/s2
    [InlineData("W", "1", "J/s")]
    [InlineData("l", "1", "dm3")]
    [InlineData("L", "1", "l")]
    [InlineData("ar", "100", "m2")]
    [InlineData("min", "60", "s")]
    [InlineData("h", "60", "min")]
    [InlineData("d", "24", "h")]
    [InlineData("wk", "7", "d")]
    [InlineData("t", "1000", "kg")]
    public void An_atom_has_the_size_that_is_published(string atom, string value, string unit) => AssertEqual(atom, value, unit);

    [Fact]
    public void Every_atom_that_is_not_a_base_unit_or_the_calendar_is_among_the_facts()
    {
        string[] facts =
        [
            .. typeof(UnitFactsTests).GetMethod(nameof(An_atom_has_the_size_that_is_published))!
                .GetCustomAttributes<InlineDataAttribute>().Select(fact => (string)fact.Data[0]!),
        ];
        Assert.Equal(UnitAtoms.Symbols.Except(["g", "m", "s", "mo", "a"]).Order(StringComparer.Ordinal), facts.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Y", 24)]
    [InlineData("Z", 21)]
    [InlineData("E", 18)]
    [InlineData("P", 15)]
    [InlineData("T", 12)]
    [InlineData("G", 9)]
    [InlineData("M", 6)]
    [InlineData("k", 3)]
    [InlineData("h", 2)]
    [InlineData("da", 1)]
    [InlineData("d", -1)]
    [InlineData("c", -2)]
    [InlineData("m", -3)]
    [InlineData("u", -6)]
    [InlineData("n", -9)]
    [InlineData("p", -12)]
    [InlineData("f", -15)]
    [InlineData("a", -18)]
    [InlineData("z", -21)]
    [InlineData("y", -24)]
    public void A_prefix_is_the_power_of_ten_that_is_published(string prefix, int power)
    {
        AssertEqual($"{prefix}g", "1", $"10*{power}.g");
        AssertEqual($"{prefix}J", "1", $"10*{power}.J");
    }

    [Theory]
    [InlineData("har", "10000", "m2")]
    [InlineData("km2", "100", "har")]
    [InlineData("kW.h", "3.6", "MJ")]
    [InlineData("GW.h", "3600", "GJ")]
    [InlineData("m3", "1000", "L")]
    [InlineData("cm3", "1", "mL")]
    [InlineData("kt", "1000000", "kg")]
    [InlineData("Mg", "1", "t")]
    [InlineData("t/m3", "1", "g/cm3")]
    [InlineData("kg/m3", "1", "g/L")]
    [InlineData("mg/L", "1", "g/m3")]
    [InlineData("m3/h", "24", "m3/d")]
    public void A_compound_has_the_size_that_is_known(string unit, string value, string other) => AssertEqual(unit, value, other);

    private static void AssertEqual(string unit, string value, string other)
    {
        Assert.True(ExactDecimal.TryParse(value, out var expected));
        Assert.True(Of(unit).TryConvert(Rational.One, Of(other), out var result));
        Assert.Equal(expected.ToRational(), result);
    }

    private static Unit Of(string text) => Unit.TryParse(text, out var unit) ? unit : throw new ArgumentException(text);
}
