using WasteFree.Exchange.Storage.Sqlite;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Tests.Sqlite;

/// <summary>A writer that ends by a fault is seen, and nobody waits for it.</summary>
public sealed class SqliteWriterTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_writer_that_ends_by_a_fault_says_so_and_leaves_nobody_waiting()
    {
        await using var database = new SqliteDatabase();
        await using var store = (SqliteStore)database.Open(TimeProvider.System);
        await store.MigrateAsync(Cancelled);
        await using var writer = new SqliteWriter(
            new SqliteConnections(database.Path), signer: null, new StoreCondition(TimeProvider.System), tidy: _ => throw new InvalidOperationException("a fault"));
        var first = writer.WriteAsync(new SingleOperation<bool>(1, _ => Task.FromResult(true)), Cancelled);
        await first;

        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.Working.WaitAsync(TimeSpan.FromSeconds(30), Cancelled));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => writer.WriteAsync(new SingleOperation<bool>(1, _ => Task.FromResult(true)), Cancelled));
    }
}
