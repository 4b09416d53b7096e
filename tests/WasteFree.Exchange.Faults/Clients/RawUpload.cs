using System.Diagnostics;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Clients;

/// <summary>One upload on a raw stream: what was sent, what must be refused, what was answered.</summary>
internal sealed class RawUpload(uint number, ModelReport report, UploadChecks checks)
{
    private readonly TaskCompletionSource<Opened?> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<StreamReportsResponse?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<long> _misplaced = new();
    private readonly Queue<(long End, long At)> _inFlight = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (int Attempt, long? Acked) _before;
    private StreamReportsResponse? _end;
    private long _acked;
    private long _sent;

    public uint Number => number;

    public ModelReport Report => report;

    /// <summary>Null: the stream broke, or the Open was refused.</summary>
    public Task<Opened?> Opened => _opened.Task;

    /// <summary>The last word on this upload; null: the stream broke.</summary>
    public Task<StreamReportsResponse?> Ended => _ended.Task;

    /// <summary>Offset of the next row to send.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Highest offset acknowledged on this stream.</summary>
    public long Acked => Interlocked.Read(ref _acked);

    /// <summary>Waits until rows are acknowledged, or the upload is over.</summary>
    public async Task AckedAsync(long offset, CancellationToken cancellationToken)
    {
        while (Acked < offset && !Ended.IsCompleted)
        {
            Task heard;
            lock (_lock) heard = _heard.Task;
            if (Acked < offset) await Task.WhenAny(heard, Ended).WaitAsync(cancellationToken);
        }
    }

    public StreamReportsRequest Open(bool restart = false)
    {
        if (restart) report.MayStartAnew();
        _before = report.Promise;
        return new StreamReportsRequest { Open = new Open { Upload = number, Report = report.Name, RowPolicy = report.Policy, Restart = restart } };
    }

    /// <summary>Rows from an offset on, wherever it is.</summary>
    public StreamReportsRequest Rows(long offset, long count)
    {
        var chunk = new Chunk { Upload = number, Offset = offset };
        for (var row = offset; row < offset + count; row++) chunk.Rows.Add(report.RowAt((int)row));
        return new StreamReportsRequest { Chunk = chunk };
    }

    public StreamReportsRequest Next(long count)
    {
        var request = Rows(Sent, count);
        Interlocked.Add(ref _sent, count);
        report.HasSent(Sent);
        lock (_lock) _inFlight.Enqueue((Sent, Stopwatch.GetTimestamp()));
        return request;
    }

    /// <summary>A chunk that must be refused with the offset where to go on.</summary>
    public StreamReportsRequest Misplaced(long offset, long count)
    {
        var from = Math.Clamp(offset, 0, report.Rows.Count - count);
        var request = Rows(from, count);
        request.Chunk.Offset = offset;
        lock (_lock) _misplaced.Enqueue(Sent);
        return request;
    }

    public StreamReportsRequest Commit(bool rightDigest = true)
    {
        // A refusal for its rows frees the name, and its answer may be lost.
        if (!report.IsAcceptable && rightDigest) report.MayStartAnew();
        var digest = rightDigest ? report.Digest : new byte[report.Digest.Length];
        return new StreamReportsRequest
        {
            Commit = new Commit { Upload = number, RowCount = report.Rows.Count, Digest = Google.Protobuf.ByteString.CopyFrom(digest) },
        };
    }

    public void Take(StreamReportsResponse answer)
    {
        if (answer.MessageCase == StreamReportsResponse.MessageOneofCase.Opened) _end = null;
        checks.Uploads.EndsOnce(report, _end, answer);
        switch (answer.MessageCase)
        {
            case StreamReportsResponse.MessageOneofCase.Opened:
                Take(answer.Opened!);
                break;
            case StreamReportsResponse.MessageOneofCase.Ack:
                Take(answer.Ack);
                break;
            case StreamReportsResponse.MessageOneofCase.Committed:
                checks.Uploads.CommitOnce(report, answer.Committed.Receipt);
                report.IsDone = true;
                End(answer);
                break;
            case StreamReportsResponse.MessageOneofCase.Rejected:
                checks.Uploads.RefusedForItsRows(report);
                report.IsDone = true;
                End(answer);
                break;
            case StreamReportsResponse.MessageOneofCase.Problem when answer.Problem.Reason == ErrorReason.OffsetUnexpected:
                TakeMisplaced(answer.Problem);
                break;
            case StreamReportsResponse.MessageOneofCase.Problem:
                TakeEnd(answer);
                break;
        }
    }

    public void Break()
    {
        _opened.TrySetResult(null);
        _ended.TrySetResult(null);
    }

    private void Take(Opened opened)
    {
        if (opened.State == ReportState.Open)
        {
            checks.Uploads.AckedIsDurable(report, _before, opened.DurableOffset);
            checks.Uploads.OffsetStability(report, opened.DurableOffset);
            checks.Uploads.EpochIsNew(report, opened);
        }
        Interlocked.Exchange(ref _sent, opened.DurableOffset);
        Interlocked.Exchange(ref _acked, opened.DurableOffset);
        _opened.TrySetResult(opened);
    }

    private void Take(Ack ack)
    {
        checks.Uploads.MonotonicAck(report, _acked, ack.DurableOffset, Sent);
        Interlocked.Exchange(ref _acked, ack.DurableOffset);
        report.HasAcked(ack.DurableOffset);
        lock (_lock)
        {
            _heard.TrySetResult();
            _heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            while (_inFlight.TryPeek(out var first) && first.End <= ack.DurableOffset)
                checks.AckTimes.Add(Stopwatch.GetElapsedTime(_inFlight.Dequeue().At).TotalMilliseconds);
        }
    }

    private void TakeMisplaced(Problem problem)
    {
        checks.Calls.EveryErrorIsTyped(problem, report.Name);
        long expected;
        lock (_lock) expected = _misplaced.Count > 0 ? _misplaced.Dequeue() : -1;
        checks.Uploads.OffsetStability(report, problem, expected);
    }

    private void TakeEnd(StreamReportsResponse answer)
    {
        checks.Calls.EveryErrorIsTyped(answer.Problem, report.Name);
        if (answer.Problem.Reason == ErrorReason.WriterFenced) checks.WasFenced();
        else if (answer.Problem.Reason is not (ErrorReason.StoreUnavailable or ErrorReason.StoreFull or ErrorReason.ClockAhead or ErrorReason.DigestMismatch or ErrorReason.UploadLimit))
            checks.Uploads.UnexpectedProblem(report, answer.Problem);
        _opened.TrySetResult(null);
        End(answer);
    }

    private void End(StreamReportsResponse answer)
    {
        _end = answer;
        _ended.TrySetResult(answer);
    }
}
