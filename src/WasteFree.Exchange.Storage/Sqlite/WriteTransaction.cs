using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>What an operation works with while the writer's transaction is open.</summary>
internal sealed class WriteTransaction(SqliteConnection connection, WriteDictionaries dictionaries, RevisionInsert revisions, ILedgerSigner? signer, TimeProvider time)
{
    public SqliteConnection Connection => connection;

    public WriteDictionaries Dictionaries => dictionaries;

    public RevisionInsert Revisions => revisions;

    public long Now => time.GetUtcNow().ToMicroseconds();

    public HeadRow ReadHead() => connection.QuerySingle<HeadRow>(HeadRow.Select);

    /// <summary>
    /// Moves the head and writes the ledger row: the last and shortest step of every change. Time never goes back,
    /// whatever the clock does, so that a position and an instant order the ledger alike.
    /// </summary>
    public LedgerEntry AppendLedger(LedgerEntryKind kind, long changeset, string subject, byte[] digest, RowCounts counts)
    {
        var head = ReadHead();
        var entry = new LedgerEntry
        {
            Position = head.Position + 1,
            CommittedAtMicroseconds = Math.Max(Now, head.CommittedAt + 1),
            Kind = kind,
            Subject = subject,
            Digest = digest,
            Counts = counts,
        };
        var hash = entry.Hash(head.EntryHash);
        var row = new
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
        };
        Failpoint.Reached(Failpoint.BeforeHead);
        connection.Execute(UpdateHead, row);
        Failpoint.Reached(Failpoint.AfterHead);
        connection.Execute(InsertEntry, row);
        connection.Execute(Release, row);
        return entry;
    }

    private const string UpdateHead = """
        UPDATE ledger_head
        SET position = @position, committed_at = @committedAt, catalog_version = @catalogVersion, entry_hash = @entryHash
        WHERE id = 1
        """;

    private const string InsertEntry = """
        INSERT INTO ledger (position, committed_at, kind, changeset_id, catalog_version, previous_hash, entry_hash, algorithm, key_id, signature)
        VALUES (@position, @committedAt, @kind, @changeset, @catalogVersion, @previousHash, @entryHash, @algorithm, @keyId, @signature)
        """;

    private const string Release = """
        UPDATE changeset SET state = 2, position = @position WHERE id = @changeset
        """;
}

/// <summary>The row of ledger_head.</summary>
internal sealed class HeadRow
{
    public const string Select = """
        SELECT position AS Position, committed_at AS CommittedAt, catalog_version AS CatalogVersion, entry_hash AS EntryHash
        FROM ledger_head WHERE id = 1
        """;

    public long Position { get; init; }
    public long CommittedAt { get; init; }
    public long CatalogVersion { get; init; }
    public byte[] EntryHash { get; init; } = [];

    public LedgerHead ToHead() => new(Position, Instants.FromMicroseconds(CommittedAt), CatalogVersion);
}
