namespace WasteFree.Exchange.Storage.Tests.Sqlite;

/// <summary>The store on SQLite keeps the contract.</summary>
public sealed class SqliteStoreTests : ExchangeStoreContract
{
    private protected override StoreDatabase CreateDatabase() => new SqliteDatabase();
}
