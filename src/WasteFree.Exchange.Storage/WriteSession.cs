using System.Data.Common;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

/// <summary>What an operation works with while its transaction is open.</summary>
internal abstract class WriteSession(
    DbConnection connection, DbTransaction? transaction, StoreSql sql, ILedgerSigner? signer, TimeProvider time, CancellationToken cancellationToken)
    : Session(connection, transaction, sql, cancellationToken)
{
    public long Now => time.GetUtcNow().ToMicroseconds();

    public Task<HeadRow> ReadHeadAsync() => SingleAsync(HeadRow.Select);

    /// <summary>
    /// Until the transaction ends no other one commits or withdraws for the organisation: the keys of its observations
    /// have one writer.
    /// </summary>
    public abstract Task LockOrganizationAsync(string organization);

    /// <summary>Until the transaction ends no other one opens, commits or gives up the report.</summary>
    public abstract Task LockReportAsync(ReportName report);

    /// <summary>Until the transaction ends no other one appends to the attempt.</summary>
    public abstract Task LockAttemptAsync(long changeset);

    /// <summary>Stores the good rows of a chunk whose cursor has been moved.</summary>
    public abstract Task InsertRowsAsync(UploadChunk chunk);

    public abstract Task InsertFindingsAsync(IReadOnlyList<FindingRow> findings);

    public abstract Task InsertCatalogRowsAsync(long changeset, IReadOnlyList<CatalogRow> rows);

    /// <summary>
    /// Moves the head and writes the ledger row: the last and shortest step of every change, since all others wait for
    /// it. Time never goes back, whatever the clock does, so that a position and an instant order the ledger alike.
    /// </summary>
    /// <param name="kind">What the entry records.</param>
    /// <param name="changeset">The rows that become visible with it.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="digest">Of its content.</param>
    /// <param name="counts">Of its rows.</param>
    /// <param name="catalogVersion">The catalogue it was checked against; null: any.</param>
    /// <returns>The position.</returns>
    /// <exception cref="CatalogMovedException">The catalogue has moved since this transaction looked.</exception>
    public async Task<long> AppendLedgerAsync(
        LedgerEntryKind kind, long changeset, string subject, byte[] digest, RowCounts counts, long? catalogVersion)
    {
        Failpoint.Reached(Failpoint.BeforeHead);
        var head = await SingleAsync(MoveHead, new { now = Now }).ConfigureAwait(false);
        Failpoint.Reached(Failpoint.AfterHead);
        if (catalogVersion is { } expected && head.CatalogVersion != expected) throw new CatalogMovedException();

        var entry = new LedgerEntry
        {
            Position = head.Position,
            CommittedAtMicroseconds = head.CommittedAt,
            Kind = kind,
            Subject = subject,
            Digest = digest,
            Counts = counts,
        };
        var hash = entry.Hash(head.EntryHash);
        await ExecuteAsync(
            WriteEntry,
            new
            {
                position = entry.Position,
                committedAt = entry.CommittedAtMicroseconds,
                kind = (long)kind,
                changeset,
                catalogVersion = kind == LedgerEntryKind.CatalogChanged ? entry.Position : head.CatalogVersion,
                previousHash = head.EntryHash,
                entryHash = hash,
                algorithm = signer?.Algorithm,
                keyId = signer?.KeyId,
                signature = signer?.Sign(hash),
            }).ConfigureAwait(false);
        return entry.Position;
    }

    /// <summary>
    /// Moves the head of the audit log and writes the entries, after everything else of the transaction: all others that
    /// log wait for it.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The log has no head: nothing goes on without it.</exception>
    public async Task AppendAuditAsync(params IReadOnlyList<AuditEntry> entries)
    {
        var head = await FindAsync(AuditSql.LockHead).ConfigureAwait(false) ?? throw new StoreUnavailableException("The audit log has no head.");
        var (position, recordedAt, hash) = (head.Position, head.RecordedAt, head.Hash);
        var rows = new List<AuditRow>(entries.Count);
        foreach (var entry in entries)
        {
            recordedAt = Math.Max(Now, recordedAt + 1);
            var row = AuditRow.Of(entry, ++position, recordedAt, hash);
            hash = row.Hash;
            rows.Add(row);
        }
        await ExecuteAsync(AuditSql.Insert, rows).ConfigureAwait(false);
        await ExecuteAsync(
            AuditSql.MoveHead,
            new { position, recordedAt, hash, algorithm = signer?.Algorithm, keyId = signer?.KeyId, signature = signer?.Sign(hash) }).ConfigureAwait(false);
    }

    /// <summary>Gives the new position and instant beside the catalogue and the hash of the entry before.</summary>
    private static readonly Query<HeadRow> MoveHead = new("""
        UPDATE ledger_head
        SET position = position + 1, committed_at = CASE WHEN @now > committed_at THEN @now ELSE committed_at + 1 END
        WHERE id = 1;
        SELECT position AS Position, committed_at AS CommittedAt, catalog_version AS CatalogVersion, entry_hash AS EntryHash
        FROM ledger_head WHERE id = 1
        """);

    private static readonly Command WriteEntry = new("""
        UPDATE ledger_head SET catalog_version = @catalogVersion, entry_hash = @entryHash WHERE id = 1;
        INSERT INTO ledger (position, committed_at, kind, changeset_id, catalog_version, previous_hash, entry_hash, algorithm, key_id, signature)
        VALUES (@position, @committedAt, @kind, @changeset, @catalogVersion, @previousHash, @entryHash, @algorithm, @keyId, @signature);
        UPDATE changeset SET state = 2, position = @position WHERE id = @changeset;
        """);
}

/// <summary>
/// Between an operation's look at the catalogue and its ledger entry another hub has loaded one. The operation is undone
/// and run again, and then sees it.
/// </summary>
internal sealed class CatalogMovedException : Exception
{
    public CatalogMovedException()
    {
    }

    public CatalogMovedException(string message) : base(message)
    {
    }

    public CatalogMovedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
