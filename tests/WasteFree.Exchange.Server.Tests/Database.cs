using System.Data.Common;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>The hub's database seen from beside: what is really stored, whatever the hub says.</summary>
internal static class Database
{
    public static void Execute(RunningHub hub, string sql) => Run(hub, sql, command => command.ExecuteNonQuery());

    public static long Count(RunningHub hub, string sql) =>
        Run(hub, sql, command => Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture));

    private static T Run<T>(RunningHub hub, string sql, Func<DbCommand, T> run)
    {
        using var connection = hub.Data.Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return run(command);
    }
}
