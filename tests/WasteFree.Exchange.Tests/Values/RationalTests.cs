using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Values;

public sealed class RationalTests
{
    private static readonly Gen<Rational> Any =
        from numerator in Gen.OneOf(Gen.Choose(-9, 9), Gen.Choose(int.MinValue, int.MaxValue))
        from denominator in Gen.OneOf(Gen.Choose(1, 9), Gen.Choose(1, int.MaxValue))
        from sign in Gen.Elements(1L, -1L)
        select new Rational(numerator, sign * denominator);

    [Fact]
    public void A_sum_that_a_decimal_would_round_is_exact()
    {
        Assert.True(ExactDecimal.TryParse("999999999999999999", out var large));
        Assert.True(ExactDecimal.TryParse("0.999999999999", out var small));
        Assert.Equal("999999999999999999.999999999999", (large.ToRational() + small.ToRational()).ToDecimalText());
    }

    [Fact]
    public void The_order_of_operations_does_not_matter()
    {
        var a = new Rational(95, 100);
        var b = new Rational(105, 100);
        var c = new Rational(110, 100);
        Assert.Equal(a / b * c, c * a / b);
        Assert.Equal("0.995238095238", (a / b * c).ToDecimalText());
    }

    [Theory]
    [InlineData(1, 2, 0, "0")] // half to even
    [InlineData(3, 2, 0, "2")]
    [InlineData(5, 2, 0, "2")]
    [InlineData(-1, 2, 0, "0")]
    [InlineData(-3, 2, 0, "-2")]
    [InlineData(-5, 2, 0, "-2")]
    [InlineData(51, 100, 0, "1")]
    [InlineData(-51, 100, 0, "-1")]
    [InlineData(1, 3, 12, "0.333333333333")]
    [InlineData(2, 3, 12, "0.666666666667")]
    [InlineData(-2, 3, 12, "-0.666666666667")]
    [InlineData(41000, 560, 12, "73.214285714286")] // G1
    [InlineData(-1, 10_000_000_000_000, 12, "0")] // no minus zero
    [InlineData(1250, 100, 12, "12.5")]
    [InlineData(0, 7, 12, "0")]
    [InlineData(1200, 1, 2, "1200")]
    [InlineData(5, 100, 2, "0.05")]
    public void Text_is_rounded_once_half_to_even_without_trailing_zeros(long numerator, long denominator, int decimals, string expected) =>
        Assert.Equal(expected, new Rational(numerator, denominator).ToDecimalText(decimals));

    [Fact]
    public void Equal_fractions_are_equal_however_they_came_about()
    {
        Assert.Equal(new Rational(2, 4), new Rational(-1, -2));
        Assert.Equal(new Rational(1, 2).GetHashCode(), new Rational(-3, -6).GetHashCode());
        Assert.Equal(default, new Rational(0, -5));
        Assert.Equal(default(Rational).GetHashCode(), Rational.Zero.GetHashCode());
        Assert.Equal(BigInteger.One, default(Rational).Denominator);
        Assert.NotEqual(new Rational(1, 2), new Rational(-1, 2));
    }

    [Fact]
    public void Powers_may_be_negative()
    {
        Assert.Equal(new Rational(9, 4), Rational.Pow(new Rational(2, 3), -2));
        Assert.Equal(Rational.One, Rational.Pow(new Rational(2, 3), 0));
        Assert.Throws<DivideByZeroException>(() => Rational.Pow(0, -1));
    }

    [Fact]
    public void Nothing_is_divided_by_zero()
    {
        Assert.Throws<DivideByZeroException>(() => new Rational(1, 0));
        Assert.Throws<DivideByZeroException>(() => Rational.One / Rational.Zero);
    }

    [Fact]
    public void The_laws_of_fractions_hold()
    {
        var triples = from a in Any from b in Any from c in Any select (a, b, c);
        Prop.ForAll(triples.ToArbitrary(), t =>
            t.a + t.b == t.b + t.a
            && (t.a + t.b) + t.c == t.a + (t.b + t.c)
            && t.a * (t.b + t.c) == t.a * t.b + t.a * t.c
            && t.a - t.b == -(t.b - t.a)
            && (t.b.Sign == 0 || t.a / t.b * t.b == t.a)
            && Rational.Abs(t.a) >= t.a
            && t.a.Denominator.Sign > 0
            && BigInteger.GreatestCommonDivisor(t.a.Numerator, t.a.Denominator).IsOne).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_order_is_that_of_the_differences()
    {
        var pairs = from a in Any from b in Any select (a, b);
        Prop.ForAll(pairs.ToArbitrary(), p =>
            Math.Sign(p.a.CompareTo(p.b)) == (p.a - p.b).Sign
            && p.a < p.b == (p.b - p.a).Sign > 0
            && p.a >= p.b == (p.a - p.b).Sign >= 0
            && p.a == p.b == (p.a.CompareTo(p.b) == 0)).QuickCheckThrowOnFailure();
    }
}
