using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using WasteFree.Exchange.Benchmarks.LargeStore;
using WasteFree.Exchange.Client;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server;
using WasteFree.Exchange.Storage.Sqlite;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Benchmarks;
using ObservationFilter = WasteFree.Exchange.Store.ObservationFilter;

/// <summary>
/// The 56 reporting units x 1 indicator x 12 months on a large store, at the latest and as of older positions: in the hub,
/// at its client, the store's reading alone, and the bare lookups of the same keys as the ceiling.
/// </summary>
internal static class CompareBenchmark
{
    /// <summary>Until the code is compiled for speed: the first calls of a hub are its slowest.</summary>
    private const int WarmUp = 200;

    /// <summary>How far into the ledger the older positions lie.</summary>
    private static readonly double[] Ages = [0.99, 0.9, 0.5, 0.25];

    public static async Task RunAsync(string folder, int calls)
    {
        await using var hub = Hub.Build(new HubOptions { DataDirectory = folder, Url = "http://127.0.0.1:0", AllowIllustrative = true });
        await hub.StartAsync();
        using var connection = new ExchangeConnection(new ConnectionOptions { Hub = new Uri(hub.Urls.Single()) });
        await using var store = new SqliteStore(Path.Combine(folder, "exchange.db"), TimeProvider.System);
        using var bare = new BareLookup(Path.Combine(folder, "exchange.db"));
        using var times = new HubTimes();

        Console.WriteLine($"{StoreShape.Regions.Count} reporting units x 1 indicator x 12 months, {calls} calls each:");
        var head = await store.ReadHeadAsync(CancellationToken.None);
        await new Round(connection, store, bare, times, null, head).RunAsync(WarmUp);
        Show("latest", await new Round(connection, store, bare, times, null, head).RunAsync(calls));
        foreach (var age in Ages)
        {
            var at = (await store.FindPositionAsync((long)(head.Position * age), CancellationToken.None))!;
            var then = await new Round(connection, store, bare, times, at, at).RunAsync(calls);
            // The same questions now: what as-of costs.
            var now = await new Round(connection, store, bare, times, null, at).RunAsync(calls);
            Show($"as of {at.Position} of {head.Position}", then);
            Show("  the same, latest", now);
            Console.WriteLine($"    as of / latest: p50 {then.Hub.P50 / now.Hub.P50:F2}, p99 {then.Hub.P99 / now.Hub.P99:F2}; the store alone: p50 {then.Store.P50 / now.Store.P50:F2}");
        }
        await hub.StopAsync();
    }

    private static void Show(string name, Result result) => Console.WriteLine(
        $"  {name,-22} hub {result.Hub}; client {result.Client}; store {result.Store}; bare {result.Bare}; "
        + $"hub/bare {result.Hub.P50 / result.Bare.P50:F1}; {result.Comparable} of {result.Cells} cells comparable");

    private sealed record Result(Percentiles Hub, Percentiles Client, Percentiles Store, Percentiles Bare, long Comparable, long Cells);

    /// <summary>Questions on random indicators and years that were complete at an instant.</summary>
    private sealed class Round(ExchangeConnection connection, IExchangeStore store, BareLookup bare, HubTimes times, LedgerHead? asOf, LedgerHead complete)
    {
        private readonly Random _random = new(1);

        public async Task<Result> RunAsync(int calls)
        {
            var result = new Result(new(), new(), new(), new(), 0, 0);
            times.Into(result.Hub);
            var head = await store.ReadHeadAsync(CancellationToken.None);
            for (var i = 0; i < calls; i++)
            {
                var indicator = StoreShape.IndicatorOf(_random.Next(StoreShape.Indicators));
                var year = _random.Next(StoreShape.FirstYear, complete.CommittedAt.Year);
                var periods = StoreShape.Periods.Where(period => period.Frequency == Frequency.Monthly && period.Start.Year == year).ToList();

                var request = new CompareMetricsRequest
                {
                    Indicators = { indicator },
                    Scheme = "REPORTING-UNITS",
                    Periods = { periods.Select(period => period.ToString()) },
                    IncludeIllustrative = true,
                    AsOf = asOf is null ? null : new AsOf { Position = asOf.Position },
                };
                var began = Stopwatch.GetTimestamp();
                var answer = await connection.Client.CompareMetricsAsync(request, CancellationToken.None);
                result.Client.Add(Stopwatch.GetElapsedTime(began));
                var cells = answer.Comparisons.SelectMany(comparison => comparison.Cells).ToList();
                result = result with { Cells = result.Cells + cells.Count, Comparable = result.Comparable + cells.Count(cell => cell.Verdict is not Verdict.NotComparable) };

                var filter = new ObservationFilter { Indicators = [indicator], Regions = StoreShape.Regions, Categories = [Codes.Total], Periods = periods };
                began = Stopwatch.GetTimestamp();
                var page = await store.ReadObservationsAsync(filter, Visibility.Everything, asOf?.Position ?? head.Position, -1, 5_000, CancellationToken.None);
                result.Store.Add(Stopwatch.GetElapsedTime(began));

                var keys = bare.KeysOf(indicator, periods);
                began = Stopwatch.GetTimestamp();
                var found = bare.Read(keys);
                result.Bare.Add(Stopwatch.GetElapsedTime(began));
                if (found < page.Rows.Count && asOf is null) throw new InvalidOperationException($"The store gave {page.Rows.Count} rows, there are {found}.");
            }
            return result;
        }
    }
}
