namespace WasteFree.Exchange.Cli.Layout;

/// <summary>
/// Rows for the eye that fit any width: as a table, with narrower text, without the columns that are empty, without
/// rules, or else as a block of lines per row. Nothing is left out, and no number, code or name is ever parted.
/// </summary>
internal sealed class TextTable(params TextColumn[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells)
    {
        if (cells.Length != columns.Length) throw new ArgumentException($"{cells.Length} cells for {columns.Length} columns.", nameof(cells));
        _rows.Add([.. cells.Select(Cells.Printable)]);
    }

    /// <summary>The lines to be shown where a line has this many cells.</summary>
    public IEnumerable<string> Lines(int width)
    {
        int[] all = [.. Enumerable.Range(0, columns.Length)];
        int[] filled = [.. all.Where(column => _rows.Any(row => row[column].Length > 0))];
        (int Least, int Full)[] needs = [.. all.Select(column => columns[column].Need([.. _rows.Select(row => row[column])]))];
        foreach (var (frame, shown) in new[] { (Frame.Ruled, all), (Frame.Ruled, filled), (Frame.Open, filled) })
        {
            if (Widths([.. shown.Select(column => needs[column])], width - frame.Width(shown.Length)) is not { } widths) continue;
            var header = Wrapped([.. columns.Select(column => column.Header)], shown, widths);
            return frame.Lines(header, _rows.SelectMany(row => Wrapped(row, shown, widths)), widths);
        }
        return _rows.SelectMany((row, index) => Block(row, width).Prepend("").Skip(index == 0 ? 1 : 0));
    }

    /// <summary>Shrinks the widest columns first; null where even the least is too much.</summary>
    private static int[]? Widths((int Least, int Full)[] needs, int cells)
    {
        if (needs.Length == 0 || needs.Sum(need => need.Least) > cells) return null;
        var level = 0;
        while (level < needs.Max(need => need.Full) && needs.Sum(need => At(need, level + 1)) <= cells) level++;
        var left = cells - needs.Sum(need => At(need, level));
        return [.. needs.Select(need => At(need, level) < At(need, level + 1) && left-- > 0 ? At(need, level + 1) : At(need, level))];
    }

    private static int At((int Least, int Full) need, int level) => Math.Clamp(level, need.Least, need.Full);

    /// <summary>The lines of a row, each with all its columns.</summary>
    private IEnumerable<string[]> Wrapped(string[] row, int[] shown, int[] widths)
    {
        string[][] cells = [.. shown.Select((column, at) => Wrapping.Lines(row[column], widths[at]).ToArray())];
        for (var line = 0; line < cells.Max(lines => lines.Length); line++)
            yield return [.. shown.Select((column, at) => columns[column].Aligned(cells[at].ElementAtOrDefault(line) ?? "", widths[at]))];
    }

    private IEnumerable<string> Block(string[] row, int width)
    {
        const string Margin = "  ";
        foreach (var (column, cell) in columns.Zip(row))
        {
            if (cell.Length == 0) continue;
            var label = $"{column.Header.Replace('\n', ' ')}:";
            // Several lines stand together below their label.
            var text = cell.Contains('\n') ? $"{label}\n{cell}" : $"{label} {cell}";
            foreach (var line in Wrapping.Lines(text, width, rest: Margin)) yield return line;
        }
    }
}
