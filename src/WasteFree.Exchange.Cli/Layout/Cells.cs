using System.Globalization;
using Spectre.Console;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Cli.Layout;

/// <summary>The cells of a terminal: a Chinese character takes two, an accent none.</summary>
internal static class Cells
{
    public static int Width(string text)
    {
        var width = 0;
        foreach (var element in Elements(text)) width += OfElement(element);
        return width;
    }

    /// <summary>What is seen as one character, each.</summary>
    public static IEnumerable<string> Elements(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext()) yield return elements.GetTextElement();
    }

    /// <summary>Cells of one of the <see cref="Elements"/>.</summary>
    public static int OfElement(string element) =>
        element is [>= ' ' and <= '~'] ? 1 : Math.Clamp(element.GetCellWidth(), 0, 2);

    /// <summary>The text without what would move the cursor or turn the direction of writing: only line feeds stay.</summary>
    public static string Printable(string text) => VisibleText.Steady(text.Replace("\r\n", "\n", StringComparison.Ordinal)).Replace('\t', ' ');

    /// <summary>As much of the text as these cells hold.</summary>
    public static string Cut(string text, int cells) =>
        string.Concat(Elements(text).TakeWhile(element => (cells -= OfElement(element)) >= 0));
}
