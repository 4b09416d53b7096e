using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>
/// Opens connections with the settings that durability rests on: write-ahead log, and a sync of the log at each
/// commit. Readers never block the writer and see one state of the database per transaction.
/// </summary>
internal sealed class SqliteConnections(string path, int? maxPages = null)
{
    private readonly string _write = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        Pooling = false,
        DefaultTimeout = 30,
    }.ToString();

    private readonly string _read = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = true,
        DefaultTimeout = 30,
    }.ToString();

    public SqliteConnection OpenWrite()
    {
        PrivateDatabase.Ensure(path);
        var connection = Open(_write, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16000; PRAGMA cache_size = -65536;");
        if (maxPages is { } pages) connection.Execute($"PRAGMA max_page_count = {pages}");
        // A commit is acknowledged on the strength of this setting: never go on without it.
        var synchronous = connection.ExecuteScalar<long>("PRAGMA synchronous");
        if (synchronous < 2) throw new StoreUnavailableException("The database refuses synchronous=FULL.");
        return connection;
    }

    /// <summary>Sees the file as it is now: no page of it is in memory yet.</summary>
    public SqliteConnection OpenFresh() => Open(_read + ";Pooling=False", "PRAGMA query_only = ON;");

    public SqliteConnection OpenRead() => Open(_read, "PRAGMA query_only = ON; PRAGMA cache_size = -16384;");

    /// <summary>Forgets pooled connections, so that the file can be moved or deleted.</summary>
    public void Clear()
    {
        using var connection = new SqliteConnection(_read);
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>
    /// Runs one statement without parameters below ADO.NET, whose own waiting on a busy database sleeps for 150 ms.
    /// </summary>
    public static int Execute(SqliteConnection connection, string sql) => raw.sqlite3_exec(connection.Handle, sql);

    private static SqliteConnection Open(string connectionString, string pragmas)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            connection.Execute(pragmas);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
