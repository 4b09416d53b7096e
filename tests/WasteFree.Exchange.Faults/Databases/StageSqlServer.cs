using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Net;
using Dapper;
using Microsoft.Data.SqlClient;
using WasteFree.Exchange.Storage.SqlServer;
using WasteFree.Exchange.Tests.Shared;

namespace WasteFree.Exchange.Faults.Databases;

/// <summary>A database of its own on the server that tests may use.</summary>
internal sealed class StageSqlServer(SqlServerTestDatabase database) : StageDatabase
{
    private const string ConnectionVariable = "WFX_FAULTS_CONNECTION";
    private const int StandardPort = 1433;

    private bool _exists;

    /// <summary>What the hubs connect with; this program goes its own way.</summary>
    public string HubConnection { get; private set; } = database.ConnectionString;

    public override SqlServerOptions SqlServer => new() { ConnectionString = HubConnection };

    public override IReadOnlyList<string> ServeOptions { get; } = ["--store", "sqlserver", "--connection-env", ConnectionVariable];

    public override IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { [ConnectionVariable] = HubConnection };

    public override string Limit => "OFFSET 0 ROWS FETCH NEXT @limit ROWS ONLY";

    /// <summary>Its last table: a migration is there as a whole or not at all.</summary>
    public override bool Exists
    {
        get
        {
            if (_exists) return true;
            using var connection = Open();
            return _exists = connection.ExecuteScalar<int>("SELECT COUNT(*) FROM sys.tables WHERE name = 'store_key'") == 1;
        }
    }

    /// <summary>Where the server listens.</summary>
    public IPEndPoint Server
    {
        get
        {
            var source = new SqlConnectionStringBuilder(database.ConnectionString).DataSource;
            var parts = source[(source.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(',');
            var port = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : StandardPort;
            return new IPEndPoint(Dns.GetHostAddresses(parts[0])[0], port);
        }
    }

    /// <summary>From now on hubs that start reach the server through a line that can be cut.</summary>
    public void Through(Uri line) =>
        HubConnection = new SqlConnectionStringBuilder(database.ConnectionString) { DataSource = $"{line.Host},{line.Port}" }.ToString();

    public override DbConnection Open()
    {
        var connection = new SqlConnection(database.ConnectionString);
        connection.Open();
        return connection;
    }

    public override DbTransaction BeginRead(DbConnection connection) => connection.BeginTransaction(IsolationLevel.Snapshot);

    public override async Task HoldAsync(TimeSpan time)
    {
        if (!Exists) return; // no hub has come so far
        await using var connection = Open();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("UPDATE ledger_head SET position = position", transaction: transaction);
        await Task.Delay(time);
    }

    /// <summary>The server's own BACKUP and RESTORE need rights and a folder on its machine.</summary>
    public override long? Copy() => null;

    public override void PutBack() => throw new NotSupportedException("There is no copy.");

    /// <summary>Snapshots are refused while the database is being set up, and a reader may be the victim of a deadlock.</summary>
    public override bool IsPassing(DbException exception) => exception is SqlException { Number: 1205 or 3952 or 3960 };

    public override string? CheckIntegrity()
    {
        if (SqlServerForTests.IsStandIn) return null;
        using var connection = Open();
        var faults = connection.Query<string>("DBCC CHECKDB WITH NO_INFOMSGS, TABLERESULTS").AsList();
        return faults.Count == 0 ? "ok" : faults[0];
    }

    public override ValueTask DisposeAsync() => database.DisposeAsync();
}
