using System.Data.Common;

namespace WasteFree.Exchange.Storage.Copying;

/// <summary>One end of a copy: a store that is read from, or an empty one that is written to.</summary>
public abstract class StoreEnd : IAsyncDisposable
{
    private protected DbConnection? Connection { get; set; }

    private protected DbTransaction? Transaction { get; set; }

    /// <summary>Begins to read one state of the store, of this version's schema.</summary>
    /// <exception cref="CopyRefusedException">There is no such store, or it is of another version.</exception>
    internal abstract Task OpenSourceAsync(CancellationToken cancellationToken);

    /// <summary>Makes the schema. Until <see cref="FinishAsync"/> no hub starts on it.</summary>
    /// <exception cref="CopyRefusedException">It is not empty.</exception>
    internal abstract Task OpenTargetAsync(CancellationToken cancellationToken);

    internal abstract Task WriteAsync(CopyTable table, DbDataReader rows, CancellationToken cancellationToken);

    /// <summary>Makes the target a store.</summary>
    internal abstract Task FinishAsync(CancellationToken cancellationToken);

    /// <summary>Changes with every commit, every chunk and every audit entry.</summary>
    internal async Task<string> ReadStateAsync(CancellationToken cancellationToken)
    {
        await using var command = CreateCommand(State);
        return (string)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>From here on the source is read as it is, no longer as it was.</summary>
    internal async Task EndSnapshotAsync(CancellationToken cancellationToken)
    {
        await Transaction!.CommitAsync(cancellationToken).ConfigureAwait(false);
        await Transaction.DisposeAsync().ConfigureAwait(false);
        Transaction = null;
    }

    /// <summary>The command lives as long as its reader: SQLite closes both together.</summary>
    internal Task<DbDataReader> ReadAsync(CopyTable table, CancellationToken cancellationToken) =>
        CreateCommand(table.Select).ExecuteReaderAsync(cancellationToken);

    private protected DbCommand CreateCommand(string text)
    {
        var command = Connection!.CreateCommand();
        command.Transaction = Transaction;
#pragma warning disable CA2100 // Made of the constant tables of CopyTable.
        command.CommandText = text;
#pragma warning restore CA2100
        command.CommandTimeout = 0; // A table may be long; the user can interrupt.
        return command;
    }

    private protected async Task<long> ScalarAsync(string text, CancellationToken cancellationToken)
    {
        await using var command = CreateCommand(text);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The source is read by the names of this build's columns.</summary>
    private protected async Task RequireSchemaAsync(Migrations migrations, CancellationToken cancellationToken)
    {
        var journal = new List<MigrationRow>();
        await using var command = CreateCommand(Migrations.Journal);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            journal.Add(new MigrationRow { Number = Convert.ToInt64(rows.GetValue(0), System.Globalization.CultureInfo.InvariantCulture), Name = rows.GetString(1) });
        if (journal.Any(applied => applied.Number == Migrations.Unfinished)) throw CopyRefusedException.Unfinished();
        if (!migrations.Are(journal)) throw CopyRefusedException.OtherSchema();
    }

    private protected async Task ExecuteAsync(string text, CancellationToken cancellationToken)
    {
        await using var command = CreateCommand(text);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A new store has its heads and nothing else.</summary>
    private protected async Task RequireEmptyAsync(CancellationToken cancellationToken)
    {
        foreach (var table in CopyTable.All)
        {
            if (table.IsHead) continue;
            if (await ScalarAsync(table.Count, cancellationToken).ConfigureAwait(false) > 0) throw CopyRefusedException.NotEmpty();
        }
    }

    private const string State = """
        SELECT CONCAT(h.position, ' ', (SELECT position FROM audit_head), ' ', (SELECT COUNT(*) FROM changeset), ' ', (SELECT SUM(epoch) FROM changeset), ' ', (SELECT SUM(next_offset) FROM changeset))
        FROM ledger_head h
        """;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Transaction is not null) await Transaction.DisposeAsync().ConfigureAwait(false);
        if (Connection is not null) await Connection.DisposeAsync().ConfigureAwait(false);
    }
}
