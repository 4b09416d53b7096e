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
        using var one = new HubLine(first);
        using var two = new HubLine(second);
        await using var older = new RawUpload(one, report, checks, Limit);
        if (!await older.OpenAsync()) return;
        if (await older.Opened is not { State: ReportState.Open } || cancellationToken.IsCancellationRequested) return;
        var some = random.Next(1, report.Rows.Count / 2);
        if (report.Rows.Count - older.Sent <= some || !await older.NextAsync(some)) return;

        await using var newer = new RawUpload(two, report, checks, Limit);
        if (!await newer.OpenAsync()) return;
        if (await newer.Opened is not { State: ReportState.Open } opened) return;

        var gotIn = false;
        if (await older.NextAsync(Math.Min(some, report.Rows.Count - older.Sent)) && await older.CommitAsync())
        {
            gotIn = await older.Answer is { Committed: not null };
        }
        checks.Uploads.Fencing(report, opened.DurableOffset, gotIn, older.Acked);

        await using var again = new RawUpload(two, report, checks, Limit);
        if (!await again.OpenAsync()) return;
        if (await again.Opened is not { State: ReportState.Open } reopened) return;
        checks.Uploads.OffsetStability(report, opened.DurableOffset, reopened.DurableOffset);
    }
}
