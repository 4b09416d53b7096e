using System.Data.Common;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Storage.Sqlite;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Copying;

/// <summary>A SQLite file. A new one is made beside its place and put there when it is whole.</summary>
/// <param name="path">Of the database file.</param>
public sealed class SqliteEnd(string path) : StoreEnd
{
    private const int RowsPerTransaction = 50_000;

    private readonly string _unfinished = path + ".copying";
    private bool _isTarget;

    internal override async Task OpenSourceAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) throw CopyRefusedException.NoStore();
        Open(path, SqliteOpenMode.ReadWrite);
        Transaction = ((SqliteConnection)Connection!).BeginTransaction(deferred: true);
        if (await ScalarAsync("SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_migration'", cancellationToken).ConfigureAwait(false) == 0)
            throw CopyRefusedException.NoStore();
        await RequireSchemaAsync(SqliteMigrations.Embedded, cancellationToken).ConfigureAwait(false);
    }

    internal override Task OpenTargetAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(path)) throw CopyRefusedException.NotEmpty();
        PrivateFolder.Make(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _isTarget = true;
        DeleteUnfinished();
        PrivateDatabase.Ensure(_unfinished);
        Open(_unfinished, SqliteOpenMode.ReadWriteCreate);
        SqliteMigrations.Apply((SqliteConnection)Connection!);
        return ExecuteAsync("DELETE FROM ledger_head; DELETE FROM audit_head", cancellationToken);
    }

    internal override async Task WriteAsync(CopyTable table, DbDataReader rows, CancellationToken cancellationToken)
    {
        var places = string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"));
        await using var command = CreateCommand($"INSERT INTO [{table.Name}] ({table.ColumnList}) VALUES ({places})");
        var values = table.Columns.Select((_, i) =>
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            command.Parameters.Add(parameter);
            return parameter;
        }).ToArray();

        var more = true;
        while (more)
        {
            await using var transaction = await Connection!.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            command.Transaction = transaction;
            for (var row = 0; row < RowsPerTransaction && (more = await rows.ReadAsync(cancellationToken).ConfigureAwait(false)); row++)
            {
                for (var i = 0; i < values.Length; i++) values[i].Value = rows.GetValue(i);
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    internal override async Task FinishAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken).ConfigureAwait(false);
        await Connection!.DisposeAsync().ConfigureAwait(false);
        using (var file = new FileStream(_unfinished, FileMode.Open, FileAccess.ReadWrite)) file.Flush(flushToDisk: true);
        File.Move(_unfinished, path, overwrite: false);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        if (_isTarget) DeleteUnfinished();
    }

    private void Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        Connection = connection;
        try
        {
            connection.Open();
            SqliteConnections.Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA cache_size = -65536;");
        }
        catch (SqliteException e)
        {
            throw new StoreUnavailableException("The database cannot be opened.", e);
        }
    }

    private void DeleteUnfinished()
    {
        foreach (var end in new[] { "", "-wal", "-shm" }) File.Delete(_unfinished + end);
    }
}
