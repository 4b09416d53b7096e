using System.Text.RegularExpressions;
using WasteFree.Exchange.Cli.Layout;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests.Layout;

/// <summary>What a reader sees on a screen of a width.</summary>
internal static partial class Shown
{
    /// <summary>So wide that no table of these tests has a line too many.</summary>
    public const int Wide = 1000;

    /// <summary>No line is wider, but one that is a single name or number.</summary>
    public static void AssertFits(IEnumerable<string> lines, int width) => Assert.All(lines, line =>
        Assert.True(Cells.Width(line) <= width || Piece.Of(line) is [{ Gap: "" }], $"wider than {width}: {line}"));

    /// <summary>
    /// Every number, code and name of the text is shown, as often as it is there, and nothing is shown that could be a
    /// part of one. The labels of columns are words without digits, and may be repeated or left out.
    /// </summary>
    public static void AssertWhole(string text, string shown, string what)
    {
        var (all, seen) = (Names(text), Names(shown));
        var lost = all.Where(name => seen.GetValueOrDefault(name.Key) != name.Value).Select(name => name.Key).Concat(seen.Keys.Where(name => !all.ContainsKey(name)));
        Assert.True(!lost.Any(), $"{what}: {string.Join("  ", lost)} lost or parted in:\n{shown}");
    }

    public static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private static Dictionary<string, int> Names(string text) => Name().Matches(text).CountBy(match => match.Value).ToDictionary();

    [GeneratedRegex("[!-~]*[0-9/-][!-~]*")]
    private static partial Regex Name();
}
