using Grpc.Core;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Clients;

/// <summary>The single calls of a sender: submit, abort, withdraw, read again. Each is repeated until it is answered.</summary>
internal sealed class SingleCalls(UploadChecks checks, Func<Uri> address)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    public async Task SubmitAsync(ModelReport report, CancellationToken cancellationToken)
    {
        report.MayStartAnew(); // each try starts the report anew until one is committed
        report.HasSent(report.Rows.Count);
        var request = new SubmitReportRequest { Report = report.Name, RowPolicy = report.Policy };
        for (var row = 0; row < report.Rows.Count; row++) request.Rows.Add(report.RowAt(row));
        var response = await CallAsync(
            line => line.Reports.SubmitReportAsync(request, HubLine.As(report.Organization), DeadlineFromNow(), cancellationToken), cancellationToken);
        if (response.Committed is { } committed) checks.Uploads.CommitOnce(report, committed.Receipt);
        else checks.Uploads.RefusedForItsRows(report);
        report.IsDone = true;
    }

    /// <summary>Gives an unfinished upload up. A report that was never opened, or is committed, is refused.</summary>
    public async Task TryAbortAsync(ModelReport report, CancellationToken cancellationToken)
    {
        report.MayStartAnew();
        using var line = new HubLine(address());
        try
        {
            await line.Reports.AbortReportAsync(
                new AbortReportRequest { Name = report.Name }, HubLine.As(report.Organization), DeadlineFromNow(), cancellationToken);
        }
        catch (RpcException exception)
        {
            checks.Calls.EveryErrorIsTyped(exception, "AbortReport");
        }
    }

    public async Task WithdrawAsync(ModelReport report, CancellationToken cancellationToken)
    {
        report.IsWithdrawn = true;
        var request = new WithdrawReportRequest { Name = report.Name, Reason = "示例：撤回" };
        var first = await CallAsync(
            line => line.Reports.WithdrawReportAsync(request, HubLine.As(report.Organization), DeadlineFromNow(), cancellationToken), cancellationToken);
        var again = await CallAsync(
            line => line.Reports.WithdrawReportAsync(request, HubLine.As(report.Organization), DeadlineFromNow(), cancellationToken), cancellationToken);
        checks.Uploads.CommitOnce(report, again.Report.Receipt);
        checks.Uploads.WithdrawnOnce(report, first, again);
    }

    /// <summary>The stored receipt, by two ways, and no other content under the same name.</summary>
    public async Task RepeatAsync(ModelReport report, CancellationToken cancellationToken)
    {
        var stored = await CallAsync(
            line => line.Reports.GetReportAsync(
                new GetReportRequest { Name = report.Name }, HubLine.As(report.Organization), DeadlineFromNow(), cancellationToken),
            cancellationToken);
        checks.Uploads.CommitOnce(report, stored.Report.Receipt);

        await using var stream = new RawStream(address(), report.Organization, checks, Deadline);
        var same = stream.Add(1, report);
        var other = new RawUpload(2, report, checks);
        if (!await stream.WriteAsync(same.Open()) || await same.Opened is null) return;
        if (!await stream.WriteAsync(same.Commit()) || await same.Ended is null) return;
        if (!await stream.WriteAsync(other.Open())) return;
        var answer = await stream.AskAsync(other, other.Commit(rightDigest: false));
        if (answer is null) return;
        if (answer.Problem is { } problem) checks.Calls.EveryErrorIsTyped(problem, report.Name);
        checks.Uploads.CommitOnce(report, answer);
    }

    private static DateTime DeadlineFromNow() => TimeProvider.System.GetUtcNow().UtcDateTime + Deadline;

    private async Task<T> CallAsync<T>(Func<HubLine, AsyncUnaryCall<T>> start, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var line = new HubLine(address());
            try
            {
                using var call = start(line);
                return await call.ResponseAsync;
            }
            catch (RpcException exception)
            {
                cancellationToken.ThrowIfCancellationRequested();
                checks.Calls.EveryErrorIsTyped(exception, typeof(T).Name);
            }
            await Task.Delay(100, cancellationToken);
        }
    }
}
