using System.Globalization;

namespace WasteFree.Exchange.Cli.Layout;

/// <summary>What is never shown in two parts: a number, a code, a name, a word, one Chinese character with its comma.</summary>
/// <param name="Gap">The white space before it, which is shown only within a line.</param>
/// <param name="Text">The piece itself.</param>
/// <param name="Width">The cells that it takes.</param>
internal readonly record struct Piece(string Gap, string Text, int Width)
{
    /// <summary>The pieces of a line, in order.</summary>
    public static IReadOnlyList<Piece> Of(string line)
    {
        var pieces = new List<Piece>();
        int gap = 0, start = 0, end = 0, width = 0;
        var last = "";
        foreach (var element in Cells.Elements(line))
        {
            var isGap = IsGap(element);
            if (end > start && (isGap || MayPart(last, element)))
            {
                pieces.Add(new Piece(line[gap..start], line[start..end], width));
                (gap, start, width) = (end, end, 0);
            }
            end += element.Length;
            if (isGap) start = end;
            else width += Cells.OfElement(element);
            last = element;
        }
        if (end > start) pieces.Add(new Piece(line[gap..start], line[start..end], width));
        return pieces;
    }

    /// <summary>Cells of the widest piece of a text of several lines, 0 without any.</summary>
    public static int Widest(string text) => text.Split('\n').SelectMany(Of).Select(piece => piece.Width).DefaultIfEmpty().Max();

    private static bool IsGap(string element) => char.IsWhiteSpace(element[0]) && element[0] is not ('\u00A0' or '\u202F');

    /// <summary>Chinese has no spaces: lines part between characters, but not before a comma, after a bracket or within a number.</summary>
    private static bool MayPart(string left, string right)
    {
        var wideRight = Cells.OfElement(right) == 2;
        if (!wideRight && Cells.OfElement(left) != 2) return false;
        if (Opens(left) || Closes(right)) return false;
        return !IsDigit(right) || !(IsDigit(left) || (wideRight && Closes(left)));
    }

    private static bool IsDigit(string element) => char.IsDigit(element, 0);

    private static bool Opens(string element) =>
        CharUnicodeInfo.GetUnicodeCategory(element, 0) is UnicodeCategory.OpenPunctuation or UnicodeCategory.InitialQuotePunctuation;

    private static bool Closes(string element) => CharUnicodeInfo.GetUnicodeCategory(element, 0)
        is UnicodeCategory.ClosePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;
}
