namespace WasteFree.Exchange.Storage.Tests.Sqlite;

/// <summary>Random histories on SQLite.</summary>
public sealed class SqliteHistoryTests : StoreHistoryContract
{
    private protected override Task<StoreDatabase> CreateDatabaseAsync() => Task.FromResult<StoreDatabase>(new SqliteDatabase());
}
