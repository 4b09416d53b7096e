using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Clients;

/// <summary>
/// Two writers of one report, each on another hub: the older one goes on after the newer one was opened, and must get
/// nothing in.
/// </summary>
internal sealed class FencingProbe(UploadChecks checks, Random random)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public async Task RunAsync(Uri first, Uri second, ModelReport report, CancellationToken cancellationToken)
    {
        await using var older = new RawStream(first, report.Organization, checks, Limit);
        var old = older.Add(1, report);
        if (!await older.WriteAsync(old.Open())) return;
        if (await old.Opened is not { State: ReportState.Open } || cancellationToken.IsCancellationRequested) return;
        var some = random.Next(1, report.Rows.Count / 2);
        if (report.Rows.Count - old.Sent <= some || !await older.WriteAsync(old.Next(some))) return;

        await using var newer = new RawStream(second, report.Organization, checks, Limit);
        var one = newer.Add(1, report);
        if (!await newer.WriteAsync(one.Open())) return;
        if (await one.Opened is not { State: ReportState.Open } opened) return;

        var gotIn = false;
        if (await older.WriteAsync(old.Next(Math.Min(some, report.Rows.Count - old.Sent)))
            && await older.WriteAsync(old.Commit()))
        {
            gotIn = await old.Ended is { Committed: not null };
        }
        checks.Uploads.Fencing(report, opened.DurableOffset, gotIn, old.Acked);

        var two = newer.Add(2, report);
        if (!await newer.WriteAsync(two.Open())) return;
        if (await two.Opened is not { State: ReportState.Open } again) return;
        checks.Uploads.OffsetStability(report, opened.DurableOffset, again.DurableOffset);
    }
}
