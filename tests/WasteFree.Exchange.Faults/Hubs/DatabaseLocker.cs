using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Faults.Checks;

namespace WasteFree.Exchange.Faults.Hubs;

/// <summary>Another program that holds the write lock of the database for a while: a backup, an administrator's shell.</summary>
internal sealed class DatabaseLocker(StoreReader store, Random random)
{
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(random.Next(4_000, 12_000), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.IsCancellationRequested) await HoldAsync(TimeSpan.FromMilliseconds(random.Next(100, 800)));
        }
    }

    public async Task HoldAsync(TimeSpan time)
    {
        using var connection = store.Open();
        try
        {
            connection.Execute("BEGIN IMMEDIATE");
            await Task.Delay(time);
            connection.Execute("ROLLBACK");
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == 5)
        {
            // The hubs were busy all the time.
        }
    }
}
