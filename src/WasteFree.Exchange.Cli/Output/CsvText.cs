using CsvHelper;

namespace WasteFree.Exchange.Cli.Output;

/// <summary>Tables as CSV, every line ended by LF, no cell a formula.</summary>
internal static class CsvText
{
    public static void Write(TextWriter output, string[] header, IEnumerable<string[]> rows)
    {
        using var csv = CsvCells.WriterOf(output);
        foreach (var row in rows.Prepend(header)) csv.WriteRecord(row);
    }

    /// <summary>Row by row as they come, in constant memory. Nothing is written where the first one does not come.</summary>
    /// <returns>How many, the header not counted.</returns>
    public static async Task<long> WriteAsync(TextWriter output, string[] header, IAsyncEnumerable<string[]> rows, CancellationToken cancellationToken)
    {
        long count = 0;
        await using var csv = CsvCells.WriterOf(output);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (count++ == 0) await RecordAsync(header);
            await RecordAsync(row);
        }
        if (count == 0) await RecordAsync(header);
        return count;

        async Task RecordAsync(string[] cells)
        {
            foreach (var cell in cells) csv.WriteCell(cell);
            await csv.EndRecordAsync(cancellationToken);
        }
    }
}
