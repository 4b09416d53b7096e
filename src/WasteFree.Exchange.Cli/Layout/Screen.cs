namespace WasteFree.Exchange.Cli.Layout;

/// <summary>A stream of the program as its reader sees it.</summary>
/// <param name="writer">Where the lines go.</param>
/// <param name="cells">Cells of a line; null where nobody looks, for example in a pipe.</param>
internal sealed class Screen(TextWriter writer, int? cells)
{
    /// <summary>Wide enough for a comparison table, narrow enough for a log.</summary>
    private const int WidthOfLog = 118;

    public int Width => cells ?? WidthOfLog;

    public void Show(TextTable table)
    {
        foreach (var line in table.Lines(Width)) writer.WriteLine(line);
    }

    /// <summary>Writes words, with no number or name across two lines; a program that reads them gets them in one.</summary>
    /// <param name="text">The words.</param>
    /// <param name="first">What the first line begins with.</param>
    /// <param name="rest">What the others begin with.</param>
    public void Say(string text = "", string first = "", string rest = "")
    {
        foreach (var line in Wrapping.Lines(Cells.Printable(text), cells ?? int.MaxValue, first, rest)) writer.WriteLine(line);
    }
}
