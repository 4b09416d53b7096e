using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>The store on one SQLite file: embedded, for one machine; several processes may share the file.</summary>
public sealed class SqliteStore : SqlStore
{
    internal static readonly StoreSql Statements = new(SqliteDialect.Instance);

    private readonly SqliteConnections _connections;
    private readonly StoreCondition _condition;
    private readonly SqliteWriter _writer;

    /// <param name="path">The database file; made when it is missing.</param>
    /// <param name="time">The clock that ledger entries take their instants from.</param>
    /// <param name="signer">Signs ledger entries; null: they stay unsigned.</param>
    /// <param name="maxPages">Largest size of the file in pages; null: as much as the disk holds.</param>
    public SqliteStore(string path, TimeProvider time, ILedgerSigner? signer = null, int? maxPages = null)
    {
        _connections = new SqliteConnections(path, maxPages);
        _condition = new StoreCondition(time);
        _writer = new SqliteWriter(_connections, signer, _condition, SweepSomeAsync);
    }

    public override Task Working => _writer.Working;

    private protected override StoreCondition Condition => _condition;

    /// <summary>Makes an empty database file, its owner's alone, where there is none.</summary>
    /// <param name="path">The database file.</param>
    public static void MakeFile(string path) => PrivateDatabase.Ensure(path);

    public override async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        _connections.Clear();
    }

    public override Task MigrateAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            using var connection = _connections.OpenWrite();
            SqliteMigrations.Apply(connection);
            return Task.CompletedTask;
        }
        catch (SqliteException e)
        {
            return Task.FromException(Unavailable("The schema could not be brought up to date.", e));
        }
    }

    /// <summary>
    /// Reads in one transaction, hence one state of the database. SQLite works on the calling thread; callers are
    /// on the thread pool already, and a page is short.
    /// </summary>
    private protected override async Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            using var connection = _connections.OpenRead();
            using var transaction = connection.BeginTransaction(deferred: true);
            var result = await read(new Session(connection, transaction, Statements, cancellationToken)).ConfigureAwait(false);
            transaction.Commit();
            return result;
        }
        catch (SqliteException e)
        {
            throw Unavailable("The database did not answer.", e);
        }
    }

    /// <summary>Each page is looked at by itself and in its tree; an index is not held against its table, which would take hours.</summary>
    public override Task<IReadOnlyList<string>?> CheckPagesAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<string>?>(CheckPages());
    }

    public override Task<long> MeasureAsync(CancellationToken cancellationToken) =>
        ReadAsync(session => session.SingleAsync(SelectSize), cancellationToken);

    private static readonly Query<long> SelectSize = new("""
        SELECT ((SELECT page_count FROM pragma_page_count) - (SELECT freelist_count FROM pragma_freelist_count)) * (SELECT page_size FROM pragma_page_size) AS Size
        """);

    private List<string> CheckPages()
    {
        List<string> found;
        try
        {
            using var connection = _connections.OpenFresh();
            found = [.. connection.Query<string>("PRAGMA quick_check(100)").Where(line => line != "ok")];
        }
        catch (SqliteException e) when (SqliteErrors.IsDamage(e))
        {
            found = [e.Message];
        }
        catch (SqliteException e)
        {
            throw new StoreUnavailableException("The database did not answer.", e);
        }
        _condition.IsDamaged = found.Count > 0;
        return found;
    }

    private StoreUnavailableException Unavailable(string message, SqliteException e)
    {
        if (!SqliteErrors.IsDamage(e)) return new StoreUnavailableException(message, e);
        // What connections have in memory may be as wrong.
        _connections.Clear();
        return _condition.Damaged(e);
    }

    private protected override Task<T> WriteAsync<T>(int rows, Func<WriteSession, Task<T>> operation, CancellationToken cancellationToken) =>
        _writer.WriteAsync(new SingleOperation<T>(rows, operation), cancellationToken);

    private protected override Task<T> WriteInOrderAsync<T>(WriteOperation<T> operation, CancellationToken cancellationToken) =>
        _writer.WriteAsync(operation, cancellationToken);

    private protected override Task WriteAuditAsync(AuditOperation operation, CancellationToken cancellationToken) =>
        _writer.WriteAsync(operation, cancellationToken);
}
