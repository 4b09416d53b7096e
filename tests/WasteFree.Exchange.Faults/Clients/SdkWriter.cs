using WasteFree.Exchange.Client;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Clients;

/// <summary>Sends a report with the .NET client, as a partner does; the client finds its way through all faults.</summary>
internal sealed class SdkWriter(UploadChecks checks)
{
    /// <summary>Sends until there is an answer.</summary>
    public async Task RunAsync(Uri address, ModelReport report, CancellationToken cancellationToken)
    {
        using var connection = new ExchangeConnection(new ConnectionOptions
        {
            Hub = address,
            Organization = Cell.Organizations[report.Organization].Id,
            GiveUpAfter = TimeSpan.FromHours(1),
            Time = HurriedTime.Instance,
        });
        report.HasSent(report.Rows.Count);
        if (!report.IsAcceptable) report.MayStartAnew();
        var upload = new ReportUpload { Report = report.Name, RowPolicy = report.Policy, Rows = _ => RowsOf(report) };
        while (!report.IsDone)
        {
            try
            {
                Take(report, await connection.Uploader.UploadAsync(upload, new Progress(report), cancellationToken));
            }
            catch (ExchangeException exception) when (exception.Reason == ErrorReason.WriterFenced)
            {
                // An Open of its own that was cut off on the way came late: nobody else writes this report.
                checks.WasFenced();
            }
        }
    }

    private void Take(ModelReport report, UploadOutcome outcome)
    {
        if (outcome is UploadOutcome.Committed committed) checks.Uploads.CommitOnce(report, committed.Receipt);
        else checks.Uploads.RefusedForItsRows(report);
        report.IsDone = true;
    }

    private static async IAsyncEnumerable<Observation> RowsOf(ModelReport report)
    {
        for (var offset = 0; offset < report.Rows.Count; offset++) yield return report.RowAt(offset);
        await Task.CompletedTask;
    }

    /// <summary>In the thread that hears it: a promise must be known before the next thing happens.</summary>
    private sealed class Progress(ModelReport report) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value)
        {
            if (report.IsAcceptable) report.HasAcked(value.RowsDurable);
        }
    }
}
