using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Querying;

/// <summary>Writes a stream of observations in the format asked for; csv and json in constant memory.</summary>
internal static class ObservationOutput
{
    /// <summary>A table is for the eye: more rows are for csv.</summary>
    private const int TableRows = 1000;

    public static async Task<long> WriteCsvAsync(
        IAsyncEnumerable<ObservationBatch> batches, TextWriter output, bool withSource, bool withMark, CancellationToken cancellationToken)
    {
        long rows = 0;
        await using var csv = new NativeWriter(output, withSource, withMark);
        await foreach (var batch in batches)
        {
            foreach (var record in batch.Observations) await csv.WriteAsync(record, cancellationToken);
            rows += batch.Observations.Count;
        }
        return rows;
    }

    public static Task<long> WriteJsonAsync(IAsyncEnumerable<ObservationBatch> batches, TextWriter output) =>
        Json.WriteArrayAsync(batches.SelectMany(batch => batch.Observations), output);

    public static async Task<long> WriteTableAsync(IAsyncEnumerable<ObservationBatch> batches, CatalogNames names, Terminal terminal)
    {
        var shown = new List<ObservationRecord>();
        await foreach (var batch in batches)
        {
            shown.AddRange(batch.Observations.Take(TableRows - shown.Count));
            if (shown.Count < TableRows) continue;
            terminal.Note($"只显示前{TableRows}行 only the first {TableRows} rows are shown; --format csv 输出全部 gives all.");
            break;
        }
        ObservationTable.Show(terminal.Results, shown, names);
        return shown.Count;
    }
}
