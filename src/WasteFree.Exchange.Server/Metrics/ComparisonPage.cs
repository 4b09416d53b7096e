using WasteFree.Exchange.Comparison;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Server.Metrics;

/// <summary>A column of a comparison: the period of its table is null where <c>latest</c> found none.</summary>
/// <param name="Number">Among all columns; those that are the same as an earlier one have a number and no table.</param>
/// <param name="Indicator">Its indicator.</param>
/// <param name="Period">Its period.</param>
internal readonly record struct ComparisonColumn(int Number, string Indicator, Period? Period);

/// <summary>Where a comparison goes on: at a cell of a column.</summary>
internal readonly record struct ComparisonPlace(int Column, int Cell)
{
    public static ComparisonPlace Of(long number) => new((int)(number >> 32), (int)number);

    public long Number => ((long)Column << 32) | (uint)Cell;
}

/// <summary>
/// Fills one answer with tables, and says where the next one goes on. A table that does not fit is told in several answers: its head
/// with its first cells, then cells alone.
/// </summary>
internal sealed class ComparisonPage(CompareMetricsResponse response, int size, bool includeMessages)
{
    private int _cells;
    private int _bytes;

    /// <summary>Takes of a table what fits.</summary>
    /// <returns>Where the next page goes on; null: all of it is taken.</returns>
    public ComparisonPlace? Take(ComparisonColumn column, ComparisonTable table, int firstCell)
    {
        var message = firstCell == 0 ? ComparisonMapping.ToHead(table) : new V1.Comparison { FirstCell = firstCell };
        if (column.Period is null) message.Period = "";
        var head = AnswerPage.SizeOf(message);
        for (var i = firstCell; i < table.Cells.Count; i++)
        {
            var cell = ComparisonMapping.ToMessage(table.Cells[i], includeMessages);
            // A head goes with its first cell: the place after a head alone would be that of the head.
            if (!Fits(AnswerPage.SizeOf(cell) + (i == firstCell ? head : 0))) return new ComparisonPlace(column.Number, i);
            if (i == firstCell) response.Comparisons.Add(message);
            message.Cells.Add(cell);
            _cells++;
        }
        if (table.Cells.Count > 0) return null;
        if (!Fits(head)) return new ComparisonPlace(column.Number, firstCell);
        response.Comparisons.Add(message);
        return null;
    }

    /// <summary>Counts an element in, if it may be; the first one always.</summary>
    private bool Fits(int bytes)
    {
        if (_bytes > 0 && (_cells >= size || _bytes + bytes > AnswerPage.Bytes)) return false;
        _bytes += bytes;
        return true;
    }
}
