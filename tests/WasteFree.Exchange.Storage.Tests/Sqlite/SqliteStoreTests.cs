namespace WasteFree.Exchange.Storage.Tests.Sqlite;

/// <summary>The store on SQLite does what every store must.</summary>
public sealed class SqliteStoreTests : ExchangeStoreContract
{
    private protected override Task<StoreDatabase> CreateDatabaseAsync() => Task.FromResult<StoreDatabase>(new SqliteDatabase());
}
