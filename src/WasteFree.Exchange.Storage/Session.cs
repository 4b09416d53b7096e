using System.Data;
using System.Data.Common;
using Dapper;

namespace WasteFree.Exchange.Storage;

/// <summary>A connection within its transaction: one state of the database.</summary>
internal class Session(DbConnection connection, DbTransaction? transaction, StoreSql sql, CancellationToken cancellationToken)
{
    public StoreSql Sql => sql;

    protected DbConnection Connection => connection;

    /// <summary>Null: as long as the connection says.</summary>
    protected virtual int? TimeoutSeconds => null;

    protected CancellationToken CancellationToken => cancellationToken;

    public void ThrowIfCancelled() => cancellationToken.ThrowIfCancellationRequested();

    public async Task<List<T>> ListAsync<T>(Query<T> query, object? parameters = null) =>
        (await connection.QueryAsync<T>(Define(query.Text, parameters)).ConfigureAwait(false)).AsList();

    /// <summary>The one row there is, or null.</summary>
    public async Task<T?> FindAsync<T>(Query<T> query, object? parameters = null) where T : class =>
        await connection.QuerySingleOrDefaultAsync<T>(Define(query.Text, parameters)).ConfigureAwait(false);

    public Task<T> SingleAsync<T>(Query<T> query, object? parameters = null) =>
        connection.QuerySingleAsync<T>(Define(query.Text, parameters));

    /// <returns>How many rows it changed.</returns>
    public Task<int> ExecuteAsync(Command command, object? parameters = null) =>
        connection.ExecuteAsync(Define(command.Text, parameters));

    private CommandDefinition Define(string text, object? parameters) =>
        new(text, parameters, transaction, TimeoutSeconds, CommandType.Text, CommandFlags.Buffered, cancellationToken);
}
