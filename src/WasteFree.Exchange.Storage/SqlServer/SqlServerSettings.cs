namespace WasteFree.Exchange.Storage.SqlServer;

/// <summary>
/// The settings of the database that the store rests on: readers see a snapshot and neither wait for writers nor hold them
/// up. Where they are missing they are set, if the login may; otherwise the message says what its administrator has to run.
/// </summary>
internal static class SqlServerSettings
{
    /// <exception cref="InvalidDataException">A setting is missing and could not be set.</exception>
    public static async Task ApplyAsync(Session session)
    {
        // A server that only speaks its language has snapshots of its own and no such settings.
        if ((await session.SingleAsync(SelectServer).ConfigureAwait(false)).IsSqlServer == 0) return;
        var missing = await session.SingleAsync(SelectSettings).ConfigureAwait(false);
        if (missing.LacksSnapshot == 1) await SetAsync(session, AllowSnapshot).ConfigureAwait(false);
        if (missing.LacksReadCommittedSnapshot == 1) await SetAsync(session, SetReadCommittedSnapshot).ConfigureAwait(false);
    }

    private static async Task SetAsync(Session session, Command command)
    {
        try
        {
            await session.ExecuteAsync(command).ConfigureAwait(false);
        }
        catch (Microsoft.Data.SqlClient.SqlException e) when (!SqlServerErrors.IsPassing(e))
        {
            throw new InvalidDataException($"数据库缺少一项设置，当前登录无权修改；请由数据库管理员执行： The database lacks a setting and this login may not change it; have its administrator run: {command.Text}", e);
        }
    }

    private static readonly Query<ServerRow> SelectServer = new("""
        SELECT CASE WHEN @@VERSION LIKE 'Microsoft SQL%' THEN 1 ELSE 0 END AS IsSqlServer
        """);

    private static readonly Query<SettingsRow> SelectSettings = new("""
        SELECT CASE WHEN snapshot_isolation_state = 1 THEN 0 ELSE 1 END AS LacksSnapshot,
            CASE WHEN is_read_committed_snapshot_on = 1 THEN 0 ELSE 1 END AS LacksReadCommittedSnapshot
        FROM sys.databases
        WHERE name = DB_NAME()
        """);

    private static readonly Command AllowSnapshot = new("ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON");

    /// <summary>Waits for nobody: others on the database are cut off, and hubs among them try again.</summary>
    private static readonly Command SetReadCommittedSnapshot = new("ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE");

    private sealed class ServerRow
    {
        public long IsSqlServer { get; init; }
    }

    private sealed class SettingsRow
    {
        public long LacksSnapshot { get; init; }
        public long LacksReadCommittedSnapshot { get; init; }
    }
}
