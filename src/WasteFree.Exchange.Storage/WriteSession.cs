using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

/// <summary>What an operation works with while its transaction is open.</summary>
internal abstract class WriteSession(
    DbConnection connection, DbTransaction? transaction, StoreSql sql, ILedgerSigner? signer, StoreClock clock, CancellationToken cancellationToken)
    : Session(connection, transaction, sql, cancellationToken)
{
    /// <exception cref="StoreUnavailableException">The clock of this machine is ahead: nothing is written with what it says.</exception>
    public long Now => clock.GetUtcNow().ToMicroseconds();

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

    /// <returns>Its id.</returns>
    public async Task<long> InsertChangesetAsync(object changeset)
    {
        var id = await SingleAsync(Sql.Attempts.InsertChangeset, changeset).ConfigureAwait(false);
        return id <= Keys.MaxChangeset ? id : throw new InvalidOperationException("The store has no room for another set of rows.");
    }

    /// <summary>Stores the good rows of a chunk whose cursor has been moved.</summary>
    public abstract Task InsertRowsAsync(UploadChunk chunk);

    public abstract Task InsertFindingsAsync(IReadOnlyList<FindingRow> findings);

    /// <summary>Drops the findings of an attempt; how many there were is remembered.</summary>
    public async Task DropFindingsAsync(long changeset)
    {
        await ExecuteAsync(FindingSql.DeleteFindings, new { changeset }).ConfigureAwait(false);
        await ExecuteAsync(FindingSql.ForgetKept, new { changeset }).ConfigureAwait(false);
    }

    public abstract Task InsertCatalogRowsAsync(long changeset, IReadOnlyList<CatalogRow> rows);

    /// <summary>Entries of the audit log that others follow on.</summary>
    protected abstract Task InsertAuditAsync(IReadOnlyList<AuditRow> rows);

    /// <summary>
    /// Moves the head and writes the ledger row: the last and shortest step of every change, since all others wait for
    /// it. Time never goes back, whatever the clock does, so that a position and an instant order the ledger alike.
    /// </summary>
    /// <param name="kind">What the entry records.</param>
    /// <param name="changeset">The rows that become visible with it.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="digests">Of its content.</param>
    /// <param name="counts">Of its rows.</param>
    /// <param name="catalogVersion">The catalogue it was checked against; null: any.</param>
    /// <exception cref="CatalogMovedException">The catalogue has moved since this transaction looked.</exception>
    public async Task<AppendedEntry> AppendLedgerAsync(
        LedgerEntryKind kind, long changeset, string subject, ContentDigests digests, RowCounts counts, long? catalogVersion)
    {
        // Nothing that cannot be is hashed or signed.
        if (counts is not { Submitted: >= 0, Rejected: >= 0, Created: >= 0, Revised: >= 0, Unchanged: >= 0, Duplicate: >= 0, Findings: >= 0 })
            throw new StoreUnavailableException($"The database counted what cannot be: {counts}.");
        Failpoint.Reached(Failpoint.BeforeHead);
        var head = await SingleAsync(MoveHead, new { now = Now }).ConfigureAwait(false);
        Failpoint.Reached(Failpoint.AfterHead);
        if (catalogVersion is { } expected && head.CatalogVersion != expected) throw new CatalogMovedException();

        var entry = new LedgerEntry
        {
            LedgerId = head.LedgerId,
            Position = head.Position,
            CommittedAtMicroseconds = head.CommittedAt,
            Kind = kind,
            Subject = subject,
            Digest = digests.Digest,
            StoredDigest = digests.StoredDigest,
            Counts = counts,
            SignatureAlgorithm = signer?.Algorithm ?? "",
            KeyId = signer?.KeyId ?? "",
            Salt = RandomNumberGenerator.GetBytes(LedgerEntry.SaltSize),
        };
        var hash = entry.Hash(head.EntryHash);
        var signature = signer?.Sign(hash);
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
                salt = entry.Salt,
                entryHash = hash,
                algorithm = signer?.Algorithm,
                keyId = signer?.KeyId,
                signature,
            }).ConfigureAwait(false);
        return new AppendedEntry(entry, head.EntryHash, hash, LedgerSignatures.Of(signer?.Algorithm, signer?.KeyId, signature));
    }

    /// <summary>
    /// Moves the head of the audit log and writes the entries, after everything else of the transaction: all others that
    /// log wait for it.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The log has no head: nothing goes on without it.</exception>
    public async Task AppendAuditAsync(params IReadOnlyList<AuditEntry> entries)
    {
        if (entries.Count == 0) return;
        var head = await FindAsync(AuditSql.LockHead).ConfigureAwait(false) ?? throw new StoreUnavailableException("The audit log has no head.");
        var (position, recordedAt, hash) = (head.Position, head.RecordedAt, head.Hash);
        var rows = new List<AuditRow>(entries.Count);
        foreach (var entry in entries)
        {
            recordedAt = Math.Max(Now, recordedAt + 1);
            var row = AuditRow.Of(entry, head.LedgerId, ++position, recordedAt, hash, RandomNumberGenerator.GetBytes(AuditEntry.SaltSize));
            hash = row.Hash;
            rows.Add(row);
        }
        if (rows.Count > 1) await InsertAuditAsync(rows[..^1]).ConfigureAwait(false);
        var last = new DynamicParameters(rows[^1]);
        last.Add("algorithm", signer?.Algorithm, DbType.String);
        last.Add("keyId", signer?.KeyId, DbType.String);
        last.Add("signature", signer?.Sign(hash), DbType.Binary);
        await ExecuteAsync(AuditSql.InsertLast, last).ConfigureAwait(false);
    }

    /// <summary>Gives the new position and instant beside the catalogue and the hash of the entry before.</summary>
    private static readonly Query<MovedHeadRow> MoveHead = new("""
        UPDATE ledger_head
        SET position = position + 1, committed_at = CASE WHEN @now > committed_at THEN @now ELSE committed_at + 1 END
        WHERE id = 1;
        SELECT position AS Position, committed_at AS CommittedAt, catalog_version AS CatalogVersion, entry_hash AS EntryHash,
            ledger_id AS LedgerId
        FROM ledger_head WHERE id = 1
        """);

    private static readonly Command WriteEntry = new("""
        UPDATE ledger_head SET catalog_version = @catalogVersion, entry_hash = @entryHash WHERE id = 1;
        INSERT INTO ledger (position, committed_at, kind, changeset_id, catalog_version, previous_hash, salt, entry_hash, algorithm, key_id, signature)
        VALUES (@position, @committedAt, @kind, @changeset, @catalogVersion, @previousHash, @salt, @entryHash, @algorithm, @keyId, @signature);
        UPDATE changeset SET state = 2, position = @position WHERE id = @changeset;
        """);
}

/// <summary>An entry of the ledger that was written with its transaction.</summary>
internal sealed record AppendedEntry(LedgerEntry Entry, byte[] PreviousHash, byte[] EntryHash, LedgerSignature? Signature)
{
    public long Position => Entry.Position;

    public Receipt ToReceipt(ReportName report) => new()
    {
        Report = report,
        Position = Position,
        CommittedAt = Instants.FromMicroseconds(Entry.CommittedAtMicroseconds),
        Counts = Entry.Counts,
        Digest = Entry.Digest,
        StoredDigest = Entry.StoredDigest,
        LedgerId = Entry.LedgerId,
        Salt = Entry.Salt,
        PreviousHash = PreviousHash,
        EntryHash = EntryHash,
        Signature = Signature,
    };
}

/// <summary>Of what an entry is about, and of its rows as they are stored.</summary>
internal readonly record struct ContentDigests(byte[] Digest, byte[] StoredDigest);

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
