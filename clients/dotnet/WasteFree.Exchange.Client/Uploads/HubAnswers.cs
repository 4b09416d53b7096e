using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>The hub's side of one upload stream: what it opened, acknowledged, answered, or why it broke.</summary>
internal sealed class HubAnswers(IAsyncStreamReader<StreamReportsResponse> answers, bool keepFindings, TimeProvider time) : IDisposable
{
    /// <summary>Pings go out every 20 s, and the hub answers them even during a long commit.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource<Opened> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<UploadOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Finding> _findings = [];
    private long _lastHeard = time.GetTimestamp();
    private long _durableOffset;
    private long _rowsRejected;

    public Task<Opened> Opened => _opened.Task;

    public Task<UploadOutcome> Outcome => _outcome.Task;

    public ByteWindow Window { get; } = new(0);

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

    public void Dispose() => Window.Dispose();

    private void Take(StreamReportsResponse answer)
    {
        switch (answer.MessageCase)
        {
            case StreamReportsResponse.MessageOneofCase.Opened:
                Volatile.Write(ref _durableOffset, answer.Opened.DurableOffset);
                Window.Acknowledge(answer.Opened.DurableOffset, answer.Opened.WindowBytes);
                _opened.TrySetResult(answer.Opened);
                break;
            case StreamReportsResponse.MessageOneofCase.Ack:
                Volatile.Write(ref _durableOffset, answer.Ack.DurableOffset);
                Volatile.Write(ref _rowsRejected, answer.Ack.RejectedTotal);
                if (keepFindings) _findings.AddRange(answer.Ack.Findings);
                Window.Acknowledge(answer.Ack.DurableOffset, answer.Ack.WindowBytes);
                break;
            case StreamReportsResponse.MessageOneofCase.Committed:
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
            case StreamReportsResponse.MessageOneofCase.Rejected:
                _outcome.TrySetResult(new UploadOutcome.Rejected
                {
                    Counts = answer.Rejected.Counts,
                    Findings = All(answer.Rejected.Findings),
                    FindingsTotal = answer.Rejected.FindingsTotal,
                });
                break;
            case StreamReportsResponse.MessageOneofCase.Problem:
                Fail(HubErrors.From(answer.Problem));
                break;
            case StreamReportsResponse.MessageOneofCase.GoAway:
                foreach (var durable in answer.GoAway.DurableOffsets)
                    Volatile.Write(ref _durableOffset, durable.DurableOffset_);
                // Without a time to come back at, the status that follows says what is wrong.
                if (answer.GoAway.RetryAfter is not null) Fail(HubErrors.From(answer.GoAway));
                break;
            case StreamReportsResponse.MessageOneofCase.Pong:
            case StreamReportsResponse.MessageOneofCase.None: // of a newer hub: being heard is enough
                break;
        }
    }

    /// <summary>Those of the rows in row order, those of the whole report first.</summary>
    private List<Finding> All(IEnumerable<Finding> last) =>
        [.. _findings.Concat(last).OrderBy(finding => finding.HasRow ? finding.Row : -1)];

    private void Fail(Exception exception)
    {
        _outcome.TrySetException(exception);
        _opened.TrySetException(exception);
    }
}
