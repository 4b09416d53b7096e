using Grpc.Core;
using WasteFree.Exchange.Faults.Checks;
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

        using var line = new HubLine(address());
        await using var same = new RawUpload(line, report, checks, Deadline);
        if (!await same.OpenAsync() || await same.Opened is null) return;
        if (!await same.CommitAsync() || await same.Answer is null) return;
        await using var other = new RawUpload(line, report, checks, Deadline);
        if (!await other.OpenAsync() || await other.Opened is null) return;
        if (await other.CommitOtherAsync()) checks.Uploads.CommitOnce(report, await other.Answer, await other.ReasonAsync());
    }

    /// <summary>An upload without a stream; each call is repeated until it is answered, or another Open of its own came late.</summary>
    public async Task UploadAsync(ModelReport report, Random random, CancellationToken cancellationToken)
    {
        var headers = HubLine.As(report.Organization);
        while (!report.IsDone)
        {
            try
            {
                var before = report.Promise;
                var open = new OpenUploadRequest { Open = new UploadOpen { Report = report.Name, RowPolicy = report.Policy } };
                var opened = (await CallAsync(line => line.Reports.OpenUploadAsync(open, headers, DeadlineFromNow(), cancellationToken), cancellationToken)).Opened;
                checks.Uploads.Opens(report, before, opened);
                for (var sent = opened.DurableOffset; sent < report.Rows.Count;)
                {
                    var append = new AppendRowsRequest { Report = report.Name, Epoch = opened.Epoch, Offset = sent };
                    var end = Math.Min(report.Rows.Count, sent + random.Next(1, 60));
                    for (var row = sent; row < end; row++) append.Rows.Add(report.RowAt((int)row));
                    report.HasSent(end);
                    var ack = (await CallAsync(line => line.Reports.AppendRowsAsync(append, headers, DeadlineFromNow(), cancellationToken), cancellationToken)).Ack;
                    checks.Uploads.MonotonicAck(report, sent, ack.DurableOffset, end);
                    report.HasAcked(ack.DurableOffset);
                    sent = ack.DurableOffset;
                }
                if (!report.IsAcceptable) report.MayStartAnew();
                var commit = new CommitUploadRequest
                {
                    Report = report.Name,
                    Epoch = opened.Epoch,
                    Commit = new UploadCommit { RowCount = report.Rows.Count, Digest = Google.Protobuf.ByteString.CopyFrom(report.Digest) },
                };
                var response = await CallAsync(line => line.Reports.CommitUploadAsync(commit, headers, DeadlineFromNow(), cancellationToken), cancellationToken);
                if (response.Committed is { } committed) checks.Uploads.CommitOnce(report, committed.Receipt);
                else checks.Uploads.RefusedForItsRows(report);
                report.IsDone = true;
            }
            catch (RpcException exception) when (CallProperties.ReasonOf(exception) == ErrorReason.WriterFenced)
            {
                checks.WasFenced();
            }
        }
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
                if (CallProperties.ReasonOf(exception) == ErrorReason.WriterFenced) throw;
            }
            await Task.Delay(100, cancellationToken);
        }
    }
}
