namespace WasteFree.Exchange.Storage.Tests.Sqlite;

/// <summary>Random histories on SQLite.</summary>
public sealed class SqliteHistoryTests : StoreHistoryContract
{
    private protected override StoreDatabase CreateDatabase() => new SqliteDatabase();
}
