using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.Tests.Sending;

/// <summary>An organisation that sends reports.</summary>
internal sealed class Sender(IExchangeStore store, string organization)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ReportName Name(string id) => new(organization, id);

    public async Task<TestUpload> OpenAsync(
        string id, RowPolicy policy = RowPolicy.RejectReport, bool restart = false, bool validateOnly = false)
    {
        var head = await store.ReadHeadAsync(Cancelled);
        return await TestUpload.OpenAsync(
            store,
            new OpenUpload
            {
                Report = Name(id),
                RowPolicy = policy,
                CatalogVersion = head.CatalogVersion,
                Restart = restart,
                ValidateOnly = validateOnly,
            });
    }

    /// <summary>Sends a report in one chunk; null stands for a row that validation refused.</summary>
    public async Task<CommitOutcome> SubmitAsync(string id, RowPolicy policy, params IReadOnlyList<Observation?> rows)
    {
        var upload = await OpenAsync(id, policy);
        Assert.Equal(AppendResult.Appended, await upload.AppendAsync(rows));
        return await upload.CommitAsync();
    }

    /// <summary>Sends a report that must be taken.</summary>
    public async Task<Receipt> CommitAsync(string id, params IReadOnlyList<Observation?> rows)
    {
        var outcome = await SubmitAsync(id, RowPolicy.RejectReport, rows);
        return Assert.IsType<Receipt>(Assert.IsType<CommitOutcome.Committed>(outcome).Receipt);
    }

    public async Task<WithdrawOutcome.Withdrawn> WithdrawAsync(string id, string reason = "误报") =>
        Assert.IsType<WithdrawOutcome.Withdrawn>(await store.WithdrawAsync(Name(id), reason, Callers.Of(organization, "ReportService/WithdrawReport"), Cancelled));

    public async Task<RetractOutcome.Retracted> RetractAsync(string id, string reason = "误报") =>
        Assert.IsType<RetractOutcome.Retracted>(await store.RetractAsync(Name(id), reason, Callers.Of(organization, "ReportService/RetractReport"), Cancelled));

    public async Task<ReportRecord> FindAsync(string id) =>
        Assert.IsType<ReportRecord>(await store.FindReportAsync(Name(id), Cancelled));
}
