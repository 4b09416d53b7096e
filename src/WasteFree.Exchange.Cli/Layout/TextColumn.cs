using Spectre.Console;

namespace WasteFree.Exchange.Cli.Layout;

/// <summary>A column of a <see cref="TextTable"/>.</summary>
/// <param name="Header">What stands above it.</param>
/// <param name="Wraps">Whether a cell may go on in the next line; never within a piece.</param>
/// <param name="Alignment">Where a cell stands.</param>
internal sealed record TextColumn(string Header, bool Wraps, Justify Alignment)
{
    /// <summary>Text narrower than this is read letter by letter.</summary>
    private const int Readable = 8;

    /// <summary>Lines of a cell: with more of them a table is longer than the blocks in its place.</summary>
    private const int MostLines = 4;

    public static TextColumn Prose(string header) => new(header, Wraps: true, Justify.Left);

    /// <summary>Codes, periods, times: a part of one is none.</summary>
    public static TextColumn Code(string header) => new(header, Wraps: false, Justify.Left);

    public static TextColumn Number(string header) => new(header, Wraps: false, Justify.Right);

    /// <summary>The cells that it needs at least, and those that it would fill.</summary>
    public (int Least, int Full) Need(IReadOnlyCollection<string> cells)
    {
        var full = cells.Select(Longest).DefaultIfEmpty().Max();
        var least = Wraps ? Math.Max(cells.Select(Piece.Widest).DefaultIfEmpty().Max(), Math.Min(full, Math.Max(Readable, full / MostLines))) : full;
        return (Math.Max(least, Header.Split(' ', '\n').Max(Cells.Width)), Math.Max(full, Longest(Header)));
    }

    public string Aligned(string line, int width)
    {
        var room = width - Cells.Width(line);
        var left = Alignment switch { Justify.Right => room, Justify.Center => room / 2, _ => 0 };
        return new string(' ', left) + line + new string(' ', room - left);
    }

    private static int Longest(string cell) => cell.Split('\n').Max(Cells.Width);
}
