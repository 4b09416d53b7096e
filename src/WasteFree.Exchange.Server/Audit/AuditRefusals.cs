using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.V1;
using AuditEntry = WasteFree.Exchange.Audit.AuditEntry;

namespace WasteFree.Exchange.Server.Audit;

/// <summary>Sees every call that its caller may not make, wherever it is refused.</summary>
internal sealed class AuditRefusals(RefusalLog log) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        WatchAsync(() => continuation(request, context), () => AuditResources.Of((IMessage)request), context);

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        WatchAsync(() => RunAsync(continuation(request, responseStream, context)), () => AuditResources.Of((IMessage)request), context);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        var reader = new FirstReader<TRequest>(requestStream);
        return WatchAsync(() => RunAsync(continuation(reader, responseStream, context)), () => reader.Resource, context);
    }

    private static async Task<bool> RunAsync(Task call)
    {
        await call.ConfigureAwait(false);
        return true;
    }

    private async Task<T> WatchAsync<T>(Func<Task<T>> call, Func<string> resource, ServerCallContext context)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (RpcException e) when (AuditCalls.IsRefusal(e.StatusCode))
        {
            var reason = e.GetRpcStatus()?.GetDetail<ErrorDetail>() is { } detail ? RpcErrors.ReasonText(detail.Reason) : "";
            await LogAsync(resource(), e.StatusCode, reason, context).ConfigureAwait(false);
            throw;
        }
    }

    private Task LogAsync(string resource, StatusCode code, string reason, ServerCallContext context) =>
        log.AddAsync(AuditEntry.Of(AuditCalls.Of(context), resource, AuditCalls.StatusText(code), reason));

    /// <summary>The first message of a stream says what it is about.</summary>
    private sealed class FirstReader<T>(IAsyncStreamReader<T> inner) : IAsyncStreamReader<T>
    {
        private bool _begun;

        public string Resource { get; private set; } = "";

        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await inner.MoveNext(cancellationToken).ConfigureAwait(false)) return false;
            if (!_begun) Resource = AuditResources.Of((IMessage)inner.Current!);
            _begun = true;
            return true;
        }
    }
}
