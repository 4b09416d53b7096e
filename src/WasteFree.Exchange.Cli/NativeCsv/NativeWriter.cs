using CsvHelper;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.NativeCsv;

/// <summary>Writes observations as native CSV: what was submitted comes back digit for digit, and no cell is a formula.</summary>
internal sealed class NativeWriter : IAsyncDisposable
{
    private readonly CsvWriter _csv;
    private readonly bool _withSource;
    private readonly bool _withMark;

    /// <param name="output">Where to; stays open.</param>
    /// <param name="withSource">Also who sent a row and whether its data are illustrative.</param>
    /// <param name="withMark">Also the mark 示例 on illustrative rows.</param>
    public NativeWriter(TextWriter output, bool withSource, bool withMark)
    {
        _withSource = withSource;
        _withMark = withMark;
        _csv = CsvCells.WriterOf(output);
        foreach (var column in NativeColumns.All) _csv.WriteCell(column.Name());
        if (withSource)
        {
            _csv.WriteCell("organization");
            _csv.WriteCell("illustrative");
        }
        if (withMark) _csv.WriteCell("mark");
        _csv.EndRecord();
    }

    public async Task WriteAsync(ObservationRecord record, CancellationToken cancellationToken)
    {
        Write(record.Observation);
        if (_withSource)
        {
            _csv.WriteCell(record.Organization);
            _csv.WriteCell(record.Illustrative ? "true" : "false");
        }
        if (_withMark) _csv.WriteCell(record.Illustrative ? "示例" : "");
        await _csv.EndRecordAsync(cancellationToken);
    }

    public async Task WriteAsync(Observation observation, CancellationToken cancellationToken)
    {
        Write(observation);
        await _csv.EndRecordAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _csv.DisposeAsync();

    /// <summary>The cells of a row in the order of <see cref="NativeColumns.All"/>.</summary>
    public static string[] Cells(Observation row) =>
    [
        row.Region, row.Indicator, row.Version, row.Scope, row.Category, row.Period, row.Value, row.Numerator, row.Denominator, row.Unit,
        string.Join(' ', row.Status), row.Confidentiality, row.Note, row.CollectionMethod, row.Evidence, row.NumeratorUnit, row.DenominatorUnit,
    ];

    private void Write(Observation row)
    {
        foreach (var cell in Cells(row)) _csv.WriteCell(cell);
    }
}
