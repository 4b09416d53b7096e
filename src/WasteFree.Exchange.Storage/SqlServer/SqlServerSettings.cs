namespace WasteFree.Exchange.Storage.SqlServer;

/// <summary>
/// The settings of the database that the store rests on: readers see a snapshot and neither wait for writers nor hold them
/// up. Where they are missing they are set, if the login may; otherwise the message says what its administrator has to run.
/// </summary>
internal static class SqlServerSettings
{
    /// <summary>
    /// What a session that writes rests on, whatever the server, the login or the connection's last user has for a default: the
    /// counts of changed rows, an error that undoes the whole transaction and never a statement of it, a statement that is its own
    /// transaction where none was begun, writes to tables that have filtered indexes, and no snapshot where none was asked for.
    /// </summary>
    public static readonly Command OfSession = new("""
        SET NOCOUNT OFF;
        SET XACT_ABORT ON;
        SET IMPLICIT_TRANSACTIONS OFF;
        SET NUMERIC_ROUNDABORT OFF;
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED
        """);

    /// <summary>Of SQL Server 2016: below it there is no OPENJSON.</summary>
    private const int LeastCompatibility = 130;

    /// <exception cref="InvalidDataException">A setting is missing and could not be set.</exception>
    public static async Task ApplyAsync(Session session)
    {
        // A server that only speaks its language has snapshots of its own and no such settings.
        if ((await session.SingleAsync(SelectServer).ConfigureAwait(false)).IsSqlServer == 0) return;
        var missing = await session.SingleAsync(SelectSettings).ConfigureAwait(false);
        if (missing.Compatibility < LeastCompatibility)
            throw new InvalidDataException($"数据库的兼容级别为 {missing.Compatibility}，至少需要 {LeastCompatibility}；请由数据库管理员执行： The database has compatibility level {missing.Compatibility} and needs {LeastCompatibility}; have its administrator run: ALTER DATABASE CURRENT SET COMPATIBILITY_LEVEL = 150");
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
            CASE WHEN is_read_committed_snapshot_on = 1 THEN 0 ELSE 1 END AS LacksReadCommittedSnapshot,
            CAST(compatibility_level AS BIGINT) AS Compatibility
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
        public long Compatibility { get; init; }
    }
}
