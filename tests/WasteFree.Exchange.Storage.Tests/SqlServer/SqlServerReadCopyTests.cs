using Dapper;
using WasteFree.Exchange.Storage.Copying;
using WasteFree.Exchange.Storage.SqlServer;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests.SqlServer;

/// <summary>Queries go to a copy of the database, as far as it has come.</summary>
public sealed class SqlServerReadCopyTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_is_read_up_to_where_it_is_and_the_database_itself_beyond()
    {
        await using var database = await SqlServerDatabase.CreateAsync();
        await using var copy = await SqlServerDatabase.CreateAsync();
        await using (var store = database.Open(TimeProvider.System))
        {
            await store.MigrateAsync(Cancelled);
            await new Sender(store, "yaan").CommitAsync("r1", Row("2023", "1"));
        }
        await using (var from = database.End())
        await using (var to = copy.End())
            await StoreCopy.RunAsync(from, to, new Progress<CopyProgress>(), Cancelled);
        // What stands in the copy alone shows where a reading was made.
        await using (var connection = await copy.ConnectAsync(Cancelled)) await connection.ExecuteAsync("UPDATE revision SET value_mantissa = 999");

        await using var both = new SqlServerStore(
            new SqlServerOptions { ConnectionString = database.ConnectionString, ReadConnectionString = copy.ConnectionString }, TimeProvider.System);
        await both.MigrateAsync(Cancelled);
        var position = (await new Sender(both, "yaan").CommitAsync("r2", Row("2024", "2"))).Position;

        Assert.Equal("999", Assert.Single(await both.ReadAllAsync(new ObservationFilter(), position - 1, 10)).Observation.Value.ToString());
        Assert.Equal(["1", "2"], (await both.ReadAllAsync(new ObservationFilter(), position, 10)).Select(row => row.Observation.Value.ToString()));
        Assert.Equal(position, (await both.ReadHeadAsync(Cancelled)).Position);
    }

    [Fact]
    public async Task A_copy_that_does_not_answer_makes_the_store_unavailable_and_writes_go_on()
    {
        await using var database = await SqlServerDatabase.CreateAsync();
        await using var store = new SqlServerStore(
            new SqlServerOptions { ConnectionString = database.ConnectionString, ReadConnectionString = "Server=127.0.0.1,9;Connect Timeout=1;Encrypt=false;ConnectRetryCount=0" },
            TimeProvider.System);
        await store.MigrateAsync(Cancelled);
        var position = (await new Sender(store, "yaan").CommitAsync("r1", Row("2024", "1"))).Position;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReadAllAsync(new ObservationFilter(), position, 10));
        Assert.Equal(position + 1, (await new Sender(store, "yaan").CommitAsync("r2", Row("2025", "1"))).Position);
    }
}
