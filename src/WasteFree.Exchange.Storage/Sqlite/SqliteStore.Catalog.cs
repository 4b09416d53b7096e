using Dapper;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Sqlite;

public sealed partial class SqliteStore
{
    public Task<IReadOnlyList<CatalogRow>> ReadCatalogAsync(long position, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<CatalogRow>>(
            connection => connection.Query<(string Kind, string Key, string Content)>(SelectCatalog, new { position })
                .Select(row => new CatalogRow(row.Kind, row.Key, row.Content)).ToList(),
            cancellationToken);

    public Task<long?> AppendCatalogAsync(IReadOnlyList<CatalogRow> rows, long expectedVersion, CancellationToken cancellationToken) =>
        _writer.WriteAsync<long?>(
            rows.Count,
            transaction =>
            {
                if (transaction.ReadHead().CatalogVersion != expectedVersion) return null;
                var digest = LedgerEntry.CatalogDigest(rows);
                var changeset = InsertChangeset(transaction, LedgerEntryKind.CatalogChanged, report: null, rows.Count, digest, expectedVersion);
                transaction.Connection.Execute(
                    InsertCatalogRow, rows.Select(row => new { row.Kind, row.Key, changeset, row.Content }));
                var counts = new RowCounts { Submitted = rows.Count };
                return transaction.AppendLedger(LedgerEntryKind.CatalogChanged, changeset, "catalog", digest, counts).Position;
            },
            cancellationToken);

    private static long InsertChangeset(
        WriteTransaction transaction, LedgerEntryKind kind, long? report, long rows, byte[] digest, long catalogVersion) =>
        transaction.Connection.ExecuteScalar<long>(
            InsertChangesetSql,
            new { kind = (long)kind, report, state = 1L, epoch = 1L, writer = "", rows, digest, policy = 1L, catalogVersion, now = transaction.Now });

    private const string InsertChangesetSql = """
        INSERT INTO changeset (kind, report_id, state, epoch, writer, next_offset, digest, row_policy, catalog_version, created_at, touched_at)
        VALUES (@kind, @report, @state, @epoch, @writer, @rows, @digest, @policy, @catalogVersion, @now, @now)
        RETURNING id
        """;

    // MAX() picks the latest visible row of each key; SQLite takes the other columns from that row.
    private const string SelectCatalog = """
        SELECT r.kind AS Kind, r.key AS Key, r.content AS Content, MAX(c.position) AS Position
        FROM catalog_row r
        JOIN changeset c ON c.id = r.changeset_id
        WHERE c.position <= @position
        GROUP BY r.kind, r.key
        ORDER BY r.kind, r.key
        """;

    private const string InsertCatalogRow = """
        INSERT INTO catalog_row (kind, key, changeset_id, content) VALUES (@Kind, @Key, @changeset, @Content)
        """;
}
