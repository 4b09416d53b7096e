using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.Faults.Checks;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Clients;

/// <summary>One upload on its stream, by a raw client: writes what it is told, and keeps what was sent, what must be refused, what was answered.</summary>
internal sealed class RawUpload : IAsyncDisposable
{
    private readonly ModelReport _report;
    private readonly UploadChecks _checks;
    private readonly CancellationTokenSource _stop;
    private readonly AsyncDuplexStreamingCall<UploadReportRequest, UploadReportResponse> _call;
    private readonly TaskCompletionSource<UploadOpened?> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<UploadReportResponse?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<ErrorReason> _asked = [];
    private readonly Queue<(long End, long At)> _inFlight = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private readonly Task _reading;
    private TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (int Attempt, long? Acked) _before;
    private long _misplaced = -1;
    private long _acked;
    private long _sent;

    /// <param name="line">To the hub, or to a proxy before it.</param>
    /// <param name="report">What is sent.</param>
    /// <param name="checks">Where findings go.</param>
    /// <param name="limit">The stream is given up after this.</param>
    /// <param name="readAfter">A reader that stalls: nothing is read before this.</param>
    public RawUpload(HubLine line, ModelReport report, UploadChecks checks, TimeSpan limit, Task? readAfter = null)
    {
        _report = report;
        _checks = checks;
        _stop = new CancellationTokenSource(limit);
        _call = line.Reports.UploadReport(HubLine.As(report.Organization), cancellationToken: _stop.Token);
        _reading = ReadAsync(readAfter ?? Task.CompletedTask);
    }

    public ModelReport Report => _report;

    /// <summary>Null: the stream ended before.</summary>
    public Task<UploadOpened?> Opened => _opened.Task;

    /// <summary>What the commit was answered; null: the stream ended without that.</summary>
    public Task<UploadReportResponse?> Answer => _answer.Task;

    /// <summary>Completes with the stream, whichever side ends it.</summary>
    public Task Ended => _reading;

    /// <summary>The error by which the stream ended; null: by none.</summary>
    public RpcException? Status { get; private set; }

    /// <summary>Offset of the next row to send.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Highest offset acknowledged on this stream.</summary>
    public long Acked => Interlocked.Read(ref _acked);

    public bool IsAllSent => Sent >= _report.Rows.Count;

    /// <summary>Why the hub ended the stream; unspecified: it did not.</summary>
    public async Task<ErrorReason> ReasonAsync()
    {
        await _reading;
        return Status is null ? ErrorReason.Unspecified : CallProperties.ReasonOf(Status);
    }

    /// <summary>Waits until rows are acknowledged, or the stream is over.</summary>
    public async Task AckedAsync(long offset, CancellationToken cancellationToken)
    {
        while (Acked < offset && !_reading.IsCompleted)
        {
            Task heard;
            lock (_lock) heard = _heard.Task;
            if (Acked < offset) await Task.WhenAny(heard, _reading).WaitAsync(cancellationToken);
        }
    }

    /// <returns>Of each of these: whether it could be written; false: the stream has ended.</returns>
    public Task<bool> OpenAsync(bool restart = false)
    {
        if (restart) _report.MayStartAnew();
        _before = _report.Promise;
        return WriteAsync(new UploadReportRequest { Open = new UploadOpen { Report = _report.Name, RowPolicy = _report.Policy, Restart = restart } });
    }

    /// <summary>Rows that were sent before, or none.</summary>
    public Task<bool> RepeatAsync(long offset, long count) => WriteAsync(Rows(offset, count));

    public Task<bool> NextAsync(long count)
    {
        var request = Rows(Sent, count);
        Interlocked.Add(ref _sent, count);
        _report.HasSent(Sent);
        lock (_lock) _inFlight.Enqueue((Sent, Stopwatch.GetTimestamp()));
        return WriteAsync(request);
    }

    /// <summary>A chunk that must be refused with the offset where to go on.</summary>
    public Task<bool> MisplaceAsync(long offset, long count)
    {
        var request = Rows(Math.Clamp(offset, 0, _report.Rows.Count - count), count);
        request.Chunk.Offset = offset;
        Interlocked.CompareExchange(ref _misplaced, Sent, -1);
        return AskForAsync(ErrorReason.OffsetUnexpected, request);
    }

    public Task<bool> CommitAsync(bool rightDigest = true)
    {
        // A refusal for its rows frees the name, and its answer may be lost.
        if (!_report.IsAcceptable && rightDigest) _report.MayStartAnew();
        var digest = rightDigest ? _report.Digest : new byte[_report.Digest.Length];
        var commit = new UploadReportRequest { Commit = new UploadCommit { RowCount = _report.Rows.Count, Digest = ByteString.CopyFrom(digest) } };
        return rightDigest ? WriteAsync(commit) : AskForAsync(ErrorReason.DigestMismatch, commit);
    }

    /// <summary>Of a name that is committed.</summary>
    public Task<bool> CommitOtherAsync() => AskForAsync(
        ErrorReason.ReportContentConflict,
        new UploadReportRequest { Commit = new UploadCommit { RowCount = _report.Rows.Count, Digest = ByteString.CopyFrom(new byte[_report.Digest.Length]) } });

    public Task<bool> PingAsync() => WriteAsync(new UploadReportRequest { Ping = new UploadPing() });

    /// <summary>What must be refused.</summary>
    public Task<bool> AskForAsync(ErrorReason refusal, UploadReportRequest request)
    {
        lock (_lock) _asked.Add(refusal);
        return WriteAsync(request);
    }

    public async Task<bool> CompleteAsync()
    {
        lock (_lock) _asked.Add(ErrorReason.MessageOutOfOrder);
        try
        {
            await _call.RequestStream.CompleteAsync();
            return true;
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _call.Dispose();
        _stop.Dispose();
        _turn.Dispose();
    }

    private UploadReportRequest Rows(long offset, long count)
    {
        var chunk = new UploadChunk { Offset = offset };
        for (var row = offset; row < offset + count; row++) chunk.Rows.Add(_report.RowAt((int)row));
        return new UploadReportRequest { Chunk = chunk };
    }

    private async Task<bool> WriteAsync(UploadReportRequest request)
    {
        // A stream takes one writer at a time; some peers ping while they send.
        await _turn.WaitAsync();
        try
        {
            await _call.RequestStream.WriteAsync(request, _stop.Token);
            return true;
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException or IOException or OperationCanceledException)
        {
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ReadAsync(Task readAfter)
    {
        try
        {
            await readAfter.WaitAsync(_stop.Token);
            while (await _call.ResponseStream.MoveNext(_stop.Token)) Take(_call.ResponseStream.Current);
            _checks.Uploads.EveryCommitIsAnswered(_report, _answer.Task.IsCompleted);
        }
        catch (RpcException exception)
        {
            Status = exception;
            TakeStatus(exception);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Given up on this side.
        }
        _opened.TrySetResult(null);
        _answer.TrySetResult(null);
    }

    private void Take(UploadReportResponse answer)
    {
        _checks.Uploads.EndsOnce(_report, _answer.Task.IsCompleted, answer);
        switch (answer.MessageCase)
        {
            case UploadReportResponse.MessageOneofCase.Opened:
                _checks.Uploads.Opens(_report, _before, answer.Opened);
                Interlocked.Exchange(ref _sent, answer.Opened.DurableOffset);
                Interlocked.Exchange(ref _acked, answer.Opened.DurableOffset);
                _opened.TrySetResult(answer.Opened);
                break;
            case UploadReportResponse.MessageOneofCase.Ack:
                Take(answer.Ack);
                break;
            case UploadReportResponse.MessageOneofCase.Committed:
                _checks.Uploads.CommitOnce(_report, answer.Committed.Receipt);
                _report.IsDone = true;
                _answer.TrySetResult(answer);
                break;
            case UploadReportResponse.MessageOneofCase.Rejected:
                _checks.Uploads.RefusedForItsRows(_report);
                _report.IsDone = true;
                _answer.TrySetResult(answer);
                break;
        }
    }

    private void Take(UploadAck ack)
    {
        _checks.Uploads.MonotonicAck(_report, _acked, ack.DurableOffset, Sent);
        Interlocked.Exchange(ref _acked, ack.DurableOffset);
        _report.HasAcked(ack.DurableOffset);
        lock (_lock)
        {
            _heard.TrySetResult();
            _heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            while (_inFlight.TryPeek(out var first) && first.End <= ack.DurableOffset)
                _checks.AckTimes.Add(Stopwatch.GetElapsedTime(_inFlight.Dequeue().At).TotalMilliseconds);
        }
    }

    private void TakeStatus(RpcException exception)
    {
        _checks.Calls.EveryErrorIsTyped(exception, _report.Name);
        if (CallProperties.IsTransport(exception)) return;
        var reason = CallProperties.ReasonOf(exception);
        if (reason == ErrorReason.WriterFenced)
        {
            _checks.WasFenced();
            return;
        }
        bool isAskedFor;
        lock (_lock) isAskedFor = _asked.Contains(reason);
        _checks.Uploads.EndsForAReason(_report, exception, isAskedFor);
        if (reason == ErrorReason.OffsetUnexpected) _checks.Uploads.OffsetStability(_report, exception, Interlocked.Read(ref _misplaced));
        // What the store has said nothing of may be durable all the same.
        if (_opened.Task is { IsCompletedSuccessfully: true, Result.State: ReportState.Open } && !CallProperties.IsOfTheStore(reason) && !_answer.Task.IsCompleted)
            _report.Settle(_before.Attempt, Acked);
    }
}
