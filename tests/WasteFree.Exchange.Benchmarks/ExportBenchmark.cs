using System.Diagnostics;
using WasteFree.Exchange.Client;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Storage.Sqlite;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Benchmarks;
using ObservationFilter = WasteFree.Exchange.V1.ObservationFilter;

/// <summary>A million observations streamed by a hub of its own: its peak memory on the way, and its rate beside the store's alone.</summary>
internal static class ExportBenchmark
{
    private static readonly long[] Marks = [100_000, 500_000, 1_000_000];

    public static async Task RunAsync(string folder)
    {
        Console.WriteLine("export of 1,000,000 observations by one stream:");
        await using (var hub = await HubProcess.StartAsync(folder))
        {
            Console.WriteLine($"  before: peak RSS {hub.PeakKilobytes / 1024} MB");
            using var connection = new ExchangeConnection(new ConnectionOptions { Hub = new Uri(hub.Address) });
            var began = Stopwatch.GetTimestamp();
            long rows = 0;
            var next = 0;
            await foreach (var batch in connection.Client.StreamObservationsAsync(new ObservationFilter { IncludeIllustrative = true }, null, CancellationToken.None))
            {
                rows += batch.Observations.Count;
                if (rows < Marks[next]) continue;
                var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
                Console.WriteLine($"  {rows} rows: peak RSS {hub.PeakKilobytes / 1024} MB, {rows / seconds:F0} rows/s");
                if (++next == Marks.Length) break;
            }
        }
        await ReadStoreAsync(folder);
    }

    /// <summary>The ceiling: the same rows from the store, page after page, sent nowhere.</summary>
    private static async Task ReadStoreAsync(string folder)
    {
        await using var store = new SqliteStore(Path.Combine(folder, "exchange.db"), TimeProvider.System);
        var position = (await store.ReadHeadAsync(CancellationToken.None)).Position;
        var began = Stopwatch.GetTimestamp();
        long rows = 0;
        long? after = -1;
        while (after is { } key && rows < Marks[^1])
        {
            var page = await store.ReadObservationsAsync(new Store.ObservationFilter(), Visibility.Everything, position, key, 2_000, CancellationToken.None);
            rows += page.Rows.Count;
            after = page.NextKey;
        }
        Console.WriteLine($"  the store alone: {rows / Stopwatch.GetElapsedTime(began).TotalSeconds:F0} rows/s");
    }
}
