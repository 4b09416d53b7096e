namespace WasteFree.Exchange.Storage.Tests.Sqlite;

/// <summary>Several stores on one SQLite file, as several processes would be.</summary>
public sealed class SqliteSharingTests : StoreSharingContract
{
    private protected override Task<StoreDatabase> CreateDatabaseAsync() => Task.FromResult<StoreDatabase>(new SqliteDatabase());
}
