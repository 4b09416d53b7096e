using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Values;

/// <summary>Two observations that say one quantity in two spellings; all values are made up (示例).</summary>
public sealed class SpellingTests
{
    [Theory]
    [InlineData("90", "t", "90.0", "t")]
    [InlineData("0", "t", "0.00", "t")]
    [InlineData("-1.50", "t", "-1.5", "t")]
    [InlineData("12000", "t", "12", "10*3.t")]
    [InlineData("12000", "t", "12000000", "kg")]
    [InlineData("90", "%", "0.9", "1")]
    [InlineData("0", "t", "0", "kg")]
    [InlineData(null, "t", null, "kg")]
    [InlineData("123456789012345678", "t", "123456789012.345678", "10*6.t")]
    public void An_equal_quantity_in_another_spelling_is_one_of_spelling_only(string? value, string unit, string? other, string otherUnit)
    {
        Assert.True(Row(value, unit).DiffersInSpellingOnly(Row(other, otherUnit)));
        Assert.True(Row(other, otherUnit).DiffersInSpellingOnly(Row(value, unit)));
    }

    [Theory]
    [InlineData("90", "t", "90", "t")]
    [InlineData("90", "t", "90.1", "t")]
    [InlineData("90", "t", "-90", "t")]
    [InlineData("12000", "t", "12", "kg")]
    [InlineData("12", "t", "12", "m3")]
    [InlineData("12", "t/d", "12", "t")]
    [InlineData("12", "{CNY}", "12", "{USD}")]
    [InlineData("0", "t", null, "t")]
    [InlineData("123456789012345678", "t", "123456789012.345679", "10*6.t")]
    public void Any_other_difference_and_none_is_not(string? value, string unit, string? other, string otherUnit)
    {
        Assert.False(Row(value, unit).DiffersInSpellingOnly(Row(other, otherUnit)));
        Assert.False(Row(other, otherUnit).DiffersInSpellingOnly(Row(value, unit)));
    }

    [Fact]
    public void Parts_may_be_spelled_otherwise_as_well_but_not_reduced()
    {
        var row = Row(null, "%") with { Numerator = Number("450"), Denominator = Number("500") };

        Assert.True(row.DiffersInSpellingOnly(row with { Numerator = Number("450.0") }));
        Assert.True(row.DiffersInSpellingOnly(row with { Denominator = Number("500.00"), Unit = "1" }));
        Assert.False(row.DiffersInSpellingOnly(row with { Numerator = Number("9"), Denominator = Number("10") }));
        Assert.False(row.DiffersInSpellingOnly(row with { Numerator = null, Denominator = null, Value = Number("90") }));
    }

    [Theory]
    [InlineData("450000", "t", true)]
    [InlineData("45", "10*4.t", true)]
    [InlineData("45", "t", false)]
    [InlineData("450000", "10*4.t", false)]
    [InlineData("450000", null, false)]
    [InlineData("450000", "m3", false)]
    public void A_part_in_another_unit_is_the_same_where_the_quantity_is(string numerator, string? unit, bool isSame)
    {
        var row = Row(null, "%") with { Numerator = Number("450000.0"), Denominator = Number("500"), NumeratorUnit = "t", DenominatorUnit = "t" };
        var below = row with { Numerator = Number("500"), Denominator = Number("450000.0") };

        Assert.Equal(isSame, row.DiffersInSpellingOnly(row with { Numerator = Number(numerator), NumeratorUnit = unit }));
        Assert.Equal(isSame, below.DiffersInSpellingOnly(below with { Denominator = Number(numerator), DenominatorUnit = unit }));
    }

    [Fact]
    public void A_change_of_anything_beside_the_quantity_is_more_than_spelling()
    {
        var row = Row("90", "t");
        var other = row with { Value = Number("90.0") };

        Assert.All(
            [
                other with { Status = StatusSet.Of("E") }, other with { Note = "n" }, other with { Version = "1.1" }, other with { CollectionMethod = "m" },
                other with { Evidence = "e" }, other with { Confidentiality = Confidentiality.Confidential },
            ],
            changed => Assert.False(row.DiffersInSpellingOnly(changed)));
    }

    private static Observation Row(string? value, string unit) => new()
    {
        Region = "500101",
        Indicator = "HUB-HW-GEN",
        Version = "1.0",
        Period = Period.TryParse("2024", out var period) ? period : throw new InvalidOperationException("No period."),
        Value = value is null ? null : Number(value),
        Unit = unit,
    };

    private static ExactDecimal Number(string text) =>
        ExactDecimal.TryParse(text, out var number) ? number : throw new ArgumentException($"No decimal '{text}'.", nameof(text));
}
