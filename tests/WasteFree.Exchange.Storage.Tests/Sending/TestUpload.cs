using System.Text;
using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.Tests.Sending;

/// <summary>A writer of an upload, as the hub's ingest is: it counts rows, digests them and hands over chunks.</summary>
internal sealed class TestUpload
{
    private readonly IExchangeStore _store;
    private readonly OpenUpload _request;
    private readonly StoredDigest _stored;

    private TestUpload(IExchangeStore store, OpenUpload request, UploadCursor cursor)
    {
        _store = store;
        _request = request;
        Cursor = cursor;
        Offset = cursor.NextOffset;
        DigestState = cursor.DigestState;
        _stored = new StoredDigest(cursor.StoredState);
    }

    public UploadCursor Cursor { get; }

    public long Offset { get; private set; }

    public byte[] DigestState { get; private set; }

    public byte[] Digest => Sha256State.DigestOf(DigestState);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<TestUpload> OpenAsync(IExchangeStore store, OpenUpload request) =>
        new(store, request, (await store.OpenUploadAsync(request, Cancelled))!);

    public static byte[] DigestOf(params IEnumerable<Observation?> rows) => Sha256State.DigestOf(After(Sha256State.StateOf([]), rows));

    private static byte[] After(byte[] state, IEnumerable<Observation?> rows)
    {
        var hash = Sha256State.Import(state);
        foreach (var row in rows) hash.Update(Encoding.UTF8.GetBytes(row?.ToString() ?? "bad"));
        return hash.Export();
    }

    /// <summary>The chunk that comes next; null stands for a row that validation refused.</summary>
    public UploadChunk Next(params IReadOnlyList<Observation?> rows)
    {
        var numbered = rows.Select((row, i) => (Offset: Offset + i, Row: row)).ToList();
        var bad = numbered.Where(row => row.Row is null).Select(row => Rows.Refusal(row.Offset)).ToList();
        DigestState = After(DigestState, rows);
        foreach (var (offset, row) in numbered)
            if (row is not null) _stored.Append(StoredRow.Of(_request.Report.Organization, offset, row));
        var chunk = new UploadChunk
        {
            Changeset = Cursor.Changeset,
            Epoch = Cursor.Epoch,
            Offset = Offset,
            RowCount = rows.Count,
            DigestState = DigestState,
            StoredState = _stored.State,
            Organization = _request.Report.Organization,
            Rows = [.. numbered.Where(row => row.Row is not null).Select(row => new OffsetRow(row.Offset, row.Row!))],
            Findings = bad,
            Rejected = bad.Count,
        };
        Offset += rows.Count;
        return chunk;
    }

    public Task<AppendResult> AppendAsync(params IReadOnlyList<Observation?> rows) => _store.AppendAsync(Next(rows), Cancelled);

    public Task<CommitOutcome> CommitAsync(long? rowCount = null, byte[]? digest = null, long? catalogVersion = null) =>
        _store.CommitAsync(
            new CommitUpload
            {
                Report = _request.Report,
                Changeset = Cursor.Changeset,
                Epoch = Cursor.Epoch,
                RowCount = rowCount ?? Offset,
                Digest = digest ?? Digest,
                ValidateOnly = _request.ValidateOnly,
                CatalogVersion = catalogVersion ?? Cursor.CatalogVersion,
                By = Callers.Of(_request.Report.Organization, "ReportService/UploadReport"),
            },
            Cancelled);
}
