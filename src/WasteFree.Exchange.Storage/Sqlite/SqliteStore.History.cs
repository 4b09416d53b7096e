using Dapper;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Sqlite;

public sealed partial class SqliteStore
{
    public Task<HistoryPage> ReadHistoryAsync(HistoryQuery query, long position, long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            connection =>
            {
                var parameters = new
                {
                    query.Indicator,
                    query.Region,
                    Scope = (long)query.Scope,
                    query.Category,
                    query.Organization,
                    Excluded = FilterParameters.Json(query.ExcludedOrganizations),
                    Period = query.Period.Number,
                    position,
                    after,
                    limit,
                };
                var rows = connection.Query<HistoryRow>(SelectHistory, parameters).AsList();
                var entries = rows.Zip(_dictionaries.Resolve(connection, rows), (row, revision) => new HistoryEntry
                {
                    Revision = revision,
                    Withdrawn = row.Kind == 1,
                    Superseded = row.SupersededPosition is { } by ? new Supersession(by, Instants.FromMicroseconds(row.SupersededAt!.Value)) : null,
                    Cursor = row.Id,
                });
                return new HistoryPage([.. entries], rows.Count == limit ? rows[^1].Id : null);
            },
            cancellationToken);

    private const string HistorySeries = """
        s.indicator = @Indicator AND s.region = @Region AND s.scope = @Scope AND s.category = @Category
        AND (@Organization IS NULL OR s.organization = @Organization)
        AND (@Excluded IS NULL OR s.organization NOT IN (SELECT value FROM json_each(@Excluded)))
        """;

    /// <summary>
    /// The revisions of a key are those that were replaced and the current one. Their positions order them: ids do not,
    /// since an upload may be opened first and committed last.
    /// </summary>
    private const string SelectHistory = $"""
        WITH entry AS (
            SELECT s.organization, c.key, c.revision_id, NULL AS by_id
            FROM series s
            CROSS JOIN current c ON c.key = (@Period << 38) | s.id
            WHERE {HistorySeries}
            UNION ALL
            SELECT s.organization, c.key, c.revision_id, c.by_id
            FROM series s
            CROSS JOIN superseded c ON c.key = (@Period << 38) | s.id
            WHERE {HistorySeries}
        )
        SELECT e.key AS Key, {ObservationSql.Columns}, r.kind AS Kind, l.position AS SupersededPosition, l.committed_at AS SupersededAt
        FROM entry e
        CROSS JOIN changeset a ON a.id = e.revision_id >> 32
        CROSS JOIN revision r ON r.id = e.revision_id
        LEFT JOIN ledger l ON l.changeset_id = e.by_id >> 32 AND l.position <= @position
        WHERE a.position <= @position
            AND (@after = 0 OR (e.organization, a.position) > (
                SELECT s.organization, b.position
                FROM revision o
                JOIN series s ON s.id = o.key & 0x3FFFFFFFFF
                JOIN changeset b ON b.id = o.id >> 32
                WHERE o.id = @after))
        ORDER BY e.organization, a.position
        LIMIT @limit
        """;

    private sealed class HistoryRow : RevisionRow
    {
        public long Kind { get; init; }
        public long? SupersededPosition { get; init; }
        public long? SupersededAt { get; init; }
    }
}
