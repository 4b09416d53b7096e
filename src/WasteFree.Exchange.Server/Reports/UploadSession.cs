using System.Threading.Channels;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Reports;

/// <summary>
/// One upload on a stream. Chunks go to the store without waiting for each other; their acknowledgements, and the
/// commit behind them, leave in order. What ends the upload is its last answer.
/// </summary>
internal sealed class UploadSession
{
    private readonly uint _number;
    private readonly Upload _upload;
    private readonly UploadDesk _desk;
    private readonly ChannelWriter<StreamReportsResponse> _responses;
    private readonly CancellationToken _cancellationToken;
    private readonly Channel<UploadStep> _steps = Channel.CreateBounded<UploadStep>(
        new BoundedChannelOptions(ReportLimits.MaxPendingChunks) { SingleReader = true, SingleWriter = true });

    private readonly Task _pump;
    private long _rejected;
    private bool _released;

    public UploadSession(
        uint number, Upload upload, UploadDesk desk, ChannelWriter<StreamReportsResponse> responses, CancellationToken cancellationToken)
    {
        _number = number;
        _upload = upload;
        _desk = desk;
        _responses = responses;
        _cancellationToken = cancellationToken;
        _rejected = upload.Rejected;
        Durable = upload.Resumed;
        _pump = GuardAsync(PumpAsync());
    }

    /// <summary>The upload is over: what still comes for it is not answered again.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Rows acknowledged: they survive a crash.</summary>
    public long Durable { get; private set; }

    /// <summary>Takes a chunk; returns when there is room for another one.</summary>
    public async Task ReceiveAsync(Chunk chunk)
    {
        if (HasEnded) return;
        var step = await TakeAsync(chunk).ConfigureAwait(false);
        if (step is UploadStep.Append append) await _desk.HoldAsync(_upload, chunk.CalculateSize(), append.Stored).ConfigureAwait(false);
        await EnqueueAsync(step).ConfigureAwait(false);
    }

    public async Task CommitAsync(Commit commit)
    {
        if (HasEnded) return;
        await EnqueueAsync(new UploadStep.End(commit)).ConfigureAwait(false);
    }

    /// <summary>Waits until everything received is answered; drops a check that came to no result.</summary>
    public async Task CompleteAsync()
    {
        _steps.Writer.TryComplete();
        try
        {
            await _pump.ConfigureAwait(false);
        }
        finally
        {
            if (!_released) await _upload.DropAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<UploadStep> TakeAsync(Chunk chunk)
    {
        var place = _upload.Place(chunk.Offset, chunk.Rows.Count);
        if (place == ChunkPlace.Repeated) return new UploadStep.Again();
        if (_upload.State != Store.ReportState.Open) return new UploadStep.Refused(UploadDesk.ContentConflict(_upload.Report), Ends: true);
        if (place == ChunkPlace.Unexpected) return new UploadStep.Refused(OffsetUnexpected(chunk.Offset), Ends: false);
        if (chunk.Rows.Count > ReportLimits.MaxMessageRows) return new UploadStep.Refused(UploadDesk.TooManyRows, Ends: true);
        if (chunk.Rows.Count > ReportLimits.MaxRows - _upload.Received) return new UploadStep.Refused(ReportTooLarge, Ends: true);
        if (await _desk.RefuseRowsAsync(_upload, chunk.Rows.Count, _cancellationToken).ConfigureAwait(false) is { } full) return new UploadStep.Refused(full, Ends: true);
        var rows = _upload.Receive(ReportMapping.ToRows(chunk.Rows));
        return new UploadStep.Append(rows, _upload.AppendAsync(rows, _cancellationToken), _upload.Rejected);
    }

    private async Task EnqueueAsync(UploadStep step)
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
            // Its last answer has been given; a client may use the number anew and must not take these for answers to that.
            if (HasEnded) continue;
            try
            {
                await AnswerAsync(step).ConfigureAwait(false);
            }
            catch (StoreUnavailableException e)
            {
                // What was not acknowledged is sent again after a new Open.
                await EndAsync(_desk.Unavailable(e)).ConfigureAwait(false);
            }
            if (HasEnded) _steps.Writer.TryComplete();
        }
    }

    private async Task AnswerAsync(UploadStep step)
    {
        switch (step)
        {
            case UploadStep.Append append when await append.Stored.ConfigureAwait(false) == AppendResult.Fenced:
                await EndAsync(UploadDesk.Fenced).ConfigureAwait(false);
                break;
            case UploadStep.Append append:
                Durable = append.Chunk.Offset + append.Chunk.RowCount;
                _rejected = append.RejectedTotal;
                await AcknowledgeAsync(append.Chunk.Findings).ConfigureAwait(false);
                break;
            case UploadStep.Again:
                await SendAsync(new StreamReportsResponse { Ack = NewAck() }).ConfigureAwait(false);
                break;
            case UploadStep.Refused { Ends: true } refused:
                await EndAsync(refused.Refusal).ConfigureAwait(false);
                break;
            case UploadStep.Refused refused:
                await SendAsync(new StreamReportsResponse { Problem = RpcErrors.ToProblem(_number, refused.Refusal) }).ConfigureAwait(false);
                break;
            case UploadStep.End end:
                await CommitRowsAsync(end.Commit).ConfigureAwait(false);
                break;
            default:
                throw new InvalidOperationException("No such step.");
        }
    }

    private static Refusal OtherRule { get; } = Refusal.FieldInvalid(
        "digest_rule", "本服务只认 DIGEST_RULE_ROWS_SHA256。", "this hub knows DIGEST_RULE_ROWS_SHA256 only.");

    private async Task CommitRowsAsync(Commit commit)
    {
        var (outcome, refusal) = commit.DigestRule is DigestRule.Unspecified or DigestRule.RowsSha256
            ? await _desk.CommitAsync(_upload, commit.RowCount, commit.Digest.ToByteArray(), _cancellationToken).ConfigureAwait(false)
            : (null, OtherRule);
        Failpoint.Reached(Failpoint.BeforeAnswer);
        if (refusal is not null)
        {
            await EndAsync(refusal).ConfigureAwait(false);
            return;
        }
        HasEnded = true;
        _released = true;
        await SendAsync(outcome is CommitOutcome.Committed committed
            ? new StreamReportsResponse { Committed = ReportMapping.ToMessage(committed, _number) }
            : new StreamReportsResponse { Rejected = ReportMapping.ToMessage((CommitOutcome.Rejected)outcome!, _number) }).ConfigureAwait(false);
    }

    private async Task EndAsync(Refusal refusal)
    {
        HasEnded = true;
        await SendAsync(new StreamReportsResponse { Problem = RpcErrors.ToProblem(_number, refusal) }).ConfigureAwait(false);
    }

    /// <summary>A check tells every finding, in as many messages as they need; otherwise all are listable.</summary>
    private async Task AcknowledgeAsync(IReadOnlyList<Validation.Finding> findings)
    {
        Failpoint.Reached(Failpoint.BeforeAck);
        var told = _upload.ValidateOnly ? findings : [.. findings.Take(ReportLimits.AnswerFindings)];
        var sent = 0;
        do
        {
            var ack = NewAck();
            ack.Findings.AddRange(told.Skip(sent).Take(ReportLimits.MessageFindings).Select(ReportMapping.ToMessage));
            await SendAsync(new StreamReportsResponse { Ack = ack }).ConfigureAwait(false);
            sent += ReportLimits.MessageFindings;
        }
        while (sent < told.Count);
    }

    private Ack NewAck() => new()
    {
        Upload = _number,
        DurableOffset = Durable,
        RejectedTotal = _rejected,
        WindowBytes = ReportLimits.WindowBytes,
    };

    private ValueTask SendAsync(StreamReportsResponse response) => _responses.WriteAsync(response, _cancellationToken);

    private Refusal OffsetUnexpected(long offset) => new(
        ErrorReason.OffsetUnexpected,
        $"数据块从第 {offset} 行开始，应从第 {_upload.Received} 行开始；请从那里续传。",
        $"The chunk starts at row {offset}; row {_upload.Received} is expected. Send from there.")
    {
        Field = "offset",
        ExpectedOffset = _upload.Received,
    };

    private static Refusal ReportTooLarge { get; } = new Refusal(
        ErrorReason.ReportTooLarge,
        $"一份报告至多 {ReportLimits.MaxRows} 行；请拆分。",
        $"A report has at most {ReportLimits.MaxRows} rows; split it.").OfLimit("max_rows", ReportLimits.MaxRows);
}
