using System.Diagnostics;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Benchmarks;

/// <summary>A watcher that does not read for long while reports are committed, and then reads everything.</summary>
internal static class StallBenchmark
{
    private const int Rows = 2_000;

    public static async Task<int> RunAsync(TimeSpan stall)
    {
        await using var hub = await HubProcess.StartAsync();
        using var writing = hub.Connect();
        using var watching = hub.Connect();
        var reports = new ReportService.ReportServiceClient(writing);
        using var watch = new FeedService.FeedServiceClient(watching).Watch(
            new WatchRequest { StartAt = WatchStart.Now, Filter = new ObservationFilter { IncludeIllustrative = true } });
        await watch.ResponseStream.MoveNext(CancellationToken.None);

        var began = Stopwatch.GetTimestamp();
        var told = TimeSpan.Zero;
        var committed = 0;
        while (Stopwatch.GetElapsedTime(began) < stall)
        {
            await reports.SubmitReportAsync(Reports.Of(committed, Rows), HubProcess.As(Reports.Organization));
            committed++;
            if (Stopwatch.GetElapsedTime(began) < told) continue;
            told += stall / 6;
            Console.WriteLine($"after {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s: {committed} reports, RSS {hub.ResidentKilobytes} KB, WAL {WalKilobytes(hub)} KB");
        }

        long rows = 0, received = 0, last = 0;
        var ordered = true;
        while (received < committed && await watch.ResponseStream.MoveNext(CancellationToken.None))
        {
            if (watch.ResponseStream.Current.Change is not { } change) continue;
            rows += change.Observations.Count;
            if (!change.Last) continue;
            ordered &= change.Position > last;
            last = change.Position;
            received++;
        }
        Console.WriteLine($"then received {received} of {committed} reports, {rows} of {(long)committed * Rows} rows, in order: {ordered}; peak RSS {hub.PeakKilobytes} KB, WAL {WalKilobytes(hub)} KB");
        return received == committed && rows == (long)committed * Rows && ordered ? 0 : 1;
    }

    private static long WalKilobytes(HubProcess hub) => new FileInfo(Path.Combine(hub.DataDirectory, "exchange.db-wal")).Length / 1024;
}
