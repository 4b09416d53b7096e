using WasteFree.Exchange.Cli.Querying;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

public sealed class AsOfTextTests
{
    [Theory]
    [InlineData("2024-05-01", "2024-05-01T15:59:59.9999990Z")]
    [InlineData("2024-05-01T00:00:00Z", "2024-05-01T00:00:00.0000000Z")]
    [InlineData("2024-05-01T08:00:00+08:00", "2024-05-01T00:00:00.0000000Z")]
    [InlineData("2024-05-01T08:00:00", "2024-05-01T00:00:00.0000000Z")]
    [InlineData("9999-12-31", "9999-12-31T15:59:59.9999990Z")]
    [InlineData("0001-01-01", "0001-01-01T15:59:59.9999990Z")]
    [InlineData("0001-01-01T00:00:00", "0001-01-01T00:00:00.0000000Z")]
    public void A_date_is_the_end_of_its_day_and_a_time_is_itself_in_China(string text, string expected) =>
        Assert.Equal(expected, AsOfText.Parse(text)!.Time.ToDateTime().ToString("o"));

    [Fact]
    public void Digits_are_a_position() => Assert.Equal(42, AsOfText.Parse("42")!.Position);

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2024-13-01")]
    [InlineData("2024-02-30")]
    [InlineData("10000-01-01")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("-5")]
    public void Anything_else_is_refused(string text) => Assert.Null(AsOfText.Parse(text));
}
