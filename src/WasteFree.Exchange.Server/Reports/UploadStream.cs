using System.Threading.Channels;
using Grpc.Core;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using LiveCall = WasteFree.Exchange.Server.Security.CredentialWatch.LiveCall;

namespace WasteFree.Exchange.Server.Reports;

/// <summary>
/// One upload on its stream. Chunks go to the store without waiting for each other; their acknowledgements, and the commit
/// behind them, leave in order. So many are under way and no more: a client that does not read its answers is not read on.
/// </summary>
/// <param name="desk">Opens the upload.</param>
/// <param name="call">Who calls.</param>
/// <param name="lifetime">How long the stream may last.</param>
/// <param name="drain">
/// Whether the hub is about to stop. Not the call's own token: when that one fires, nothing can be written any more.
/// </param>
/// <param name="live">Whether the caller's credential is still taken.</param>
/// <param name="responses">What the client hears.</param>
internal sealed class UploadStream(
    UploadDesk desk, AuditCall call, StreamLifetime lifetime, Drain drain, LiveCall live, IServerStreamWriter<UploadReportResponse> responses) : IDisposable
{
    private readonly Channel<UploadStep> _steps = Channel.CreateBounded<UploadStep>(
        new BoundedChannelOptions(ReportLimits.MaxPendingChunks) { SingleReader = true, SingleWriter = true });

    private readonly SemaphoreSlim _turn = new(1, 1);
    private UploadSession? _session;
    private bool _commits;
    private bool _isAnswered;

    public async Task RunAsync(IAsyncStreamReader<UploadReportRequest> requests, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answering = AnswerAsync(ending.Token);
        try
        {
            var reading = ReadAsync(requests, answering, ending.Token);
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // However the reading ended: what was taken is answered before the status leaves.
            _steps.Writer.TryComplete();
            await answering.ConfigureAwait(false);
            var why = await reading.ConfigureAwait(false);
            if (!_isAnswered) throw (why ?? UploadRefusals.NoCommit).ToException();
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_session is not null) await _session.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Reads until the client has said everything, the last answer is given, or the hub ends the stream.</summary>
    /// <returns>Why the hub ends the stream; null: it does not.</returns>
    private async Task<Refusal?> ReadAsync(IAsyncStreamReader<UploadReportRequest> requests, Task answering, CancellationToken cancellationToken)
    {
        // A hub that runs for months must not keep the waiting tasks of every stream it ever had.
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(drain.Begun, live.Ended, waiting.Token);
        var stopped = Task.WhenAny(answering, Task.Delay(Timeout.Infinite, stopping.Token));
        var aged = Task.Delay(lifetime.NewAge(), lifetime.Time, waiting.Token);
        try
        {
            do
            {
                var next = requests.MoveNext(cancellationToken);
                if (await lifetime.WaitAsync(next, stopped, aged).ConfigureAwait(false) is { } why) return live.Why ?? why;
                if (!await next.ConfigureAwait(false)) return null;
                if (!await ReceiveAsync(requests.Current, cancellationToken).ConfigureAwait(false)) return null;
            }
            while (!stopping.IsCancellationRequested);
            return live.Why ?? Refusals.HubDraining;
        }
        finally
        {
            await waiting.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <returns>Whether there is anything to read after it.</returns>
    private async Task<bool> ReceiveAsync(UploadReportRequest request, CancellationToken cancellationToken)
    {
        switch (request.MessageCase)
        {
            case UploadReportRequest.MessageOneofCase.Open when _session is null:
                (_session, var refusal) = await desk.OpenAsync(request.Open, call, cancellationToken).ConfigureAwait(false);
                if (_session is null) return await GoOnAsync(new UploadStep.Refused(refusal!), cancellationToken).ConfigureAwait(false);
                await SayAsync(() => [new UploadReportResponse { Opened = _session.Opened }], cancellationToken).ConfigureAwait(false);
                return true;
            case UploadReportRequest.MessageOneofCase.Chunk when _session is not null && !_commits:
                var step = await _session.TakeAsync(request.Chunk.Offset, request.Chunk.Rows, cancellationToken).ConfigureAwait(false);
                if (step is UploadStep.Append append) await _session.HoldAsync(request.Chunk.CalculateSize(), append.Stored).ConfigureAwait(false);
                return await GoOnAsync(step, cancellationToken).ConfigureAwait(false);
            case UploadReportRequest.MessageOneofCase.Commit when _session is not null && !_commits:
                _commits = true;
                return await GoOnAsync(new UploadStep.End(request.Commit), cancellationToken).ConfigureAwait(false);
            case UploadReportRequest.MessageOneofCase.Ping when _session is not null:
                // The answer to the commit is the last word.
                await SayAsync(() => _isAnswered ? [] : [AckOf(_session.Ack())], cancellationToken).ConfigureAwait(false);
                return true;
            case UploadReportRequest.MessageOneofCase.None:
                return await GoOnAsync(new UploadStep.Refused(UploadRefusals.NoMessage), cancellationToken).ConfigureAwait(false);
            default:
                return await GoOnAsync(new UploadStep.Refused(UploadRefusals.OutOfOrder), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>False: it was the last step, or the last answer has been given.</returns>
    private async Task<bool> GoOnAsync(UploadStep step, CancellationToken cancellationToken) =>
        await _steps.Writer.WaitToWriteAsync(cancellationToken).ConfigureAwait(false) && _steps.Writer.TryWrite(step) && step is not UploadStep.Refused;

    /// <summary>Answers every step in its order, up to the first that is refused.</summary>
    private async Task AnswerAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var step in _steps.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                switch (step)
                {
                    case UploadStep.Refused refused:
                        throw refused.Refusal.ToException();
                    case UploadStep.Append append when await append.Stored.ConfigureAwait(false) == AppendResult.Fenced:
                        throw UploadRefusals.Fenced.ToException();
                    case UploadStep.Append append:
                        Failpoint.Reached(Failpoint.BeforeAck);
                        await SayAsync(() => _session!.Acknowledge(append).Select(AckOf), cancellationToken).ConfigureAwait(false);
                        break;
                    case UploadStep.Again:
                        await SayAsync(() => [AckOf(_session!.Ack())], cancellationToken).ConfigureAwait(false);
                        break;
                    case UploadStep.End end:
                        var answer = await CommitAsync(end.Commit, cancellationToken).ConfigureAwait(false);
                        await SayAsync(
                            () =>
                            {
                                _isAnswered = true;
                                return [answer];
                            },
                            cancellationToken).ConfigureAwait(false);
                        // What the client has said after it until now is still refused.
                        _steps.Writer.TryComplete();
                        break;
                }
            }
        }
        finally
        {
            _steps.Writer.TryComplete();
        }
    }
    private async Task<UploadReportResponse> CommitAsync(UploadCommit commit, CancellationToken cancellationToken)
    {
        var (outcome, refusal) = await _session!.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
        Failpoint.Reached(Failpoint.BeforeAnswer);
        return outcome switch
        {
            CommitOutcome.Committed committed => new UploadReportResponse { Committed = ReportMapping.ToMessage(committed) },
            CommitOutcome.Rejected rejected => new UploadReportResponse { Rejected = ReportMapping.ToMessage(rejected) },
            _ => throw refusal!.ToException(),
        };
    }

    /// <summary>One at a time: what is said of the upload is made when its turn comes, and so never goes back.</summary>
    private async Task SayAsync(Func<IEnumerable<UploadReportResponse>> say, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var response in say()) await responses.WriteAsync(response, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static UploadReportResponse AckOf(UploadAck ack) => new() { Ack = ack };
}
