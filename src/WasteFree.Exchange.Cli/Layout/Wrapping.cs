using System.Text;

namespace WasteFree.Exchange.Cli.Layout;

/// <summary>
/// Text as lines of a width. A line is wider only where it is one <see cref="Piece"/> that is: that stands alone and
/// from the margin, and the terminal, which knows that it is one line, gives it back in one piece.
/// </summary>
internal static class Wrapping
{
    /// <param name="text">Its own lines stay, and what a line is indented by is kept where it goes on.</param>
    /// <param name="width">Cells of a line.</param>
    /// <param name="first">What the first line begins with.</param>
    /// <param name="rest">What the others begin with.</param>
    public static IEnumerable<string> Lines(string text, int width, string first = "", string rest = "")
    {
        var margin = first;
        foreach (var paragraph in text.Split('\n'))
        {
            var pieces = Piece.Of(paragraph);
            var indent = pieces is [var head, ..] ? head.Gap : "";
            var line = new StringBuilder();
            var used = 0;
            foreach (var piece in pieces)
            {
                var together = used + Cells.Width(piece.Gap) + piece.Width;
                if (line.Length > 0 && together <= width)
                {
                    line.Append(piece.Gap).Append(piece.Text);
                    used = together;
                    continue;
                }
                if (line.Length > 0)
                {
                    yield return line.ToString();
                    margin = rest;
                    line.Clear();
                }
                // However deep it stands, half of the line is for the text.
                var left = Cells.Cut(margin + indent, Math.Min(width / 2, width - piece.Width));
                line.Append(left).Append(piece.Text);
                used = Cells.Width(left) + piece.Width;
            }
            yield return pieces.Count > 0 ? line.ToString() : Cells.Cut(margin, width).TrimEnd();
            margin = rest;
        }
    }
}
