using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>The store on one SQLite file: embedded, for one machine; several processes may share the file.</summary>
public sealed partial class SqliteStore : IExchangeStore
{
    private readonly SqliteConnections _connections;
    private readonly SqliteWriter _writer;

    /// <param name="path">The database file; made when it is missing.</param>
    /// <param name="time">The clock that ledger entries take their instants from.</param>
    /// <param name="signer">Signs ledger entries; null: they stay unsigned.</param>
    /// <param name="maxPages">Largest size of the file in pages; null: as much as the disk holds.</param>
    public SqliteStore(string path, TimeProvider time, ILedgerSigner? signer = null, int? maxPages = null)
    {
        _connections = new SqliteConnections(path, maxPages);
        _writer = new SqliteWriter(_connections, signer, time, SweepSome);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        _connections.Clear();
    }

    public Task MigrateAsync(CancellationToken cancellationToken)
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
            return Task.FromException(new StoreUnavailableException("The schema could not be brought up to date.", e));
        }
    }

    public Task<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken) =>
        ReadAsync(connection => connection.QuerySingle<HeadRow>(HeadRow.Select).ToHead(), cancellationToken);

    public Task<LedgerHead?> FindPositionAsync(long position, CancellationToken cancellationToken) =>
        ReadAsync(connection => connection.QuerySingleOrDefault<HeadRow>(SelectPosition, new { position })?.ToHead(), cancellationToken);

    public Task<LedgerHead?> FindPositionAsync(DateTimeOffset time, CancellationToken cancellationToken) =>
        ReadAsync(connection => connection.QuerySingleOrDefault<HeadRow>(SelectAt, new { at = time.ToMicroseconds() })?.ToHead(), cancellationToken);

    private const string SelectPosition = """
        SELECT position AS Position, committed_at AS CommittedAt, catalog_version AS CatalogVersion, entry_hash AS EntryHash
        FROM ledger WHERE position = @position
        """;

    private const string SelectAt = """
        SELECT position AS Position, committed_at AS CommittedAt, catalog_version AS CatalogVersion, entry_hash AS EntryHash
        FROM ledger WHERE committed_at <= @at ORDER BY committed_at DESC LIMIT 1
        """;

    /// <summary>
    /// Reads in one transaction, hence one state of the database. SQLite works on the calling thread; callers are
    /// on the thread pool already, and a page is short.
    /// </summary>
    private Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        try
        {
            using var connection = _connections.OpenRead();
            using var transaction = connection.BeginTransaction(deferred: true);
            var result = read(connection);
            transaction.Commit();
            return Task.FromResult(result);
        }
        catch (SqliteException e)
        {
            return Task.FromException<T>(new StoreUnavailableException("The database did not answer.", e));
        }
    }
}
