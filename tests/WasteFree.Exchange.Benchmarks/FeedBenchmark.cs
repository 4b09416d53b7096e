using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Benchmarks;

/// <summary>What idle watchers cost, and how long a change takes from its commit to a watcher.</summary>
internal static class FeedBenchmark
{
    private const int WatchersPerConnection = 100;

    public static async Task<int> RunAsync(int watchers, int commits)
    {
        await using var hub = await HubProcess.StartAsync();
        using var first = hub.Connect();
        await LatencyAsync(new ReportService.ReportServiceClient(first), new FeedService.FeedServiceClient(first), commits);
        await MemoryAsync(hub, watchers);
        return 0;
    }

    private static async Task LatencyAsync(ReportService.ReportServiceClient reports, FeedService.FeedServiceClient feed, int commits)
    {
        using var watch = feed.Watch(new WatchRequest { StartAt = WatchStart.Now, Filter = new ObservationFilter { IncludeIllustrative = true } });
        await ReadUntilAsync(watch, WatchResponse.MessageOneofCase.CaughtUp);
        var times = new List<double>();
        for (var i = 0; i < commits; i++)
        {
            // The receipt says that the commit is done: what comes after it is delivery.
            var commit = reports.SubmitReportAsync(Reports.Of(i, 10), HubProcess.As(Reports.Organization)).ResponseAsync;
            var delivery = ReadUntilAsync(watch, WatchResponse.MessageOneofCase.Change);
            await commit;
            var committed = Stopwatch.GetTimestamp();
            await delivery;
            times.Add(Math.Max(0, Stopwatch.GetElapsedTime(committed).TotalMilliseconds));
        }
        times.Sort();
        Console.WriteLine($"commit to delivery, {commits} commits of 10 rows: p50 {times[commits / 2]:F1} ms, p99 {times[commits * 99 / 100]:F1} ms");
    }

    private static async Task MemoryAsync(HubProcess hub, int watchers)
    {
        await Task.Delay(TimeSpan.FromSeconds(5));
        var before = hub.ResidentKilobytes;
        var channels = new List<GrpcChannel>();
        var watches = new List<AsyncServerStreamingCall<WatchResponse>>();
        for (var i = 0; i < watchers; i++)
        {
            if (i % WatchersPerConnection == 0) channels.Add(hub.Connect());
            var watch = new FeedService.FeedServiceClient(channels[^1]).Watch(new WatchRequest { StartAt = WatchStart.Now });
            await ReadUntilAsync(watch, WatchResponse.MessageOneofCase.CaughtUp);
            watches.Add(watch);
        }
        await Task.Delay(TimeSpan.FromSeconds(60));
        var after = hub.ResidentKilobytes;
        Console.WriteLine($"{watchers} idle watchers on {channels.Count} connections: {before} KB before, {after} KB after 60 s, {(after - before) / (double)watchers:F1} KB each");
        foreach (var watch in watches) watch.Dispose();
        foreach (var channel in channels) channel.Dispose();
    }

    private static async Task ReadUntilAsync(AsyncServerStreamingCall<WatchResponse> watch, WatchResponse.MessageOneofCase kind)
    {
        while (await watch.ResponseStream.MoveNext(CancellationToken.None) && watch.ResponseStream.Current.MessageCase != kind)
        {
        }
    }
}
