using System.Diagnostics;
using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Benchmarks;

/// <summary>SIGTERM while uploads are under load: how each stream ends, and when.</summary>
internal static class DrainBenchmark
{
    public static async Task<int> RunAsync(int streams)
    {
        await using var hub = await HubProcess.StartAsync();
        var terminated = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ends = Enumerable.Range(0, streams).Select(number => StreamAsync(hub, number, terminated.Task)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(3));
        terminated.SetResult(Stopwatch.GetTimestamp());
        hub.Terminate();
        var results = await Task.WhenAll(ends);
        await hub.WaitAsync();
        var process = Stopwatch.GetElapsedTime(await terminated.Task).TotalSeconds;
        foreach (var (status, retry, seconds) in results)
            Console.WriteLine($"stream: status {status}, RetryInfo {retry}, ended after {seconds:F2} s");
        Console.WriteLine($"the process ended after {process:F2} s");
        return results.All(end => end is { Status: StatusCode.Unavailable, Retry: true, Seconds: < 2 }) ? 0 : 1;
    }

    private static async Task<(StatusCode Status, bool Retry, double Seconds)> StreamAsync(HubProcess hub, int number, Task<long> terminated)
    {
        using var channel = hub.Connect();
        using var call = new ReportService.ReportServiceClient(channel).UploadReport(HubProcess.As(Reports.Organization));
        await call.RequestStream.WriteAsync(new UploadReportRequest { Open = new UploadOpen { Report = $"organizations/{Reports.Organization}/reports/drain-{number}" } });
        var sending = SendAsync(call.RequestStream, number);
        var (status, retry) = (StatusCode.OK, false);
        try
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
            }
        }
        catch (RpcException e)
        {
            status = e.StatusCode;
            retry = e.GetRpcStatus()?.GetDetail<Google.Rpc.RetryInfo>() is not null;
        }
        var seconds = Stopwatch.GetElapsedTime(await terminated).TotalSeconds;
        await sending;
        return (status, retry, seconds);
    }

    private static async Task SendAsync(IClientStreamWriter<UploadReportRequest> requests, int number)
    {
        try
        {
            for (var offset = 0; ; offset += 200)
            {
                var chunk = new UploadChunk { Offset = offset };
                for (var row = 0; row < 200; row++) chunk.Rows.Add(Reports.Row(number, offset + row));
                await requests.WriteAsync(new UploadReportRequest { Chunk = chunk });
            }
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // The hub has ended the stream.
        }
    }
}
