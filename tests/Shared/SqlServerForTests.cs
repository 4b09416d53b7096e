using Microsoft.Data.SqlClient;

namespace WasteFree.Exchange.Tests.Shared;

/// <summary>The server that tests may make databases on, if there is one.</summary>
internal static class SqlServerForTests
{
    public const string Variable = "WASTEFREE_TEST_SQLSERVER";

    public const string Missing = $"{Variable} holds no connection string.";

    private static readonly Lazy<bool> StandIn = new(() =>
    {
        using var connection = new SqlConnection(ConnectionString);
        connection.Open();
        using var command = new SqlCommand("SELECT @@VERSION", connection);
        return !((string)command.ExecuteScalar()).StartsWith("Microsoft SQL", StringComparison.Ordinal);
    });

    /// <summary>Suites that run on either database run on SQL Server: WASTEFREE_TEST_STORE is sqlserver.</summary>
    public static bool IsAskedFor { get; } = Environment.GetEnvironmentVariable("WASTEFREE_TEST_STORE") == "sqlserver";

    /// <summary>Null: there is none.</summary>
    public static string? ConnectionString { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? text : null;

    /// <summary>It is asked for, and there is none.</summary>
    public static bool IsMissing => IsAskedFor && ConnectionString is null;

    /// <summary>It speaks the language of SQL Server and is another program: it lacks some of it.</summary>
    public static bool IsStandIn => StandIn.Value;
}

/// <summary>A new database of its own, dropped at the end.</summary>
internal sealed class SqlServerTestDatabase : IAsyncDisposable
{
    /// <summary>Some servers make one database at a time.</summary>
    private static readonly SemaphoreSlim OneAtATime = new(1);

    private const int Attempts = 20;

    private readonly string _name = $"wfx_test_{Guid.NewGuid():N}";

    private SqlServerTestDatabase() =>
        ConnectionString = new SqlConnectionStringBuilder(SqlServerForTests.ConnectionString) { InitialCatalog = _name }.ToString();

    public string ConnectionString { get; }

    public static async Task<SqlServerTestDatabase> CreateAsync()
    {
        var database = new SqlServerTestDatabase();
        await ExecuteAsync($"CREATE DATABASE {database._name}");
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        using (var pooled = new SqlConnection(ConnectionString)) SqlConnection.ClearPool(pooled);
        if (!SqlServerForTests.IsStandIn) await ExecuteAsync($"ALTER DATABASE {_name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE");
        await ExecuteAsync($"DROP DATABASE {_name}");
    }

    /// <summary>Another process may be at it, and a connection that was closed takes a moment to end.</summary>
    private static async Task ExecuteAsync(string sql)
    {
        await OneAtATime.WaitAsync();
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await using var connection = new SqlConnection(new SqlConnectionStringBuilder(SqlServerForTests.ConnectionString) { Pooling = false }.ToString());
                    await connection.OpenAsync();
#pragma warning disable CA2100 // The name is this class's own.
                    await using var command = new SqlCommand(sql, connection) { CommandTimeout = 120 };
#pragma warning restore CA2100
                    await command.ExecuteNonQueryAsync();
                    return;
                }
                catch (SqlException) when (attempt < Attempts)
                {
                    await Task.Delay(200);
                }
            }
        }
        finally
        {
            OneAtATime.Release();
        }
    }
}
