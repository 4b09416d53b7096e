using WasteFree.Exchange.Faults.Databases;

namespace WasteFree.Exchange.Faults.Hubs;

/// <summary>Another program that holds what every commit needs for a while, again and again.</summary>
internal sealed class DatabaseLocker(StageDatabase database, Random random)
{
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(random.Next(4_000, 12_000), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.IsCancellationRequested) await database.HoldAsync(TimeSpan.FromMilliseconds(random.Next(100, 800)));
        }
    }
}
