using WasteFree.Exchange.Faults.Checks;
using WasteFree.Exchange.Faults.Hubs;
using WasteFree.Exchange.Faults.Model;

namespace WasteFree.Exchange.Faults.Clients;

/// <summary>Full load on both hubs without a fault: how long an acknowledgement takes on each.</summary>
internal sealed class CalmLoad(Stage stage)
{
    private const int UploadsPerHub = 4;
    private const int RowsPerUpload = 20_000;
    private const int RowsPerChunk = 500;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    public async Task<IReadOnlyList<string>> RunAsync()
    {
        return await Task.WhenAll(stage.Slots.Select(MeasureAsync));
    }

    private async Task<string> MeasureAsync(HubSlot slot)
    {
        var checks = new UploadChecks(stage.Violations);
        var random = stage.Fork();
        var reports = Enumerable.Range(0, UploadsPerHub).Select(_ => stage.Book.New(random, RowsPerUpload, "calm")).ToList();
        await Task.WhenAll(reports.Select(report => SendAsync(slot.Process!.Address, report, checks)));
        var times = checks.AckTimes.Order().ToList();
        var p99 = times[(int)(0.99 * (times.Count - 1))];
        return $"  hub {slot.Number}: ack p50 {times[times.Count / 2]:F0} ms, p99 {p99:F0} ms over {times.Count} chunks of {RowsPerChunk} rows, {UploadsPerHub} uploads on each hub";
    }

    private static async Task SendAsync(Uri address, ModelReport report, UploadChecks checks)
    {
        while (!report.IsDone)
        {
            using var line = new HubLine(address);
            await using var upload = new RawUpload(line, report, checks, Limit);
            if (!await upload.OpenAsync() || await upload.Opened is null) continue;
            while (!upload.IsAllSent && await upload.NextAsync(Math.Min(RowsPerChunk, report.Rows.Count - upload.Sent)))
            {
                // Eight chunks under way: a sender that keeps pace, not a queue of its own making.
                await upload.AckedAsync(upload.Sent - 8 * RowsPerChunk, CancellationToken.None);
            }
            if (await upload.CommitAsync()) await upload.Answer;
        }
    }
}
