using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Comparison;

public sealed class QuantityTests
{
    private static readonly Func<Indicator, Indicator> Intensity = rate => rate with
    {
        Kind = IndicatorKind.Intensity,
        Direction = Direction.Lower,
        Unit = "t/(10*4.{CNY})",
        NumeratorUnit = "t",
        DenominatorUnit = "10*4.{CNY}",
    };

    [Fact]
    public void G2_tens_of_thousands_of_tonnes_are_converted_to_tonnes()
    {
        var table = Scene.OfTonnes().Report("A", "12.50", change: row => row with { Unit = "10*4.t" }).Report("B", "125000").Report("C", "130000").Compare("A B C");
        var converted = table.Cells[0];
        Assert.Equal("125000", converted.Value);
        Assert.Equal(("12.50", "10*4.t"), (converted.SentValue, converted.SentUnit));
        Assert.Equal(Verdict.ComparableWithConversion, converted.Verdict);
        Assert.Equal([VerdictReason.Converted], converted.Reasons);
        Assert.Equal("已换算：报送单位为 10*4.t", converted.MessageZh);
        Assert.Equal([1, 1, 3], table.Cells.Select(cell => cell.Rank));
        Assert.Equal(("", "", ""), (table.Cells[1].SentValue, table.Cells[1].SentUnit, table.Cells[1].MessageEn));
    }

    [Fact]
    public void G2_an_amount_per_ten_thousand_yuan_is_converted_by_its_power_of_ten()
    {
        var table = Scene.Of(rate => Intensity(rate) with { Unit = "g/{CNY}" }).Report("A", "0.09", change: row => row with { Unit = "t/(10*4.{CNY})" }).Compare("A");
        Assert.Equal("9", table.Cells[0].Value);
    }

    [Fact]
    public void G2_cubic_metres_are_not_tonnes_without_a_density()
    {
        var table = Scene.OfTonnes().Report("A", "12", change: row => row with { Unit = "m3" }).Report("B", "5").Compare("A B");
        var refused = table.Cells[0];
        Assert.Equal(Verdict.NotComparable, refused.Verdict);
        Assert.Equal([VerdictReason.Unit], refused.Reasons);
        Assert.Null(refused.Quantity);
        Assert.Equal(("", "12", "m3"), (refused.Value, refused.SentValue, refused.SentUnit));
        Assert.Equal("unit: m3 cannot be converted to t", refused.MessageEn);
        Assert.Equal([null, 1], table.Cells.Select(cell => cell.Rank));
    }

    [Fact]
    public void G2_a_share_is_converted_to_per_cent()
    {
        var cell = Scene.Of().Report("A", "0.732", change: row => row with { Unit = "1" }).Compare("A").Cells[0];
        Assert.Equal("73.2", cell.Value);
    }

    [Fact]
    public void G1_a_ratio_that_was_not_stated_is_computed_from_its_parts()
    {
        // 利用量 / (产生量 + 利用往年贮存量)
        var table = Scene.Of().ReportParts("A", "80", "100").ReportParts("B", "30", "60").ReportParts("C", "300", "400").Compare("A B C D");
        Assert.Equal(["80", "50", "75", ""], table.Cells.Select(cell => cell.Value));
        Assert.Equal([1, 3, 2, null], table.Cells.Select(cell => cell.Rank));
        Assert.Equal([true, true, true, false], table.Cells.Select(cell => cell.Derived));
        Assert.Equal(Verdict.Comparable, table.Cells[0].Verdict);
        Assert.Equal(("80", "100"), (table.Cells[0].Numerator, table.Cells[0].Denominator));
    }

    [Fact]
    public void A_computed_value_is_rounded_once_and_kept_exact()
    {
        var cell = Scene.Of().ReportParts("A", "410", "560").Compare("A").Cells[0];
        Assert.Equal("73.214285714286", cell.Value);
        Assert.Equal(new Rational(41000, 560), cell.Quantity);
    }

    [Fact]
    public void A_stated_value_stands_beside_its_parts()
    {
        var cell = Scene.Of().Report("A", "91", change: row => row with { Numerator = Scene.Decimal("444"), Denominator = Scene.Decimal("600") }).Compare("A").Cells[0];
        Assert.Equal("91", cell.Value);
        Assert.False(cell.Derived);
        Assert.Equal(("444", "600"), (cell.Numerator, cell.Denominator));
    }

    [Fact]
    public void A_ratio_of_parts_in_two_units_is_computed_in_one()
    {
        var cell = Scene.Of(rate => rate with { NumeratorUnit = "kg", DenominatorUnit = "t" }).ReportParts("A", "800", "1").Compare("A").Cells[0];
        Assert.Equal("80", cell.Value);
    }

    [Theory]
    [InlineData("0", "denominator: zero, so there is no quotient")]
    [InlineData("0.00", "denominator: zero, so there is no quotient")]
    [InlineData(null, "denominator: missing, so there is no quotient")]
    public void A_zero_or_missing_denominator_gives_no_value(string? denominator, string message)
    {
        var cell = Scene.Of().ReportParts("A", "5", denominator).Compare("A").Cells[0];
        Assert.Equal(Verdict.NotComparable, cell.Verdict);
        Assert.Equal([VerdictReason.Denominator], cell.Reasons);
        Assert.Equal(message, cell.MessageEn);
        Assert.Null(cell.Quantity);
        Assert.Null(cell.Rank);
    }

    [Fact]
    public void A_denominator_alone_is_a_missing_value()
    {
        Assert.Equal([VerdictReason.Missing], Scene.Of().ReportParts("A", null, "5").Compare("A").Cells[0].Reasons);
    }

    [Fact]
    public void An_intensity_is_computed_where_the_units_of_its_parts_give_its_own()
    {
        var cell = Scene.Of(Intensity).ReportParts("A", "18", "200").Compare("A").Cells[0];
        Assert.Equal("0.09", cell.Value);
        Assert.True(cell.Derived);
        var grams = Scene.Of(rate => Intensity(rate) with { Unit = "g/{CNY}" }).ReportParts("A", "18", "200").Compare("A").Cells[0];
        Assert.Equal("9", grams.Value);
    }

    [Theory]
    [InlineData("t", "")]
    [InlineData("", "10*4.{CNY}")]
    [InlineData("t", "{person}")]
    public void An_intensity_whose_parts_have_no_or_other_units_is_refused(string numerator, string denominator)
    {
        var cell = Scene.Of(rate => Intensity(rate) with { NumeratorUnit = numerator, DenominatorUnit = denominator }).ReportParts("A", "18", "200").Compare("A").Cells[0];
        Assert.Equal([VerdictReason.Unit], cell.Reasons);
        Assert.Null(cell.Quantity);
        Assert.Equal(("18", "200"), (cell.Numerator, cell.Denominator));
    }

    [Fact]
    public void An_amount_is_not_computed_from_parts()
    {
        Assert.Equal([VerdictReason.Missing], Scene.OfTonnes().ReportParts("A", "18", "200").Compare("A").Cells[0].Reasons);
    }
}
