using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

public abstract partial class SqlStore
{
    public Task<IReadOnlyList<CatalogRow>> ReadCatalogAsync(long position, CancellationToken cancellationToken) =>
        ReadAtAsync<IReadOnlyList<CatalogRow>>(
            position,
            async session => [.. (await session.ListAsync(SelectCatalog, new { position }).ConfigureAwait(false)).Select(row => row.ToCatalogRow())],
            cancellationToken);

    public Task<long?> AppendCatalogAsync(IReadOnlyList<CatalogRow> rows, long expectedVersion, AuditCall by, CancellationToken cancellationToken) =>
        WriteAsync<long?>(
            rows.Count,
            async session =>
            {
                if ((await session.ReadHeadAsync().ConfigureAwait(false)).CatalogVersion != expectedVersion) return null;
                var state = LedgerEntry.CatalogState(rows);
                var changeset = await InsertChangesetAsync(session, LedgerEntryKind.CatalogChanged, report: null, rows.Count, state, state, expectedVersion).ConfigureAwait(false);
                await session.InsertCatalogRowsAsync(changeset, rows).ConfigureAwait(false);
                var digest = Sha256State.DigestOf(state);
                var entry = await session.AppendLedgerAsync(
                    LedgerEntryKind.CatalogChanged, changeset, "catalog", new ContentDigests(digest, digest), new RowCounts { Submitted = rows.Count }, expectedVersion).ConfigureAwait(false);
                await session.AppendAuditAsync(AuditEntry.Of(by, "catalog", rows: rows.Count)).ConfigureAwait(false);
                return entry.Position;
            },
            cancellationToken);

    private static Task<long> InsertChangesetAsync(
        WriteSession session, LedgerEntryKind kind, long? report, long rows, byte[] digestState, byte[] storedState, long catalogVersion) =>
        session.InsertChangesetAsync(
            new { kind = (long)kind, report, state = 1L, epoch = 1L, writer = "", rows, digestState, storedState, policy = 1L, catalogVersion, now = session.Now });

    /// <summary>The latest visible row of each key.</summary>
    private static readonly Query<StoredCatalogRow> SelectCatalog = new("""
        SELECT kind AS Kind, [key] AS [Key], content AS Content
        FROM (
            SELECT r.kind, r.[key], r.content, ROW_NUMBER() OVER (PARTITION BY r.kind, r.[key] ORDER BY c.position DESC) AS age
            FROM catalog_row r
            JOIN changeset c ON c.id = r.changeset_id
            WHERE c.position <= @position
        ) v
        WHERE age = 1
        ORDER BY kind, [key]
        """);
}

/// <summary>A row of catalog_row.</summary>
internal sealed class StoredCatalogRow
{
    public string Kind { get; init; } = "";
    public string Key { get; init; } = "";
    public string Content { get; init; } = "";

    public CatalogRow ToCatalogRow() => new(Kind, Key, Content);
}
