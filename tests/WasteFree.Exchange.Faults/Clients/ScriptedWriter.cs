using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Clients;

/// <summary>
/// Sends reports as no SDK would, by a seeded generator: several on one stream, in chunks that are doubled, out of order,
/// across the end of what was sent, empty or as large as a message may be; wrong digests, wrong numbers, and it leaves in
/// the middle.
/// </summary>
internal sealed class ScriptedWriter(UploadChecks checks, Random random)
{
    private const int LargestMessage = 1 << 20;

    private static readonly TimeSpan StreamLimit = TimeSpan.FromSeconds(30);

    /// <summary>One stream's worth of attempts; reports that are finished say so themselves.</summary>
    public async Task RunAsync(Uri address, IReadOnlyList<ModelReport> reports, CancellationToken cancellationToken)
    {
        var stall = random.Next(10) == 0 ? Task.Delay(random.Next(500, 2_500), cancellationToken) : null;
        await using var stream = new RawStream(address, reports[0].Organization, checks, StreamLimit, stall);
        await using var cancelled = cancellationToken.Register(() => _ = stream.CompleteAsync());
        var open = new List<RawUpload>();
        foreach (var (index, report) in reports.Index())
        {
            var upload = stream.Add((uint)(index + 1), report);
            if (!await stream.WriteAsync(upload.Open(restart: random.Next(30) == 0))) return;
            open.Add(upload);
        }
        foreach (var upload in open.ToList())
        {
            if (await upload.Opened is not { } opened) open.Remove(upload);
            else if (opened.State != ReportState.Open && !await EndAsync(stream, upload, rightDigest: true)) return;
            else if (opened.State != ReportState.Open) open.Remove(upload);
        }
        var leaveAfter = random.Next(6) == 0 ? random.Next(1, 20) : int.MaxValue;
        for (var step = 0; open.Count > 0 && !cancellationToken.IsCancellationRequested; step++)
        {
            if (step == leaveAfter) return;
            var upload = open[random.Next(open.Count)];
            if (!await StepAsync(stream, upload)) return;
            if (upload.Sent < upload.Report.Rows.Count && !upload.Ended.IsCompleted) continue;
            open.Remove(upload);
            if (!upload.Ended.IsCompleted && !await EndAsync(stream, upload, rightDigest: random.Next(12) != 0)) return;
        }
        if (random.Next(2) == 0 && await stream.CompleteAsync()) await stream.Ended;
    }

    private static async Task<bool> EndAsync(RawStream stream, RawUpload upload, bool rightDigest) =>
        await stream.WriteAsync(upload.Commit(rightDigest)) && await upload.Ended is not null;

    private async Task<bool> StepAsync(RawStream stream, RawUpload upload)
    {
        var rows = upload.Report.Rows.Count;
        var left = rows - upload.Sent;
        var count = Math.Min(left, random.Next(1, rows < 50 ? 8 : 400));
        switch (random.Next(16))
        {
            case 0 when upload.Sent > 0: // doubled, or wholly below
                var from = random.NextInt64(upload.Sent);
                return await stream.WriteAsync(upload.Rows(from, random.NextInt64(1, upload.Sent - from + 1)));
            case 1 when upload.Sent > 0 && left > 0: // across the end of what was sent
                var below = random.NextInt64(1, Math.Min(upload.Sent, 50) + 1);
                return await stream.WriteAsync(upload.Misplaced(upload.Sent - below, below + Math.Min(left, 20)));
            case 2 when left > count: // out of order: the later one first
                var later = Math.Min(left - count, 100);
                return await stream.WriteAsync(upload.Misplaced(upload.Sent + count, later)) && await stream.WriteAsync(upload.Next(count));
            case 3: // empty, in place
                return await stream.WriteAsync(upload.Next(0));
            case 4: // empty, below
                return await stream.WriteAsync(upload.Rows(random.NextInt64(upload.Sent + 1), 0));
            case 5: // before the beginning, or far beyond the end
                return await stream.WriteAsync(upload.Misplaced(random.Next(2) == 0 ? -1 : long.MaxValue / 2, Math.Min(rows, 2)));
            case 6: // a number that nobody opened
                return await stream.WriteAsync(new StreamReportsRequest { Chunk = new Chunk { Upload = 999 } });
            case 7: // a number that is in use
                return await stream.WriteAsync(new StreamReportsRequest { Open = new Open { Upload = upload.Number, Report = upload.Report.Name, RowPolicy = upload.Report.Policy } });
            case 8:
                return await stream.WriteAsync(new StreamReportsRequest { Ping = new Ping { Nonce = (ulong)random.Next() } });
            case 9: // nothing at all
                return await stream.WriteAsync(new StreamReportsRequest());
            case 10 or 11: // as much as a message may hold
                return await stream.WriteAsync(upload.Next(MostRows(upload, left)));
            default:
                return await stream.WriteAsync(upload.Next(count));
        }
    }

    private static long MostRows(RawUpload upload, long left)
    {
        var size = 64L; // what stands around the rows
        var count = 0L;
        while (count < left)
        {
            size += upload.Report.RowAt((int)(upload.Sent + count)).CalculateSize() + 4;
            if (size > LargestMessage) break;
            count++;
        }
        return count;
    }
}
