namespace WasteFree.Exchange.Storage.Tests.SqlServer;

/// <summary>Random histories on SQL Server.</summary>
public sealed class SqlServerHistoryTests : StoreHistoryContract
{
    private protected override async Task<StoreDatabase> CreateDatabaseAsync() => await SqlServerDatabase.CreateAsync();
}
