using FsCheck;
using FsCheck.Fluent;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Values;

public sealed class ExactDecimalTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("0.0")]
    [InlineData("90")]
    [InlineData("90.0")]
    [InlineData("90.00")]
    [InlineData("-0.1")]
    [InlineData("-12.50")]
    [InlineData("0.000000000001")]
    [InlineData("-0.000000000001")]
    [InlineData("999999999999999999")]
    [InlineData("-999999999999999999")]
    [InlineData("999999.999999999999")]
    [InlineData("0.123456789012")]
    public void A_decimal_comes_back_as_written(string text)
    {
        Assert.True(ExactDecimal.TryParse(text, out var value));
        Assert.Equal(text, value.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("12,5")]
    [InlineData("1,250")]
    [InlineData("1e400")]
    [InlineData("1E2")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("-.5")]
    [InlineData("1.")]
    [InlineData(".")]
    [InlineData("01")]
    [InlineData("00")]
    [InlineData("-01")]
    [InlineData("1.2.3")]
    [InlineData("1_000")]
    [InlineData("0x10")]
    [InlineData("１２")]
    [InlineData("1２")]
    [InlineData("1.２")]
    [InlineData("−1")] // U+2212
    [InlineData("1.0000000000000")] // 13 decimals
    [InlineData("1000000000000000000")] // 19 digits
    [InlineData("9223372036854775808")] // one beyond Int64
    [InlineData("1000000.000000000000")] // 19 digits with the fraction
    [InlineData("99999999999999999999999999999999999999999")] // 41 digits
    public void Any_other_spelling_is_refused(string text)
    {
        Assert.False(ExactDecimal.TryParse(text, out var value));
        Assert.Equal(default, value);
    }

    [Fact]
    public void Two_spellings_are_two_contents_with_one_quantity()
    {
        Assert.True(ExactDecimal.TryParse("90", out var whole));
        Assert.True(ExactDecimal.TryParse("90.0", out var tenths));
        Assert.NotEqual(whole, tenths);
        Assert.Equal(whole.ToRational(), tenths.ToRational());
    }

    [Fact]
    public void Every_mantissa_and_scale_that_fit_survive_text()
    {
        var decimals =
            from high in Gen.Choose(-999_999_999, 999_999_999)
            from low in Gen.Choose(0, 999_999_999)
            from digits in Gen.Choose(0, 18)
            from scale in Gen.Choose(0, ExactDecimal.MaxScale)
            select new ExactDecimal((high * 1_000_000_000L + low) / (long)Math.Pow(10, digits), (byte)scale);
        Prop.ForAll(decimals.ToArbitrary(), sent =>
            ExactDecimal.TryParse(sent.ToString(), out var back)
            && back == sent
            && back.ToRational() == new Rational(sent.Mantissa, 1) / Rational.Pow(10, sent.Scale)).QuickCheckThrowOnFailure();
    }
}
