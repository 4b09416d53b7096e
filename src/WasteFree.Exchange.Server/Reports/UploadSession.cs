using System.Threading.Channels;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Reports;

/// <summary>
/// One upload on a stream. Chunks go to the store without waiting for each other; their acknowledgements, and the
/// commit behind them, leave in order.
/// </summary>
internal sealed class UploadSession
{
    private readonly uint _number;
    private readonly Upload _upload;
    private readonly UploadDesk _desk;
    private readonly ChannelWriter<StreamReportsResponse> _responses;
    private readonly CancellationToken _cancellationToken;
    private readonly Channel<Step> _steps = Channel.CreateBounded<Step>(
        new BoundedChannelOptions(ReportLimits.MaxPendingChunks) { SingleReader = true, SingleWriter = true });

    private readonly Task _pump;

    /// <summary>What the client was told last. Chunks behind the one that is answered may be durable already.</summary>
    private long _told;

    public UploadSession(
        uint number, Upload upload, UploadDesk desk, ChannelWriter<StreamReportsResponse> responses, CancellationToken cancellationToken)
    {
        _number = number;
        _upload = upload;
        _desk = desk;
        _responses = responses;
        _cancellationToken = cancellationToken;
        _told = upload.Durable;
        _pump = GuardAsync(PumpAsync());
    }

    /// <summary>The upload is over: what still comes for it is not answered again.</summary>
    public bool HasEnded { get; private set; }

    public long Durable => _upload.Durable;

    /// <summary>Takes a chunk; returns when there is room for another one.</summary>
    public async Task ReceiveAsync(Chunk chunk)
    {
        if (HasEnded) return;
        if (Refuse(chunk) is { } refusal)
        {
            await _responses.WriteAsync(new StreamReportsResponse { Problem = RpcErrors.ToProblem(_number, refusal) }, _cancellationToken).ConfigureAwait(false);
            return;
        }
        if (_upload.Place(chunk.Offset, chunk.Rows.Count) == ChunkPlace.Repeated)
        {
            await EnqueueAsync(new Step.Again()).ConfigureAwait(false);
            return;
        }
        var rows = _upload.Receive(ReportMapping.ToRows(chunk.Rows));
        await EnqueueAsync(new Step.Append(rows, _upload.AppendAsync(rows, _cancellationToken), _upload.Rejected)).ConfigureAwait(false);
    }

    public async Task CommitAsync(Commit commit)
    {
        if (HasEnded) return;
        await EnqueueAsync(new Step.End(commit)).ConfigureAwait(false);
    }

    /// <summary>Waits until everything received is answered; drops a check that did not end.</summary>
    public async Task CompleteAsync()
    {
        _steps.Writer.TryComplete();
        await _pump.ConfigureAwait(false);
        if (_upload.ValidateOnly && !HasEnded) await _upload.DropAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private Refusal? Refuse(Chunk chunk)
    {
        if (_upload.Place(chunk.Offset, chunk.Rows.Count) == ChunkPlace.Unexpected)
        {
            return new Refusal(
                ErrorReason.OffsetUnexpected,
                $"数据块从第 {chunk.Offset} 行开始，应从第 {_upload.Received} 行开始；请从那里续传。",
                $"The chunk starts at row {chunk.Offset}; row {_upload.Received} is expected. Send from there.")
            {
                Field = "offset",
                ExpectedOffset = _upload.Received,
            };
        }
        return _upload.Received + chunk.Rows.Count > ReportLimits.MaxRows && _upload.Place(chunk.Offset, chunk.Rows.Count) == ChunkPlace.Next
            ? new Refusal(
                ErrorReason.ReportTooLarge,
                $"一份报告至多 {ReportLimits.MaxRows} 行；请拆分。",
                $"A report has at most {ReportLimits.MaxRows} rows; split it.")
            : null;
    }

    private async Task EnqueueAsync(Step step)
    {
        try
        {
            await _steps.Writer.WriteAsync(step, _cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The pump has ended the upload with a problem; the client knows.
        }
    }

    /// <summary>A fault ends the whole stream through its writer, where it is seen.</summary>
    private async Task GuardAsync(Task pump)
    {
        try
        {
            await pump.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _responses.TryComplete(e);
            throw;
        }
    }

    private async Task PumpAsync()
    {
        await foreach (var step in _steps.Reader.ReadAllAsync(_cancellationToken).ConfigureAwait(false))
        {
            StreamReportsResponse answer;
            try
            {
                answer = await AnswerAsync(step).ConfigureAwait(false);
            }
            catch (StoreUnavailableException)
            {
                // What was not acknowledged is sent again after a new Open.
                answer = End(Refusals.StoreUnavailable);
            }
            Failpoint.Reached(step is Step.End ? Failpoint.BeforeAnswer : Failpoint.BeforeAck);
            await _responses.WriteAsync(answer, _cancellationToken).ConfigureAwait(false);
            if (!HasEnded) continue;
            // What is queued behind the end was sent before the client could know of it: the one answer stands.
            _steps.Writer.TryComplete();
            return;
        }
    }

    private async Task<StreamReportsResponse> AnswerAsync(Step step)
    {
        switch (step)
        {
            case Step.Append append:
                if (await append.Stored.ConfigureAwait(false) == AppendResult.Fenced) return End(UploadDesk.Fenced);
                return new StreamReportsResponse { Ack = AckOf(append) };
            case Step.Again:
                return new StreamReportsResponse { Ack = NewAck(_upload.Rejected) };
            case Step.End end:
                var (outcome, refusal) = await _desk
                    .CommitAsync(_upload, end.Commit.RowCount, end.Commit.Digest.ToByteArray(), _cancellationToken).ConfigureAwait(false);
                if (refusal is not null) return End(refusal);
                HasEnded = true;
                return outcome is CommitOutcome.Committed committed
                    ? new StreamReportsResponse { Committed = ReportMapping.ToMessage(committed, _number) }
                    : new StreamReportsResponse { Rejected = ReportMapping.ToMessage((CommitOutcome.Rejected)outcome!, _number) };
            default:
                throw new InvalidOperationException("No such step.");
        }
    }

    private StreamReportsResponse End(Refusal refusal)
    {
        HasEnded = true;
        return new StreamReportsResponse { Problem = RpcErrors.ToProblem(_number, refusal) };
    }

    private Ack AckOf(Step.Append append)
    {
        _told = append.Chunk.Offset + append.Chunk.RowCount;
        var ack = NewAck(append.RejectedTotal);
        var findings = _upload.ValidateOnly ? append.Chunk.Findings : append.Chunk.Findings.Take(ReportLimits.AnswerFindings);
        ack.Findings.AddRange(findings.Select(ReportMapping.ToMessage));
        return ack;
    }

    private Ack NewAck(long rejected) => new()
    {
        Upload = _number,
        DurableOffset = _told,
        RejectedTotal = rejected,
        WindowBytes = ReportLimits.WindowBytes,
    };

    /// <summary>What is answered in order.</summary>
    private abstract record Step
    {
        public sealed record Append(UploadChunk Chunk, Task<AppendResult> Stored, long RejectedTotal) : Step;

        public sealed record Again : Step;

        public sealed record End(Commit Commit) : Step;
    }
}
