using System.Security.Cryptography;
using Dapper;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.Sqlite;

public sealed partial class SqliteStore
{
    public Task<IReadOnlyList<LedgerRecord>> ReadLedgerAsync(long afterPosition, int limit, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<LedgerRecord>>(
            connection => [.. connection.Query<LedgerRow>(SelectLedger, new { after = afterPosition, limit }).Select(row => row.ToRecord())],
            cancellationToken);

    public Task<ChangePage> ReadChangesAsync(
        LedgerRecord entry, ObservationFilter filter, long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            connection =>
            {
                var parameters = FilterParameters.Of(filter);
                parameters.Add("lo", Keys.Revision(entry.Changeset, after + 1));
                parameters.Add("hi", Keys.LastRevision(entry.Changeset));
                parameters.Add("kind", entry.Kind == LedgerEntryKind.ReportWithdrawn ? 1 : 0);
                parameters.Add("from", filter.From is { } from ? FilterParameters.FirstNumber(from) : 0L);
                parameters.Add("limit", limit);
                // The end of a period is not in its key: a page may hold fewer rows than were read.
                var rows = connection.Query<RevisionRow>(ObservationSql.Changes, parameters).AsList();
                var taken = rows.Where(row => filter.To is not { } to || Keys.Period(row.Key).End <= to).ToList();
                var changes = _dictionaries.Resolve(connection, taken)
                    .Select(revision => new ChangeRow(entry.Kind == LedgerEntryKind.ReportWithdrawn, revision));
                return new ChangePage([.. changes], rows.Count == limit ? Keys.Offset(rows[^1].Id) : null);
            },
            cancellationToken);

    public async Task<byte[]> ReadKeyAsync(string name, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(connection => connection.QuerySingleOrDefault<byte[]>(SelectKey, new { name }), cancellationToken)
            .ConfigureAwait(false);
        if (known is not null) return known;
        return await _writer.WriteAsync(
            1,
            transaction =>
            {
                transaction.Connection.Execute(InsertKey, new { name, value = RandomNumberGenerator.GetBytes(32) });
                return transaction.Connection.QuerySingle<byte[]>(SelectKey, new { name });
            },
            cancellationToken).ConfigureAwait(false);
    }

    private const string SelectLedger = $"""
        SELECT l.position AS Position, l.committed_at AS CommittedAt, l.kind AS Kind, l.changeset_id AS Changeset,
            l.catalog_version AS CatalogVersion, l.previous_hash AS PreviousHash, l.entry_hash AS EntryHash,
            l.algorithm AS Algorithm, l.key_id AS KeyId, l.signature AS Signature,
            r.organization AS Organization, r.name AS Name, c.digest AS Digest, {CountColumns.Select}
        FROM ledger l
        JOIN changeset c ON c.id = l.changeset_id
        LEFT JOIN report r ON r.id = c.report_id
        WHERE l.position > @after
        ORDER BY l.position
        LIMIT @limit
        """;

    private const string SelectKey = "SELECT value FROM store_key WHERE name = @name";

    private const string InsertKey = "INSERT INTO store_key (name, value) VALUES (@name, @value) ON CONFLICT (name) DO NOTHING";

    private sealed class LedgerRow : CountColumns
    {
        public long Position { get; init; }
        public long CommittedAt { get; init; }
        public long Kind { get; init; }
        public long Changeset { get; init; }
        public long CatalogVersion { get; init; }
        public byte[] PreviousHash { get; init; } = [];
        public byte[] EntryHash { get; init; } = [];
        public string? Algorithm { get; init; }
        public string? KeyId { get; init; }
        public byte[]? Signature { get; init; }
        public string? Organization { get; init; }
        public string? Name { get; init; }
        public byte[] Digest { get; init; } = [];

        public LedgerRecord ToRecord() => new()
        {
            Position = Position,
            CommittedAt = Instants.FromMicroseconds(CommittedAt),
            Kind = (LedgerEntryKind)Kind,
            Changeset = Changeset,
            Report = Organization is null ? null : new ReportName(Organization, Name!),
            Counts = ToCounts(),
            Digest = Digest,
            CatalogVersion = CatalogVersion,
            PreviousHash = PreviousHash,
            EntryHash = EntryHash,
            Signature = LedgerSignatures.Of(Algorithm, KeyId, Signature),
        };
    }
}
