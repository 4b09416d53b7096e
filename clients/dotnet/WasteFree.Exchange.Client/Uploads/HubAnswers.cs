using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>The hub's side of one upload: what it opened, acknowledged, answered, or why it broke.</summary>
internal sealed class HubAnswers(IAsyncStreamReader<UploadReportResponse> answers, bool keepFindings, TimeProvider time)
{
    /// <summary>Pings go out every 20 s, and the hub answers them even during a long commit.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource<UploadOpened> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<UploadOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Finding> _findings = [];
    private long _lastHeard = time.GetTimestamp();
    private long _durableOffset;
    private long _rowsRejected;

    public Task<UploadOpened> Opened => _opened.Task;

    public Task<UploadOutcome> Outcome => _outcome.Task;

    public long DurableOffset => Volatile.Read(ref _durableOffset);

    public long RowsRejected => Volatile.Read(ref _rowsRejected);

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await answers.MoveNext(cancellationToken).ConfigureAwait(false))
            {
                Volatile.Write(ref _lastHeard, time.GetTimestamp());
                Take(answers.Current);
            }
            Fail(new HubUnreachableException("The hub ended the stream without an answer."));
        }
        catch (RpcException exception)
        {
            Fail(cancellationToken.IsCancellationRequested
                ? new OperationCanceledException(cancellationToken)
                : HubErrors.From(exception));
        }
        catch (OperationCanceledException exception)
        {
            Fail(exception);
        }
    }

    public bool FailIfSilent()
    {
        var silent = time.GetElapsedTime(Volatile.Read(ref _lastHeard));
        if (silent < SilenceLimit) return false;
        Fail(new HubUnreachableException($"The hub was silent for {silent.TotalSeconds:F0} s."));
        return true;
    }

    private void Take(UploadReportResponse answer)
    {
        switch (answer.MessageCase)
        {
            case UploadReportResponse.MessageOneofCase.Opened:
                Volatile.Write(ref _durableOffset, answer.Opened.DurableOffset);
                _opened.TrySetResult(answer.Opened);
                break;
            case UploadReportResponse.MessageOneofCase.Ack:
                Volatile.Write(ref _durableOffset, answer.Ack.DurableOffset);
                Volatile.Write(ref _rowsRejected, answer.Ack.RejectedRows);
                if (keepFindings) _findings.AddRange(answer.Ack.Findings);
                break;
            case UploadReportResponse.MessageOneofCase.Committed:
                _outcome.TrySetResult(new UploadOutcome.Committed
                {
                    Receipt = answer.Committed.Receipt,
                    Counts = answer.Committed.Counts,
                    Findings = All(answer.Committed.Findings),
                    State = answer.Committed.State,
                    Replayed = answer.Committed.Replayed,
                    SupersededRows = answer.Committed.SupersededRows,
                });
                break;
            case UploadReportResponse.MessageOneofCase.Rejected:
                _outcome.TrySetResult(new UploadOutcome.Rejected
                {
                    Counts = answer.Rejected.Counts,
                    Findings = All(answer.Rejected.Findings),
                });
                break;
            case UploadReportResponse.MessageOneofCase.None: // of a newer hub: being heard is enough
                break;
        }
    }

    /// <summary>Those of the rows in row order, those of the whole report first.</summary>
    private List<Finding> All(IEnumerable<Finding> last) =>
        [.. _findings.Concat(last).OrderBy(finding => finding.Row ?? -1)];

    private void Fail(Exception exception)
    {
        _outcome.TrySetException(exception);
        _opened.TrySetException(exception);
    }
}
