namespace WasteFree.Exchange.Cli.Layout;

/// <summary>What stands around the cells of a table.</summary>
internal sealed record Frame
{
    public static readonly Frame Ruled = new()
    {
        Top = new Edge("╭─", "─┬─", "─╮"),
        Cell = new Edge("│ ", " │ ", " │"),
        Middle = new Edge("├─", "─┼─", "─┤"),
        Bottom = new Edge("╰─", "─┴─", "─╯"),
    };

    /// <summary>Takes less than half of the cells.</summary>
    public static readonly Frame Open = new() { Cell = new Edge("", "  ", ""), Middle = new Edge("", "  ", "") };

    public Edge? Top { get; private init; }

    public required Edge Cell { get; init; }

    public required Edge Middle { get; init; }

    public Edge? Bottom { get; private init; }

    /// <summary>Cells that it takes of a line.</summary>
    public int Width(int columns) => Cell.Left.Length + ((columns - 1) * Cell.Between.Length) + Cell.Right.Length;

    public IEnumerable<string> Lines(IEnumerable<string[]> header, IEnumerable<string[]> rows, IReadOnlyList<int> widths)
    {
        string[] rules = [.. widths.Select(width => new string('─', width))];
        if (Top is not null) yield return Top.Around(rules);
        foreach (var line in header) yield return Cell.Around(line);
        yield return Middle.Around(rules);
        foreach (var line in rows) yield return Cell.Around(line);
        if (Bottom is not null) yield return Bottom.Around(rules);
    }

    internal sealed record Edge(string Left, string Between, string Right)
    {
        public string Around(IEnumerable<string> cells) => (Left + string.Join(Between, cells) + Right).TrimEnd();
    }
}
