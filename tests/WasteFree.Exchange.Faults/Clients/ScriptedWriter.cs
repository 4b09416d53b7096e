using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Clients;

/// <summary>
/// Sends reports as no SDK would, by a seeded generator: several at one time on one connection, in chunks that are doubled, out
/// of order, across the end of what was sent, empty or as large as a message may be; wrong digests, messages out of their place,
/// and it leaves in the middle.
/// </summary>
internal sealed class ScriptedWriter(UploadChecks checks, Random random)
{
    private const int LargestMessage = 1 << 20;

    private static readonly TimeSpan StreamLimit = TimeSpan.FromSeconds(30);

    /// <summary>One stream's worth of attempts for each; reports that are finished say so themselves.</summary>
    public async Task RunAsync(Uri address, IReadOnlyList<ModelReport> reports, CancellationToken cancellationToken)
    {
        var stall = random.Next(10) == 0 ? Task.Delay(random.Next(500, 2_500), cancellationToken) : null;
        using var line = new HubLine(address);
        var open = new List<RawUpload>();
        foreach (var report in reports) open.Add(new RawUpload(line, report, checks, StreamLimit, stall));
        try
        {
            await using var cancelled = cancellationToken.Register(() => open.ForEach(upload => _ = upload.CompleteAsync()));
            await RunAsync([.. open], cancellationToken);
        }
        finally
        {
            foreach (var upload in open) await upload.DisposeAsync();
        }
    }

    private async Task RunAsync(List<RawUpload> open, CancellationToken cancellationToken)
    {
        foreach (var upload in open) await upload.OpenAsync(restart: random.Next(30) == 0);
        foreach (var upload in open.ToList())
        {
            if (await upload.Opened is { State: ReportState.Open }) continue;
            open.Remove(upload);
            if (await upload.Opened is not null && await upload.CommitAsync()) await upload.Answer;
        }
        var leaveAfter = random.Next(6) == 0 ? random.Next(1, 20) : int.MaxValue;
        for (var step = 0; open.Count > 0 && !cancellationToken.IsCancellationRequested; step++)
        {
            if (step == leaveAfter) return;
            var upload = open[random.Next(open.Count)];
            if (await StepAsync(upload) && !upload.IsAllSent) continue;
            open.Remove(upload);
            if (!await upload.CommitAsync(rightDigest: random.Next(12) != 0)) continue;
            if (random.Next(12) == 0) await upload.AskForAsync(ErrorReason.MessageOutOfOrder, new UploadReportRequest { Chunk = new UploadChunk() });
            await upload.Answer;
            if (random.Next(2) == 0) await upload.Ended;
        }
    }

    /// <returns>False: the stream has ended, or is about to.</returns>
    private async Task<bool> StepAsync(RawUpload upload)
    {
        var rows = upload.Report.Rows.Count;
        var left = rows - upload.Sent;
        var count = MostRows(upload, upload.Sent, Math.Min(left, random.Next(1, rows < 50 ? 8 : 400)));
        switch (random.Next(24))
        {
            case 0 or 1 when upload.Sent > 0: // doubled, or wholly below
                var from = random.NextInt64(upload.Sent);
                return await upload.RepeatAsync(from, MostRows(upload, from, random.NextInt64(1, upload.Sent - from + 1)));
            case 2 when upload.Sent > 0 && left > 0: // across the end of what was sent
                var below = random.NextInt64(1, Math.Min(upload.Sent, 50) + 1);
                return await EndAsync(upload, upload.MisplaceAsync(upload.Sent - below, below + Math.Min(left, 20)));
            case 3 when left > count: // out of order: a later one first
                return await EndAsync(upload, upload.MisplaceAsync(upload.Sent + count, Math.Min(left - count, 100)));
            case 4: // before the beginning, or far beyond the end
                return await EndAsync(upload, upload.MisplaceAsync(random.Next(2) == 0 ? -1 : long.MaxValue / 2, Math.Min(rows, 2)));
            case 5: // a second Open
                return await EndAsync(upload, upload.AskForAsync(ErrorReason.MessageOutOfOrder, new UploadReportRequest { Open = new UploadOpen { Report = upload.Report.Name } }));
            case 6: // nothing at all
                return await EndAsync(upload, upload.AskForAsync(ErrorReason.FieldInvalid, new UploadReportRequest()));
            case 7: // the end without a commit
                return await EndAsync(upload, upload.CompleteAsync());
            case 8 or 9: // empty, in place
                return await upload.NextAsync(0);
            case 10 or 11: // empty, below
                return await upload.RepeatAsync(random.NextInt64(upload.Sent + 1), 0);
            case 12 or 13:
                return await upload.PingAsync();
            case 14 or 15 or 16: // as much as a message may hold
                return await upload.NextAsync(MostRows(upload, upload.Sent, left));
            default:
                return await upload.NextAsync(count);
        }
    }

    /// <summary>It ends the stream; what it has acknowledged until then is where the next one must go on.</summary>
    private static async Task<bool> EndAsync(RawUpload upload, Task<bool> last)
    {
        if (await last) await upload.Ended;
        return false;
    }

    /// <summary>Of so many rows as many as a message holds.</summary>
    private static long MostRows(RawUpload upload, long from, long rows)
    {
        var size = 64L; // what stands around the rows
        var count = 0L;
        while (count < rows)
        {
            size += upload.Report.RowAt((int)(from + count)).CalculateSize() + 4;
            if (size > LargestMessage) break;
            count++;
        }
        return count;
    }
}
