namespace WasteFree.Exchange.Storage.Tests.SqlServer;

/// <summary>The store on SQL Server does what every store must.</summary>
public sealed class SqlServerStoreTests : ExchangeStoreContract
{
    private protected override async Task<StoreDatabase> CreateDatabaseAsync() => await SqlServerDatabase.CreateAsync();
}
