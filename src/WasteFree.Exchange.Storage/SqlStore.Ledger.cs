using System.Security.Cryptography;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

public abstract partial class SqlStore
{
    public async Task<IReadOnlyList<LedgerRecord>> ReadLedgerAsync(long afterPosition, int limit, CancellationToken cancellationToken)
    {
        var lookedAt = Clock.GetTimestamp();
        var entries = await ReadAsync(
            async session =>
            {
                var rows = await session.ListAsync(session.Sql.Ledger.Select, new { after = afterPosition, limit }).ConfigureAwait(false);
                LedgerRecord[] records = [.. rows.Select(row => row.ToRecord())];
                // Whoever follows the ledger tells all readers of this store, those of a copy that lags included.
                if (Array.Exists(records, record => record.Kind == LedgerEntryKind.ReportRetracted)) await _dictionaries.ReadRetractionsAsync(session).ConfigureAwait(false);
                return records;
            },
            cancellationToken).ConfigureAwait(false);
        // A full page may have others behind it.
        if (entries.Length < limit) Clock.Witness(entries.Length == 0 ? afterPosition : entries[^1].Position, entries.Length == 0 ? null : entries[^1].CommittedAt, lookedAt);
        return entries;
    }

    public async Task<IReadOnlyList<LedgerKeyUse>> ListLedgerKeysAsync(long afterPosition, CancellationToken cancellationToken) =>
        await ReadAsync(session => session.ListAsync(SelectLedgerKeys, new { after = afterPosition }), cancellationToken).ConfigureAwait(false);

    public Task<string> ReadLedgerIdAsync(CancellationToken cancellationToken) =>
        ReadAsync(session => session.SingleAsync(SelectLedgerId), cancellationToken);

    public Task<ChangePage> ReadChangesAsync(
        LedgerRecord entry, ObservationFilter filter, Visibility visibility, long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            async session =>
            {
                var removed = entry.Kind == LedgerEntryKind.ReportWithdrawn;
                // A retraction has no rows of its own: it is about those of its report.
                var changeset = entry.Kind == LedgerEntryKind.ReportRetracted
                    ? await session.SingleAsync(session.Sql.Dictionaries.SelectRetractedChangeset, new { changeset = entry.Changeset }).ConfigureAwait(false)
                    : entry.Changeset;
                var rows = await FilterReading
                    .OfChangesetAsync(session, filter, visibility, removed ? 1 : 0, Keys.Revision(changeset, after + 1), Keys.LastRevision(changeset), limit)
                    .ConfigureAwait(false);
                // Where nothing may be read nothing more is asked: the count is of all rows of the report.
                var replaced = rows.Count == 0 || entry.Counts.Revised == 0 ? [] : await ReadReplacedAsync(session, rows).ConfigureAwait(false);
                var changes = rows.Zip(
                    await _dictionaries.ResolveAsync(session, rows).ConfigureAwait(false),
                    (row, revision) => new ChangeRow(removed, revision, IsOfReplacedQuantity(replaced, row.Id, revision)));
                return new ChangePage([.. changes], rows.Count == limit ? Keys.Offset(rows[^1].Id) : null);
            },
            cancellationToken);

    public async Task<byte[]> ReadKeyAsync(string name, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(session => session.FindAsync(SelectKey, new { name }), cancellationToken).ConfigureAwait(false);
        if (known is not null) return known;
        return await WriteAsync(
            1,
            async session =>
            {
                await session.ExecuteAsync(InsertKey, new { name, value = RandomNumberGenerator.GetBytes(32) }).ConfigureAwait(false);
                return await session.SingleAsync(SelectKey, new { name }).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static readonly Query<LedgerKeyUse> SelectLedgerKeys = new("""
        SELECT key_id AS KeyId, algorithm AS Algorithm, MIN(position) AS FirstPosition, MAX(position) AS LastPosition
        FROM ledger
        WHERE position > @after AND key_id IS NOT NULL
        GROUP BY key_id, algorithm
        """);

    private static readonly Query<string> SelectLedgerId = new("SELECT ledger_id AS LedgerId FROM ledger_head WHERE id = 1");

    private static readonly Query<byte[]> SelectKey = new("SELECT value FROM store_key WHERE name = @name");

    /// <summary>Of two hubs that ask at once on SQL Server, the later one is refused the key, runs again and finds it there.</summary>
    private static readonly Command InsertKey = new("""
        INSERT INTO store_key (name, value) SELECT @name, @value WHERE NOT EXISTS (SELECT 1 FROM store_key WHERE name = @name)
        """);
}

internal sealed class LedgerSql(Dialect dialect)
{
    public Query<LedgerRow> Select { get; } = new($"""
        SELECT l.position AS Position, l.committed_at AS CommittedAt, l.kind AS Kind, l.changeset_id AS Changeset,
            l.catalog_version AS CatalogVersion, l.previous_hash AS PreviousHash, l.salt AS Salt, l.entry_hash AS EntryHash, {HeadRow.LedgerIdColumn},
            l.algorithm AS Algorithm, l.key_id AS KeyId, l.signature AS Signature,
            r.organization AS Organization, r.name AS Name, c.digest_state AS DigestState, c.stored_state AS StoredState, {CountColumns.Select}
        FROM ledger l
        JOIN changeset c ON c.id = l.changeset_id
        LEFT JOIN report r ON r.id = c.report_id
        WHERE l.position > @after
        ORDER BY l.position
        {dialect.Limit("@limit")}
        """);

    public Query<HeadRow> SelectAt { get; } = new($"""
        SELECT position AS Position, committed_at AS CommittedAt, catalog_version AS CatalogVersion, entry_hash AS EntryHash
        FROM ledger WHERE committed_at <= @at ORDER BY committed_at DESC {dialect.Limit("1")}
        """);
}
