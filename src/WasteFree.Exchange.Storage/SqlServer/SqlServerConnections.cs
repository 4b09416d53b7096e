using Microsoft.Data.SqlClient;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.SqlServer;

/// <summary>Opens pooled connections with the connection strings as they were given; only what they leave open is said.</summary>
internal sealed class SqlServerConnections(SqlServerOptions options)
{
    private readonly Lazy<string> _database = new(() => Complete(options.ConnectionString));
    private readonly Lazy<string> _copy = new(() => Complete(options.ReadConnectionString ?? options.ConnectionString));

    /// <summary>The copy for queries has a connection string of its own.</summary>
    public bool HasCopy => options.ReadConnectionString is not null;

    public Task<SqlConnection> OpenAsync(CancellationToken cancellationToken) => OpenAsync(_database.Value, cancellationToken);

    public Task<SqlConnection> OpenCopyAsync(CancellationToken cancellationToken) =>
        OpenAsync(_copy.Value, cancellationToken);

    /// <summary>Forgets pooled connections, so that the database can be dropped.</summary>
    public void Clear()
    {
        foreach (var text in new[] { _database, _copy })
        {
            if (!text.IsValueCreated) continue;
            using var connection = new SqlConnection(text.Value);
            SqlConnection.ClearPool(connection);
        }
    }

    private static async Task<SqlConnection> OpenAsync(string text, CancellationToken cancellationToken)
    {
        var connection = new SqlConnection(text);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// After a failure the pool would answer with the same failure for up to a minute, whether the server is back or not. To
    /// empty it instead would take their connections from all others, because one caller could not wait.
    /// </summary>
    internal static string Complete(string text)
    {
        try
        {
            var said = new SqlConnectionStringBuilder(text);
            RequireProvider(said.Authentication);
            return said.ShouldSerialize(PoolBlocking) ? text : $"{text};{PoolBlocking}={PoolBlockingPeriod.NeverBlock}";
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // Its message may quote the string.
            throw new StoreUnavailableException("The connection string of the database is malformed.", e);
        }
    }

    /// <summary>SqlClient signs in with Microsoft Entra ID by a package of its own, which this program may lack.</summary>
    private static void RequireProvider(SqlAuthenticationMethod method)
    {
        if (!method.ToString().StartsWith("ActiveDirectory", StringComparison.Ordinal) || SqlAuthenticationProvider.GetProvider(method) is not null) return;
        throw new InvalidDataException(
            $"连接字符串要求以 {method} 登录，本程序没有所需的组件 {ProviderPackage}；请把该包加入程序后重新构建，或改用 SQL Server 登录名或集成身份验证。 "
            + $"The connection string asks for a login by {method}, for which this program lacks the package {ProviderPackage}: build it with that package, or use a login of SQL Server or Integrated Security.");
    }

    private const string PoolBlocking = "Pool Blocking Period";

    private const string ProviderPackage = "Microsoft.Data.SqlClient.Extensions.Azure";
}
