namespace WasteFree.Exchange.Storage.Tests.SqlServer;

/// <summary>Several hubs on one SQL Server database.</summary>
public sealed class SqlServerSharingTests : StoreSharingContract
{
    private protected override async Task<StoreDatabase> CreateDatabaseAsync() => await SqlServerDatabase.CreateAsync();
}
