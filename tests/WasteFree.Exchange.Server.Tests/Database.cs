using Microsoft.Data.Sqlite;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>The hub's database seen from beside: what is really stored, whatever the hub says.</summary>
internal static class Database
{
    public static void Execute(RunningHub hub, string sql) => Run(hub, sql, command => command.ExecuteNonQuery());

    public static long Count(RunningHub hub, string sql) => Run(hub, sql, command => (long)command.ExecuteScalar()!);

    private static T Run<T>(RunningHub hub, string sql, Func<SqliteCommand, T> run)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(hub.DataDirectory, "exchange.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return run(command);
    }
}
