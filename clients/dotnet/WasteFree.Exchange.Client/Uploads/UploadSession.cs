using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>
/// One connection's attempt at an upload. Rows are sent by one task, answers read by another, pings sent by a third;
/// writes take turns, since a gRPC stream takes one at a time.
/// </summary>
internal sealed class UploadSession : IAsyncDisposable
{
    /// <summary>While rows are only digested there are no chunks to report by.</summary>
    private const int RowsPerReport = 50_000;

    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(20);

    private readonly ReportUpload _upload;
    private readonly string _writer;
    private readonly IProgress<UploadProgress>? _progress;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly AsyncDuplexStreamingCall<UploadReportRequest, UploadReportResponse> _call;
    private readonly HubAnswers _answers;

    public UploadSession(
        ReportService.ReportServiceClient client, ReportUpload upload, string writer, IProgress<UploadProgress>? progress, TimeProvider time)
    {
        _upload = upload;
        _writer = writer;
        _progress = progress;
        _time = time;
        _call = client.UploadReport(cancellationToken: _stop.Token);
        _answers = new HubAnswers(_call.ResponseStream, upload.ValidateOnly, time);
    }

    /// <summary>Rows that the hub has acknowledged as durable.</summary>
    public long DurableOffset => _answers.DurableOffset;

    public async Task<UploadOutcome> RunAsync(CancellationToken cancellationToken)
    {
        await using var cancelled = cancellationToken.Register(_stop.Cancel);
        var reading = _answers.ReadAsync(_stop.Token);
        var pinging = PingAsync(_stop.Token);
        var sending = SendAsync(_stop.Token);
        try
        {
            // A failing source ends the attempt; a failing connection shows in the answers.
            if (await Task.WhenAny(_answers.Outcome, sending).ConfigureAwait(false) == sending)
                await sending.ConfigureAwait(false);
            return await _answers.Outcome.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        finally
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(reading, pinging, sending)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // seen above, or caused by the cancellation
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _call.Dispose();
        _turn.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        Report(UploadPhase.Connecting, 0);
        var open = new UploadOpen
        {
            Report = _upload.Report,
            RowPolicy = _upload.RowPolicy,
            Restart = _upload.Restart,
            ValidateOnly = _upload.ValidateOnly,
            Writer = _writer,
        };
        if (!await WriteAsync(new UploadReportRequest { Open = open }, cancellationToken).ConfigureAwait(false)) return;
        var opened = await _answers.Opened.WaitAsync(cancellationToken).ConfigureAwait(false);

        // The rows of a name already taken are only digested: the receipt is for the same content alone.
        var firstToSend = opened.State == ReportState.Open ? opened.DurableOffset : long.MaxValue;
        var chunk = new ChunkBuilder(opened);
        using var digest = new RowDigest();
        await foreach (var row in _upload.Rows(cancellationToken).ConfigureAwait(false))
        {
            var offset = digest.Count;
            digest.Add(row);
            if (offset < firstToSend && offset % RowsPerReport == 0) Report(UploadPhase.Sending, offset);
            if (offset < firstToSend || chunk.TryAdd(row, offset)) continue;
            if (!await SendChunkAsync(chunk, digest.Count, cancellationToken).ConfigureAwait(false)) return;
            chunk.TryAdd(row, offset);
        }
        if (!chunk.IsEmpty && !await SendChunkAsync(chunk, digest.Count, cancellationToken).ConfigureAwait(false)) return;

        Report(UploadPhase.Committing, digest.Count);
        var commit = new UploadCommit { RowCount = digest.Count, Digest = ByteString.CopyFrom(digest.Value), DigestRule = DigestRule.RowsSha256 };
        await WriteAsync(new UploadReportRequest { Commit = commit }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> SendChunkAsync(ChunkBuilder chunk, long rowsRead, CancellationToken cancellationToken)
    {
        Report(UploadPhase.Sending, rowsRead);
        return await WriteAsync(new UploadReportRequest { Chunk = chunk.Take() }, cancellationToken).ConfigureAwait(false);
    }

    private async Task PingAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(PingEvery, _time);
        var ping = Task.FromResult(true);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_answers.FailIfSilent()) return;
            // A ping that cannot leave must not stop the watch over the silence.
            if (ping.IsCompleted)
                ping = WriteAsync(new UploadReportRequest { Ping = new UploadPing() }, cancellationToken);
        }
    }

    /// <summary>False: the connection is broken; the answers say why.</summary>
    private async Task<bool> WriteAsync(UploadReportRequest message, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _call.RequestStream.WriteAsync(message, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException or IOException)
        {
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Report(UploadPhase phase, long rowsRead) => _progress?.Report(new UploadProgress
    {
        Phase = phase,
        RowsRead = rowsRead,
        RowsDurable = _answers.DurableOffset,
        RowsRejected = _answers.RowsRejected,
    });
}
