using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Server;

namespace WasteFree.Exchange.Faults.Databases;

/// <summary>
/// The file in the hubs' folder. Each read is a connection of its own, so that a hub that starts on a store which nobody
/// has open recovers its log by itself.
/// </summary>
internal sealed class StageSqlite(string folder) : StageDatabase
{
    private readonly string _file = Path.Combine(folder, HubOptions.DatabaseFile);

    private readonly string _copy = Path.Combine(folder, "copy.db");

    public override string Limit => "LIMIT @limit";

    public override bool Exists => File.Exists(_file);

    public override DbConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        connection.Open();
        return connection;
    }

    public override DbTransaction BeginRead(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: true);

    public override async Task HoldAsync(TimeSpan time)
    {
        await using var connection = Open();
        try
        {
            await connection.ExecuteAsync("BEGIN IMMEDIATE");
            await Task.Delay(time);
            await connection.ExecuteAsync("ROLLBACK");
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == 5)
        {
            // The hubs were busy all the time.
        }
    }

    public override long? Copy()
    {
        File.Delete(_copy);
        using var connection = (SqliteConnection)Open();
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _copy, Pooling = false }.ToString());
        copy.Open();
        connection.BackupDatabase(copy);
        return copy.ExecuteScalar<long>("SELECT position FROM ledger_head");
    }

    public override void PutBack()
    {
        foreach (var beside in new[] { "-wal", "-shm" }) File.Delete(_file + beside);
        // The file keeps its rights: they are its owner's alone.
        using var to = new FileStream(_file, FileMode.Truncate);
        using var from = File.OpenRead(_copy);
        from.CopyTo(to);
    }

    /// <summary>The schema is not there yet, or somebody recovers the log.</summary>
    public override bool IsPassing(DbException exception) => exception is SqliteException { SqliteErrorCode: 1 or 5 or 6 };

    public override string CheckIntegrity()
    {
        using var connection = Open();
        return connection.ExecuteScalar<string>("PRAGMA integrity_check(3)")!;
    }

    /// <summary>It goes with its folder.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
