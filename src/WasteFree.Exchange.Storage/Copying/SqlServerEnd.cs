using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using WasteFree.Exchange.Storage.SqlServer;

namespace WasteFree.Exchange.Storage.Copying;

/// <summary>A SQL Server database.</summary>
public sealed class SqlServerEnd(SqlServerOptions options) : StoreEnd
{
    private const int BatchRows = 10_000;

    private readonly SqlServerConnections _connections = new(options);

    internal override async Task OpenSourceAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        if (await ScalarAsync("SELECT CASE WHEN OBJECT_ID('schema_migration') IS NULL THEN 0 ELSE 1 END", cancellationToken).ConfigureAwait(false) == 0)
            throw CopyRefusedException.NoStore();
        Transaction = connection.BeginTransaction(IsolationLevel.Snapshot);
        await RequireSchemaAsync(SqlServerMigrations.Embedded, cancellationToken).ConfigureAwait(false);
    }

    internal override async Task OpenTargetAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await SqlServerMigrations.ApplyAsync(connection, cancellationToken).ConfigureAwait(false);
        await RequireEmptyAsync(cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(
            $"INSERT INTO schema_migration (number, name) VALUES ({Migrations.Unfinished}, 'a copy is under way'); DELETE FROM ledger_head; DELETE FROM audit_head",
            cancellationToken).ConfigureAwait(false);
    }

    internal override async Task WriteAsync(CopyTable table, DbDataReader rows, CancellationToken cancellationToken)
    {
        using (var copy = new SqlBulkCopy((SqlConnection)Connection!, SqlBulkCopyOptions.KeepIdentity | SqlBulkCopyOptions.KeepNulls | SqlBulkCopyOptions.TableLock, null)
        {
            DestinationTableName = $"[{table.Name}]",
            BatchSize = BatchRows,
            BulkCopyTimeout = 0,
        })
            await copy.WriteToServerAsync(rows, cancellationToken).ConfigureAwait(false);
        if (!table.HasIdentity) return;
        var last = await ScalarAsync($"SELECT COALESCE(MAX(id), 0) FROM [{table.Name}]", cancellationToken).ConfigureAwait(false);
        if (last > 0) await ExecuteAsync($"DBCC CHECKIDENT ('{table.Name}', RESEED, {last}) WITH NO_INFOMSGS", cancellationToken).ConfigureAwait(false);
    }

    internal override Task FinishAsync(CancellationToken cancellationToken) =>
        ExecuteAsync($"DELETE FROM schema_migration WHERE number = {Migrations.Unfinished}", cancellationToken);

    private async Task<SqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await _connections.OpenAsync(cancellationToken).ConfigureAwait(false);
        Connection = connection;
        return connection;
    }
}
