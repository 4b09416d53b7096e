using WasteFree.Exchange.Cli.Layout;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests.Layout;

public sealed class WrappingTests
{
    [Theory]
    [InlineData("全年回收废弃农膜444吨以上", 6, "全年回|收废弃|农膜|444吨|以上")]
    [InlineData("达95.125%，以上", 9, "达|95.125%，|以上")]
    [InlineData("甲，乙（丙）丁", 6, "甲，乙|（丙）|丁")]
    [InlineData("共１２３．５吨", 12, "共１２３．５|吨")]
    [InlineData("共１２３．５吨", 4, "共|１２３．５|吨")]
    [InlineData("≥ 90 % 达标", 8, "≥ 90 %|达标")]
    [InlineData("report organizations/a-b/reports/f-0123456789 @ 4", 12, "report|organizations/a-b/reports/f-0123456789|@ 4")]
    [InlineData("  under one two", 10, "  under|  one two")]
    [InlineData("    -12345678901.5", 16, "  -12345678901.5")]
    [InlineData("one\n\ntwo", 10, "one||two")]
    [InlineData("", 10, "")]
    [InlineData("a👨‍👩‍👧b👍🏽c", 3, "a👨‍👩‍👧|b👍🏽|c")]
    [InlineData("e\u0301e\u0301 x", 4, "e\u0301e\u0301 x")]
    [InlineData("中文", 1, "中|文")]
    public void Lines_part_at_spaces_and_between_Chinese_characters_and_nowhere_else(string text, int width, string lines) =>
        Assert.Equal(lines.Split('|'), Wrapping.Lines(text, width));

    [Fact]
    public void What_stands_before_the_lines_leaves_half_of_them_to_the_text_and_goes_where_a_number_needs_the_room()
    {
        Assert.Equal(["├── one", "│   two", "│   three"], Wrapping.Lines("one two\nthree", 9, "├── ", "│   "));
        Assert.Equal(["├── one two", "123456789012345678.9"], Wrapping.Lines("one two 123456789012345678.9", 12, "├── ", "│   "));
        var deep = Wrapping.Lines("甲乙丙", 8, string.Concat(Enumerable.Repeat("│   ", 20)), string.Concat(Enumerable.Repeat("│   ", 20)));
        Assert.Equal(["│   甲乙", "│   丙"], deep);
    }

    [Fact]
    public void A_control_character_is_shown_as_its_picture() =>
        Assert.Equal("<U+001B>[2J a\nb <U+0090>", Cells.Printable("\u001B[2J\ta\r\nb \u0085".Replace("\u0085", "\u0090")));
}
