using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Grpc.Core;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using LiveCall = WasteFree.Exchange.Server.Security.CredentialWatch.LiveCall;

namespace WasteFree.Exchange.Server.Reports;

/// <summary>
/// One report stream: reads the client's messages in order, keeps its uploads apart, and writes answers through one
/// writer. Every queue is bounded: a client that does not read its answers is not read on.
/// </summary>
internal sealed class ReportStream
{
    private const int MaxQueuedResponses = 64;

    private readonly UploadDesk _desk;
    private readonly AuditCall _call;
    private readonly StreamLifetime _lifetime;
    private readonly Drain _drain;
    private readonly LiveCall _live;
    private readonly Dictionary<uint, UploadSession> _sessions = [];
    private readonly Channel<StreamReportsResponse> _responses = Channel.CreateBounded<StreamReportsResponse>(
        new BoundedChannelOptions(MaxQueuedResponses) { SingleReader = true });

    /// <param name="desk">Opens and ends uploads.</param>
    /// <param name="call">Who calls.</param>
    /// <param name="lifetime">How long the stream may last.</param>
    /// <param name="drain">
    /// Whether the hub is about to stop. Not the call's own token: when that one fires, nothing can be written any more.
    /// </param>
    /// <param name="live">Whether the caller's credential is still taken.</param>
    public ReportStream(UploadDesk desk, AuditCall call, StreamLifetime lifetime, Drain drain, LiveCall live)
    {
        _lifetime = lifetime;
        _desk = desk;
        _call = call;
        _drain = drain;
        _live = live;
    }

    public async Task RunAsync(
        IAsyncStreamReader<StreamReportsRequest> requests, IServerStreamWriter<StreamReportsResponse> responses, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writer = WriteAsync(responses, ending);
        try
        {
            var why = await ReadAsync(requests, ending.Token).ConfigureAwait(false);
            foreach (var session in _sessions.Values) await session.CompleteAsync().ConfigureAwait(false);
            if (why is not null) await _responses.Writer.WriteAsync(new StreamReportsResponse { GoAway = Farewell(why.Reason) }, ending.Token).ConfigureAwait(false);
            _responses.Writer.TryComplete();
            await writer.ConfigureAwait(false);
            if (why is not null) throw why.ToException();
        }
        catch
        {
            await ending.CancelAsync().ConfigureAwait(false);
            _responses.Writer.TryComplete();
            await SettleAsync([writer, .. _sessions.Values.Select(session => session.CompleteAsync())]).ConfigureAwait(false);
            if (writer.Exception?.InnerException is { } first) ExceptionDispatchInfo.Throw(first);
            throw;
        }
    }

    /// <summary>Reads until the client has said everything, or the hub ends the stream.</summary>
    /// <returns>Why the hub ends the stream; null: the client is done.</returns>
    private async Task<Refusal?> ReadAsync(IAsyncStreamReader<StreamReportsRequest> requests, CancellationToken cancellationToken)
    {
        // A hub that runs for months must not keep the waiting tasks of every stream it ever had.
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(_drain.Begun, _live.Ended, waiting.Token);
        var stopped = Task.Delay(Timeout.Infinite, stopping.Token);
        var aged = Task.Delay(_lifetime.NewAge(), _lifetime.Time, waiting.Token);
        try
        {
            while (true)
            {
                var next = requests.MoveNext(cancellationToken);
                if (await _lifetime.WaitAsync(next, stopped, aged).ConfigureAwait(false) is { } why) return _live.Why ?? why;
                if (!await next.ConfigureAwait(false)) return null;
                await ReceiveAsync(requests.Current, cancellationToken).ConfigureAwait(false);
                if (stopping.IsCancellationRequested) return _live.Why ?? Refusals.HubDraining;
            }
        }
        finally
        {
            await waiting.CancelAsync().ConfigureAwait(false);
        }
    }

    private Task ReceiveAsync(StreamReportsRequest request, CancellationToken cancellationToken) => request.MessageCase switch
    {
        StreamReportsRequest.MessageOneofCase.Open => OpenAsync(request.Open, cancellationToken),
        StreamReportsRequest.MessageOneofCase.Chunk => ReceiveAsync(request.Chunk, cancellationToken),
        StreamReportsRequest.MessageOneofCase.Commit => CommitAsync(request.Commit, cancellationToken),
        StreamReportsRequest.MessageOneofCase.Ping => RespondAsync(
            new StreamReportsResponse { Pong = new Pong { Nonce = request.Ping.Nonce } }, cancellationToken),
        _ => RefuseAsync(0, Refusal.FieldInvalid("message", "消息没有内容。", "the message holds none."), cancellationToken),
    };

    private async Task OpenAsync(Open open, CancellationToken cancellationToken)
    {
        foreach (var (number, session) in _sessions.Where(entry => entry.Value.HasEnded).ToList())
        {
            await session.CompleteAsync().ConfigureAwait(false);
            if (number == open.Upload || _sessions.Count >= ReportLimits.MaxOpenUploads) _sessions.Remove(number);
        }
        var refusal = open.Upload == 0 ? Refusal.FieldInvalid("upload", "应大于 0。", "must be greater than zero.")
            : _sessions.ContainsKey(open.Upload) ? InUse(open.Upload)
            : _sessions.Count >= ReportLimits.MaxOpenUploads ? TooMany
            : null;
        if (refusal is null)
        {
            (var upload, refusal) = await TryOpenAsync(open, cancellationToken).ConfigureAwait(false);
            if (upload is not null)
            {
                await RespondAsync(new StreamReportsResponse { Opened = OpenedOf(open.Upload, upload) }, cancellationToken).ConfigureAwait(false);
                _sessions[open.Upload] = new UploadSession(open.Upload, upload, _desk, _responses.Writer, cancellationToken);
                return;
            }
        }
        await RefuseAsync(open.Upload, refusal!, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(Ingest.Upload? Upload, Refusal? Refusal)> TryOpenAsync(Open open, CancellationToken cancellationToken)
    {
        try
        {
            return await _desk.OpenAsync(open, _call, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            return (null, _desk.Unavailable(e));
        }
    }

    private Task ReceiveAsync(Chunk chunk, CancellationToken cancellationToken) =>
        _sessions.TryGetValue(chunk.Upload, out var session)
            ? session.ReceiveAsync(chunk)
            : RefuseAsync(chunk.Upload, NotOpen(chunk.Upload), cancellationToken);

    private Task CommitAsync(Commit commit, CancellationToken cancellationToken) =>
        _sessions.TryGetValue(commit.Upload, out var session)
            ? session.CommitAsync(commit)
            : RefuseAsync(commit.Upload, NotOpen(commit.Upload), cancellationToken);

    private async Task WriteAsync(IServerStreamWriter<StreamReportsResponse> responses, CancellationTokenSource ending)
    {
        try
        {
            await foreach (var response in _responses.Reader.ReadAllAsync(ending.Token).ConfigureAwait(false))
                await responses.WriteAsync(response, ending.Token).ConfigureAwait(false);
        }
        catch
        {
            await ending.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private Task RefuseAsync(uint upload, Refusal refusal, CancellationToken cancellationToken) =>
        RespondAsync(new StreamReportsResponse { Problem = RpcErrors.ToProblem(upload, refusal) }, cancellationToken);

    private Task RespondAsync(StreamReportsResponse response, CancellationToken cancellationToken) =>
        _responses.Writer.WriteAsync(response, cancellationToken).AsTask();

    private GoAway Farewell(ErrorReason reason)
    {
        var farewell = new GoAway { Reason = reason };
        if (RpcErrors.RetryAfterOf(reason) is { } wait) farewell.RetryAfter = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(wait);
        farewell.DurableOffsets.AddRange(
            _sessions.Where(entry => !entry.Value.HasEnded)
                .Select(entry => new GoAway.Types.DurableOffset { Upload = entry.Key, DurableOffset_ = entry.Value.Durable }));
        return farewell;
    }

    /// <summary>The call has failed already: its parts may end as they like, but they must end.</summary>
    private static async Task SettleAsync(IEnumerable<Task> parts)
    {
        foreach (var part in parts) await part.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static Opened OpenedOf(uint number, Ingest.Upload upload) => new()
    {
        Upload = number,
        State = ReportMapping.ToMessage(upload.State),
        DurableOffset = upload.Resumed,
        Epoch = upload.Epoch,
        CatalogVersion = upload.CatalogVersion,
        Limits = ReportLimits.Message,
        WindowBytes = ReportLimits.WindowBytes,
    };

    private static Refusal NotOpen(uint upload) => new(
        ErrorReason.UploadUnknown, $"本数据流上没有打开的上传 {upload}；请先发送 Open。", $"Upload {upload} is not open on this stream; send Open first.");

    private static Refusal InUse(uint upload) => new(
        ErrorReason.UploadInUse, $"编号 {upload} 在本数据流上已被使用。", $"Number {upload} is in use on this stream.");

    private static Refusal TooMany { get; } = new(
        ErrorReason.UploadLimit,
        $"一个数据流至多同时打开 {ReportLimits.MaxOpenUploads} 个上传；请先完成其中之一。",
        $"A stream has at most {ReportLimits.MaxOpenUploads} open uploads; finish one first.");
}
