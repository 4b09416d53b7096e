namespace WasteFree.Exchange.Server;

/// <summary>What an administrator does about a damaged database, for the store in use.</summary>
public static class DamagedWords
{
    public const string Sqlite =
        "数据库文件已损坏，不再写入：请停止服务，检查磁盘，换上最近的备份（exchange.db，并删除 exchange.db-wal 与 exchange.db-shm）后再启动，然后运行 wfx admin verify。 "
        + "The database file is damaged, and nothing more is written to it: stop the hub, look at the disk, put the last backup in its place (exchange.db, and remove exchange.db-wal and exchange.db-shm), start again and run wfx admin verify.";

    public const string SqlServer =
        "SQL Server 数据库已损坏，不再写入：请停止服务，由数据库管理员运行 DBCC CHECKDB WITH NO_INFOMSGS，按结果还原页或整个数据库，再启动服务并运行 wfx admin verify。 "
        + "The database on SQL Server is damaged, and nothing more is written to it: stop the hubs, have its administrator run DBCC CHECKDB WITH NO_INFOMSGS and restore pages or the whole database as it says, start again and run wfx admin verify.";
}
