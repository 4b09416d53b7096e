using System.Data.Common;
using Microsoft.Data.SqlClient;
using WasteFree.Exchange.Storage.Copying;
using WasteFree.Exchange.Storage.SqlServer;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Tests.Shared;

namespace WasteFree.Exchange.Storage.Tests.SqlServer;

/// <summary>A database of its own on the server that the environment names.</summary>
internal sealed class SqlServerDatabase(SqlServerTestDatabase database) : StoreDatabase
{
    public string ConnectionString => database.ConnectionString;

    /// <summary>Skips the test where there is no server.</summary>
    public static async Task<SqlServerDatabase> CreateAsync()
    {
        Assert.SkipWhen(SqlServerForTests.ConnectionString is null, SqlServerForTests.Missing);
        return new SqlServerDatabase(await SqlServerTestDatabase.CreateAsync());
    }

    public override IExchangeStore Open(TimeProvider time) => new SqlServerStore(new SqlServerOptions { ConnectionString = ConnectionString }, time);

    public override StoreEnd End() => new SqlServerEnd(new SqlServerOptions { ConnectionString = ConnectionString });

    public override async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new SqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public override string? Lacks(Ability ability) => SqlServerForTests.IsStandIn
        ? ability switch
        {
            Ability.QuotesInJson => "The stand-in for SQL Server leaves the backslash before a quote in JSON.",
            _ => null,
        }
        : null;

    public override ValueTask DisposeAsync() => database.DisposeAsync();
}
