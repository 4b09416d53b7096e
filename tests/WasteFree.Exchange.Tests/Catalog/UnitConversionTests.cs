using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Catalog;

public sealed class UnitConversionTests
{
    private const string Flow = "FLOW";
    private const string Store = "STORE";
    private const string Share = "SHARE";

    /// <summary>Leachate weighs 1.02 t/m3, food waste 0.65 t/m3 (示例, illustrative).</summary>
    private static readonly CatalogSnapshot Catalog = Declaring(
        Weighs("LEACHATE", "*", "1.02", "t/m3"),
        Weighs("WASTE-*", "FOOD", "650", "kg/m3"));

    [Theory]
    [InlineData("12.5", "10*4.t", "t", "125000")] // G2
    [InlineData("0.09", "t/(10*4.{CNY})", "g/{CNY}", "9")] // G2
    [InlineData("73.2", "%", "1", "0.732")] // G2
    [InlineData("1", "t/a", "kg/a", "1000")]
    [InlineData("2", "kW.h", "MJ", "7.2")]
    public void Units_of_one_thing_convert_without_the_calendar(string value, string from, string to, string expected) =>
        AssertConverts(value, from, to, "2024-02", expected, days: null);

    [Theory]
    [InlineData("45", "t/d", "t", "2024-02", "1305", 29)] // G2
    [InlineData("45", "t/d", "t", "2023-02", "1260", 28)] // G2
    [InlineData("1260", "t", "t/d", "2023-02", "45", 28)]
    [InlineData("365000", "t/(10*6.{person})", "kg/({person}.d)", "2023", "1", 365)] // G7
    [InlineData("73000", "t/(5.10*5.{person})", "kg/({person}.d)", "2023", "0.4", 365)] // G7
    [InlineData("365000", "t/(10*6.{person})", "kg/({person}.d)", "2024", "0.997267759563", 366)] // G7
    [InlineData("7", "t/a", "t", "2024", "7", 366)]
    [InlineData("7", "t", "t/a", "2023", "7", 365)]
    [InlineData("366", "t/a", "t", "2024-02", "29", 29)]
    [InlineData("366", "t/a", "t/d", "2024-02", "1", 29)]
    [InlineData("1", "t/d", "t/a", "2024", "366", 366)]
    [InlineData("1", "t/d", "t/a", "2023", "365", 365)]
    [InlineData("4", "t/mo", "t", "2024-Q1", "12", 91)]
    [InlineData("31", "t/mo", "t/d", "2024-01", "1", 31)]
    [InlineData("1", "t/a", "t/mo", "2024", "0.083333333333", 366)]
    [InlineData("29", "t/mo", "t", "2024-02-29", "1", 1)]
    [InlineData("7", "t/wk", "t", "2020-W53", "7", 7)]
    [InlineData("10", "t/h", "10*4.t", "2023", "8.76", 365)]
    [InlineData("1", "MW", "MW.h", "2024-02", "696", 29)]
    [InlineData("12", "{unit}/a", "{unit}", "2024", "12", 366)]
    [InlineData("1", "kg/({person}.d)", "kg/({person}.a)", "2024", "366", 366)]
    public void A_rate_becomes_an_amount_by_the_real_days_of_the_period(
        string value, string from, string to, string period, string expected, int days) =>
        AssertConverts(value, from, to, period, expected, days);

    [Fact]
    public void A_year_within_a_week_of_two_years_has_the_days_of_both_in_their_parts()
    {
        // 30 December 2024 to 5 January 2025: 2/366 and 5/365 of a year.
        var years = new Rational(2, 366) + new Rational(5, 365);
        Assert.Equal(years, Find("t/a", "t", "2025-W01")!.Factor);
        Assert.Equal(years / 7, Find("t/a", "t/d", "2025-W01")!.Factor);
    }

    [Theory]
    [InlineData("m3", "t")] // G2: no density
    [InlineData("m3/d", "t")]
    [InlineData("{person}", "1")]
    [InlineData("{CNY}", "{USD}")]
    [InlineData("t{dry}", "t")]
    [InlineData("t/d", "{unit}")]
    [InlineData("t/d2", "t")] // two times per time
    [InlineData("d", "1")] // days alone are no amount of anything
    [InlineData("1", "d")]
    [InlineData("%", "a")]
    [InlineData("m2", "t")]
    [InlineData("m3", "m2")]
    public void Nothing_else_converts(string from, string to) => Assert.Null(Find(from, to, "2024"));

    [Theory]
    [InlineData(Store, "t/d", "t")]
    [InlineData(Store, "t", "t/a")]
    [InlineData(Share, "%/d", "%")]
    [InlineData(Share, "1", "/a")]
    public void A_stock_and_a_ratio_have_no_rate(string indicator, string from, string to)
    {
        Assert.NotNull(Find(from, to, "2024"));
        Assert.Null(Find(from, to, "2024", indicator));
        Assert.NotNull(Find("kg/a", "t/mo", "2024", indicator));
    }

    [Theory]
    [InlineData("100", "m3", "t", "102", null)]
    [InlineData("1020", "kg", "m3", "1", null)]
    [InlineData("10", "m3/d", "t", "295.8", 29)]
    [InlineData("29.58", "t", "m3/d", "1", 29)]
    [InlineData("10", "10*4.m3", "10*4.t", "10.2", null)]
    [InlineData("510", "{CNY}/t", "{CNY}/m3", "520.2", null)] // below the line it is the other way
    [InlineData("1", "L/({person}.d)", "kg/{person}", "29.58", 29)]
    public void A_declared_density_turns_volume_into_mass_and_back(string value, string from, string to, string expected, int? days)
    {
        var conversion = Find(from, to, "2024-02", "LEACHATE")!;
        Assert.Equal("1.02", conversion.Density!.Value.ToString());
        Assert.Equal(days, conversion.Days);
        Assert.Equal(expected, (Number(value) * conversion.Factor).ToDecimalText());
    }

    [Fact]
    public void A_density_is_used_only_for_what_it_is_declared_for_and_only_where_it_is_needed()
    {
        Assert.NotNull(UnitConversion.Find(Catalog, "WASTE-1", "FOOD", Of("m3"), Of("t"), When("2024")));
        Assert.Null(UnitConversion.Find(Catalog, "WASTE-1", "_T", Of("m3"), Of("t"), When("2024")));
        Assert.Null(UnitConversion.Find(Catalog, "OTHER", "FOOD", Of("m3"), Of("t"), When("2024")));
        Assert.Null(Find("m3", "L", "2024", "LEACHATE")!.Density);
        Assert.Null(Find("m6", "t2", "2024", "LEACHATE"));
        Assert.Null(Find("m3", "t{dry}", "2024", "LEACHATE"));
    }

    [Theory]
    [InlineData("LEACHATE", "1.03")]
    [InlineData("LEACHATE-2", "1.02")]
    [InlineData("LOAM", "1.01")]
    public void The_density_that_names_the_indicator_most_closely_is_taken(string indicator, string expected)
    {
        var catalog = Declaring(
            Weighs("L*", "*", "1.01", "t/m3"),
            Weighs("LEA*", "*", "1.02", "t/m3"),
            Weighs("LEACHATE", "*", "1.03", "t/m3"));
        Assert.Equal(expected, catalog.FindDensity(indicator, "_T")!.Value.ToString());
    }

    [Fact]
    public void There_and_back_is_one_and_two_steps_are_the_whole_way_whatever_the_unit_and_period()
    {
        string[] units = ["t", "kg/d", "10*4.t/a", "t/mo", "g/s", "m3", "L/h", "har.m/a"];
        string[] periods = ["2023", "2024", "2024-S1", "2023-Q4", "2024-02", "2024-02-29", "2025-W01"];
        foreach (var period in periods)
        {
            foreach (var from in units)
            {
                foreach (var to in units)
                {
                    var there = Find(from, to, period, "LEACHATE")!.Factor;
                    Assert.Equal(Rational.One, there * Find(to, from, period, "LEACHATE")!.Factor);
                    Assert.Equal(there, Find(from, "t", period, "LEACHATE")!.Factor * Find("t", to, period, "LEACHATE")!.Factor);
                }
            }
        }
    }

    [Fact]
    public void The_amounts_of_the_parts_of_a_period_add_up_to_that_of_the_period()
    {
        foreach (var text in (string[])["2023", "2024", "2024-S2", "2024-Q1", "2024-02", "2025-W01"])
        {
            foreach (var rate in (string[])["t/d", "t/mo", "t/a", "kg/h"])
            {
                var period = When(text);
                var parts = period.Finer().Aggregate(Rational.Zero, (sum, part) => sum + UnitConversion.Find(Catalog, Flow, "_T", Of(rate), Of("t"), part)!.Factor);
                Assert.Equal(Find(rate, "t", text)!.Factor, parts);
            }
        }
    }

    private static void AssertConverts(string value, string from, string to, string period, string expected, int? days)
    {
        var conversion = Find(from, to, period);
        Assert.NotNull(conversion);
        Assert.Equal(expected, (Number(value) * conversion.Factor).ToDecimalText());
        Assert.Equal(days, conversion.Days);
        Assert.Null(conversion.Density);
    }

    private static UnitConversion? Find(string from, string to, string period, string indicator = Flow) =>
        UnitConversion.Find(Catalog, indicator, Codes.Total, Of(from), Of(to), When(period));

    private static CatalogSnapshot Declaring(params Density[] densities) => new(
        1, [Measures(Flow, IndicatorKind.Amount), Measures(Store, IndicatorKind.Stock), Measures(Share, IndicatorKind.Ratio)], [], [], [], [], [], [], [], densities, [], [], []);

    private static Indicator Measures(string code, IndicatorKind kind) => new()
    {
        Code = code,
        Version = new DefinitionVersion(1, 0),
        NameZh = code,
        Unit = "t",
        Kind = kind,
        Direction = Direction.Neutral,
    };

    private static Density Weighs(string indicators, string categories, string value, string unit) => new()
    {
        Indicators = new CodePatterns(indicators),
        Categories = new CodePatterns(categories),
        Value = ExactDecimal.TryParse(value, out var number) ? number : throw new ArgumentException(value),
        Unit = unit,
        Source = "示例",
    };

    private static Rational Number(string text) =>
        ExactDecimal.TryParse(text, out var number) ? number.ToRational() : throw new ArgumentException(text);

    private static Unit Of(string text) => Unit.TryParse(text, out var unit) ? unit : throw new ArgumentException(text);

    private static Period When(string text) => Period.TryParse(text, out var period) ? period : throw new ArgumentException(text);
}
