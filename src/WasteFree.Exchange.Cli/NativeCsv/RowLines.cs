namespace WasteFree.Exchange.Cli.NativeCsv;

/// <summary>
/// Which line of the file each row came from. Most rows follow each other line by line, so only the rows where the
/// distance changes are kept: a million plain rows take one entry.
/// </summary>
internal sealed class RowLines
{
    private readonly List<long> _firstRows = [];
    private readonly List<long> _distances = [];

    /// <summary>Rows so far.</summary>
    public long Count { get; private set; }

    public void Add(long line)
    {
        var distance = line - Count;
        if (_distances.Count == 0 || _distances[^1] != distance)
        {
            _firstRows.Add(Count);
            _distances.Add(distance);
        }
        Count++;
    }

    /// <summary>The line of a row; 0 for a row that the file does not have.</summary>
    public long LineOf(long row)
    {
        if (row < 0 || row >= Count) return 0;
        var found = _firstRows.BinarySearch(row);
        return row + _distances[found >= 0 ? found : ~found - 1];
    }
}
