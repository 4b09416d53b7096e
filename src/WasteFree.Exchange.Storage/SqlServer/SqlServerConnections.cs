using Microsoft.Data.SqlClient;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.SqlServer;

/// <summary>Opens pooled connections with the connection strings as they were given.</summary>
internal sealed class SqlServerConnections(SqlServerOptions options)
{
    /// <summary>The copy for queries has a connection string of its own.</summary>
    public bool HasCopy => options.ReadConnectionString is not null;

    public Task<SqlConnection> OpenAsync(CancellationToken cancellationToken) => OpenAsync(options.ConnectionString, cancellationToken);

    public Task<SqlConnection> OpenCopyAsync(CancellationToken cancellationToken) =>
        OpenAsync(options.ReadConnectionString ?? options.ConnectionString, cancellationToken);

    /// <summary>Forgets pooled connections, so that the database can be dropped.</summary>
    public void Clear()
    {
        foreach (var text in new[] { options.ConnectionString, options.ReadConnectionString })
        {
            if (text is null) continue;
            using var connection = Create(text);
            SqlConnection.ClearPool(connection);
        }
    }

    private static async Task<SqlConnection> OpenAsync(string text, CancellationToken cancellationToken)
    {
        var connection = Create(text);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            // After a failure the pool answers with the same failure for up to a minute, whether the server is back or not.
            SqlConnection.ClearPool(connection);
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static SqlConnection Create(string text)
    {
        try
        {
            return new SqlConnection(text);
        }
        catch (ArgumentException e)
        {
            // Its message may quote the string.
            throw new StoreUnavailableException("The connection string of the database is malformed.", e);
        }
    }
}
