using System.Data.Common;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>The hub's database seen from beside: what is really stored, whatever the hub says.</summary>
internal static class Database
{
    public static void Execute(RunningHub hub, string sql) => Execute(hub.Data, sql);

    public static void Execute(HubFolder folder, string sql) => Run(folder, sql, command => command.ExecuteNonQuery());

    public static long Count(RunningHub hub, string sql) => Count(hub.Data, sql);

    public static long Count(HubFolder folder, string sql) =>
        Run(folder, sql, command => Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture));

    private static T Run<T>(HubFolder folder, string sql, Func<DbCommand, T> run)
    {
        using var connection = folder.Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return run(command);
    }
}
