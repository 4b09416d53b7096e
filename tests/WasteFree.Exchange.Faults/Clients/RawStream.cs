using Grpc.Core;
using WasteFree.Exchange.Faults.Model;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Clients;

/// <summary>One report stream of a raw client: writes what it is told, sorts the answers to their uploads.</summary>
internal sealed class RawStream : IAsyncDisposable
{
    private readonly HubLine _line;
    private readonly CancellationTokenSource _stop;
    private readonly AsyncDuplexStreamingCall<StreamReportsRequest, StreamReportsResponse> _call;
    private readonly Dictionary<uint, RawUpload> _uploads = [];
    private readonly UploadChecks _checks;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Task _reading;
    private (uint Upload, TaskCompletionSource<StreamReportsResponse?> Answer)? _asked;

    /// <param name="address">The hub, or a proxy before it.</param>
    /// <param name="organization">Who calls.</param>
    /// <param name="checks">Where findings go.</param>
    /// <param name="limit">The stream is given up after this.</param>
    /// <param name="readAfter">A reader that stalls: nothing is read before this.</param>
    public RawStream(Uri address, int organization, UploadChecks checks, TimeSpan limit, Task? readAfter = null)
    {
        _checks = checks;
        _line = new HubLine(address);
        _stop = new CancellationTokenSource(limit);
        _call = _line.Reports.StreamReports(HubLine.As(organization), cancellationToken: _stop.Token);
        _reading = ReadAsync(readAfter ?? Task.CompletedTask);
    }

    /// <summary>The hub has said that it ends the stream.</summary>
    public GoAway? GoAway { get; private set; }

    /// <summary>How the stream ended; null: not by an error.</summary>
    public RpcException? Status { get; private set; }

    /// <summary>Completes with the stream, whichever side ends it.</summary>
    public Task Ended => _reading;

    public RawUpload Add(uint number, ModelReport report)
    {
        var upload = new RawUpload(number, report, _checks);
        lock (_uploads) _uploads[number] = upload;
        if (_reading.IsCompleted) upload.Break();
        return upload;
    }

    public Task<bool> PingAsync(ulong nonce) => WriteAsync(new StreamReportsRequest { Ping = new Ping { Nonce = nonce } });

    /// <returns>False: the stream has ended.</returns>
    public async Task<bool> WriteAsync(StreamReportsRequest request)
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

    /// <summary>Sends a message for an upload that keeps no books here, and waits for the answer to it.</summary>
    public async Task<StreamReportsResponse?> AskAsync(RawUpload upload, StreamReportsRequest request)
    {
        _asked = (upload.Number, new TaskCompletionSource<StreamReportsResponse?>(TaskCreationOptions.RunContinuationsAsynchronously));
        var answer = _asked.Value.Answer.Task;
        if (!await WriteAsync(request)) return null;
        await Task.WhenAny(answer, _reading);
        return answer.IsCompleted ? await answer : null;
    }

    public async Task<bool> CompleteAsync()
    {
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
        _line.Dispose();
        _stop.Dispose();
        _turn.Dispose();
    }

    private async Task ReadAsync(Task readAfter)
    {
        try
        {
            await readAfter.WaitAsync(_stop.Token);
            while (await _call.ResponseStream.MoveNext(_stop.Token)) Take(_call.ResponseStream.Current);
        }
        catch (RpcException exception)
        {
            Status = exception;
            _checks.Calls.EveryErrorIsTyped(exception, "StreamReports");
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Given up on this side.
        }
        _asked?.Answer.TrySetResult(null);
        lock (_uploads)
        {
            foreach (var upload in _uploads.Values) upload.Break();
        }
    }

    private void Take(StreamReportsResponse answer)
    {
        if (answer.GoAway is { } goAway)
        {
            GoAway = goAway;
            return;
        }
        var number = answer.MessageCase switch
        {
            StreamReportsResponse.MessageOneofCase.Opened => answer.Opened.Upload,
            StreamReportsResponse.MessageOneofCase.Ack => answer.Ack.Upload,
            StreamReportsResponse.MessageOneofCase.Committed => answer.Committed.Upload,
            StreamReportsResponse.MessageOneofCase.Rejected => answer.Rejected.Upload,
            StreamReportsResponse.MessageOneofCase.Problem => answer.Problem.Upload,
            _ => 0u,
        };
        RawUpload? upload;
        lock (_uploads) upload = _uploads.GetValueOrDefault(number);
        if (_asked is { } asked && asked.Upload == number && answer.Opened is null) asked.Answer.TrySetResult(answer);
        else if (upload is not null && !IsAboutTheStream(answer)) upload.Take(answer);
        else if (answer.Problem is { } problem) _checks.Calls.EveryErrorIsTyped(problem, "StreamReports");
    }

    /// <summary>A number used wrongly is refused without harm to the upload that has it.</summary>
    private static bool IsAboutTheStream(StreamReportsResponse answer) =>
        answer.Problem is { Reason: ErrorReason.UploadUnknown or ErrorReason.UploadInUse or ErrorReason.FieldInvalid };
}
