using System.Diagnostics;
using Dapper;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>
/// A store on an empty database. Every test ends with a look at the tables themselves: whatever it did, they must agree
/// with each other.
/// </summary>
public abstract class StoreContract : IAsyncLifetime
{
    private static readonly TimeSpan SweepLimit = TimeSpan.FromMinutes(1);

    /// <summary>Skips the test where there can be none.</summary>
    private protected abstract Task<StoreDatabase> CreateDatabaseAsync();

    private protected StoreDatabase Database { get; private set; } = null!;

    private protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2024, 4, 10, 0, 0, 0, TimeSpan.Zero));

    private protected IExchangeStore Store { get; private set; } = null!;

    private protected Sender Wanzhou => new(Store, "wanzhou");

    private protected Sender Yaan => new(Store, "yaan");

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Database = await CreateDatabaseAsync();
        Store = await OpenAnotherAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        // A test that was skipped has opened nothing.
        if (Store is null) return;
        await using var database = Database;
        await Store.DisposeAsync();
        await StoreIntegrity.CheckAsync(database, Cancelled);
    }

    /// <summary>A second hub on the same database.</summary>
    private protected async Task<IExchangeStore> OpenAnotherAsync()
    {
        var store = Database.Open(Clock);
        await store.MigrateAsync(Cancelled);
        return store;
    }

    /// <summary>Waits until the rows of what was refused or dropped are gone.</summary>
    private protected async Task SweptAsync()
    {
        await using var connection = await Database.ConnectAsync(Cancelled);
        var started = Stopwatch.GetTimestamp();
        while (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM changeset WHERE state IN (3, 4) AND swept = 0") > 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < SweepLimit, "Nobody sweeps.");
            await Task.Delay(20, Cancelled);
        }
    }

    /// <summary>The hub ends and another one begins.</summary>
    private protected async Task RestartAsync()
    {
        await Store.DisposeAsync();
        Store = await OpenAnotherAsync();
    }

    private protected async Task<IReadOnlyList<string>> ShownAsync(long? position = null, ObservationFilter? filter = null)
    {
        var at = position ?? (await Store.ReadHeadAsync(Cancelled)).Position;
        var rows = await Store.ReadAllAsync(filter ?? new ObservationFilter(), at, pageSize: 100);
        return [.. rows.Select(row => $"{row.Observation.Period} {row.Observation.Value}")];
    }

    /// <summary>The catalogue moves on by one row; answers its new version.</summary>
    private protected async Task<long> LoadCatalogAsync(string content = """{"code":"X"}""")
    {
        var version = (await Store.ReadHeadAsync(Cancelled)).CatalogVersion;
        var loaded = await Store.AppendCatalogAsync([new CatalogRow("indicators", "X\t1.0", content)], version, Callers.Admin, Cancelled);
        return Assert.NotNull(loaded);
    }
}
