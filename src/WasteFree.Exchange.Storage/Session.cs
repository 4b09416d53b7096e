using System.Data;
using System.Data.Common;
using Dapper;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

/// <summary>A connection within its transaction: one state of the database.</summary>
internal class Session(DbConnection connection, DbTransaction? transaction, StoreSql sql, CancellationToken cancellationToken)
{
    public StoreSql Sql => sql;

    protected DbConnection Connection => connection;

    /// <summary>How long a statement may take; 0: as long as it does; null: as long as the connection says.</summary>
    public int? TimeoutSeconds { get; set; }

    protected CancellationToken CancellationToken => cancellationToken;

    public void ThrowIfCancelled() => cancellationToken.ThrowIfCancellationRequested();

    public async Task<List<T>> ListAsync<T>(Query<T> query, object? parameters = null) =>
        (await connection.QueryAsync<T>(Define(query.Text, parameters)).ConfigureAwait(false)).AsList();

    /// <summary>The one row there is, or null.</summary>
    public async Task<T?> FindAsync<T>(Query<T> query, object? parameters = null) where T : class =>
        await connection.QuerySingleOrDefaultAsync<T>(Define(query.Text, parameters)).ConfigureAwait(false);

    public Task<T> SingleAsync<T>(Query<T> query, object? parameters = null) =>
        connection.QuerySingleAsync<T>(Define(query.Text, parameters));

    public Task ExecuteAsync(Command command, object? parameters = null) => connection.ExecuteAsync(Define(command.Text, parameters));

    /// <returns>How many rows it changed.</returns>
    /// <exception cref="StoreUnavailableException">The database does not say; what rests on the count is undone.</exception>
    public async Task<int> CountAsync(Command command, object? parameters = null)
    {
        var count = await connection.ExecuteAsync(Define(command.Text, parameters)).ConfigureAwait(false);
        return count >= 0 ? count : throw new StoreUnavailableException("The database does not say how many rows a statement changed (NOCOUNT).");
    }

    private CommandDefinition Define(string text, object? parameters) =>
        new(text, parameters, transaction, TimeoutSeconds, CommandType.Text, CommandFlags.Buffered, cancellationToken);
}
