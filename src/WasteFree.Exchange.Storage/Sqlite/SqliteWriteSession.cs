using Microsoft.Data.Sqlite;
using SQLitePCL;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>
/// The write connection, from transaction to transaction. SQLite works on the calling thread: its tasks are done when they
/// are given. A transaction has the whole database, so that nothing in it needs a lock of its own.
/// </summary>
internal sealed class SqliteWriteSession : WriteSession, IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly WriteDictionaries _dictionaries;
    private readonly RevisionInsert _revisions;

    public SqliteWriteSession(SqliteConnection connection, ILedgerSigner? signer, StoreClock clock)
        : base(connection, transaction: null, SqliteStore.Statements, signer, clock, CancellationToken.None)
    {
        _connection = connection;
        _dictionaries = new WriteDictionaries(connection);
        try
        {
            _revisions = new RevisionInsert(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <returns>Whether the write lock was free.</returns>
    /// <exception cref="SqliteException">The database does not work.</exception>
    public bool TryBegin()
    {
        var result = SqliteConnections.Execute(_connection, "BEGIN IMMEDIATE");
        if ((result & 0xFF) == raw.SQLITE_BUSY) return false;
        Require(result);
        return true;
    }

    public void Commit()
    {
        Require(SqliteConnections.Execute(_connection, "COMMIT"));
        _dictionaries.Committed();
    }

    public void RollBack()
    {
        SqliteConnections.Execute(_connection, "ROLLBACK");
        _dictionaries.RolledBack();
    }

    public override Task LockOrganizationAsync(string organization) => Task.CompletedTask;

    public override Task LockReportAsync(ReportName report) => Task.CompletedTask;

    public override Task LockAttemptAsync(long changeset) => Task.CompletedTask;

    public override Task InsertRowsAsync(UploadChunk chunk)
    {
        foreach (var (offset, row) in chunk.Rows)
        {
            var codes = SeriesCodes.Of(row, chunk.Organization);
            var key = Keys.Observation(row.Period, _dictionaries.Series(codes));
            _dictionaries.Period(row.Period.Number);
            _revisions.Insert(
                Keys.Revision(chunk.Changeset, offset), key, row, _dictionaries.Unit(row.Unit), Unit(row.NumeratorUnit), Unit(row.DenominatorUnit));
        }
        return Task.CompletedTask;

        long? Unit(string? code) => code is null ? null : _dictionaries.Unit(code);
    }

    public override Task InsertFindingsAsync(IReadOnlyList<FindingRow> findings) => ExecuteAsync(FindingRow.Insert, findings);

    public override Task InsertCatalogRowsAsync(long changeset, IReadOnlyList<CatalogRow> rows) =>
        ExecuteAsync(InsertCatalogRow, rows.Select(row => new { row.Kind, row.Key, changeset, row.Content }));

    protected override Task InsertAuditAsync(IReadOnlyList<AuditRow> rows) => ExecuteAsync(AuditSql.Insert, rows);

    public void Dispose()
    {
        _revisions.Dispose();
        _connection.Dispose();
    }

    private void Require(int result)
    {
        if (result != raw.SQLITE_OK)
            throw new SqliteException(raw.sqlite3_errmsg(_connection.Handle).utf8_to_string(), result, raw.sqlite3_extended_errcode(_connection.Handle));
    }

    private static readonly Command InsertCatalogRow = new("""
        INSERT INTO catalog_row (kind, [key], changeset_id, content) VALUES (@Kind, @Key, @changeset, @Content)
        """);
}
