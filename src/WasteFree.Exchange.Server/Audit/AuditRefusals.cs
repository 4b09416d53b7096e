using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.V1;
using AuditEntry = WasteFree.Exchange.Audit.AuditEntry;

namespace WasteFree.Exchange.Server.Audit;

/// <summary>Sees every call that its caller may not make, wherever it is refused, and each such upload of a stream.</summary>
internal sealed class AuditRefusals(RefusalLog log) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        WatchAsync(() => continuation(request, context), (IMessage)request, context);

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        WatchAsync(() => RunAsync(continuation(request, responseStream, context)), (IMessage)request, context);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        WatchAsync(
            () =>
            {
                var reports = new StreamedReports();
                var reader = new OpenReader<TRequest>(requestStream, reports);
                return RunAsync(continuation(reader, new ProblemWriter<TResponse>(responseStream, problem => LogAsync(problem, reports, context)), context));
            },
            request: null,
            context);

    private static async Task<bool> RunAsync(Task call)
    {
        await call.ConfigureAwait(false);
        return true;
    }

    private async Task<T> WatchAsync<T>(Func<Task<T>> call, IMessage? request, ServerCallContext context)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (RpcException e) when (AuditCalls.IsRefusal(e.StatusCode))
        {
            var reason = e.GetRpcStatus()?.GetDetail<ErrorDetail>() is { } detail ? RpcErrors.ReasonText(detail.Reason) : "";
            await LogAsync(request is null ? "" : AuditResources.Of(request), e.StatusCode, reason, context).ConfigureAwait(false);
            throw;
        }
    }

    private Task LogAsync(Problem problem, StreamedReports reports, ServerCallContext context) =>
        AuditCalls.IsRefusal((StatusCode)problem.Code)
            ? LogAsync(reports.Of(problem.Upload), (StatusCode)problem.Code, RpcErrors.ReasonText(problem.Reason), context)
            : Task.CompletedTask;

    private Task LogAsync(string resource, StatusCode code, string reason, ServerCallContext context) =>
        log.AddAsync(AuditEntry.Of(AuditCalls.Of(context), resource, AuditCalls.StatusText(code), reason));

    private sealed class OpenReader<T>(IAsyncStreamReader<T> inner, StreamedReports reports) : IAsyncStreamReader<T>
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await inner.MoveNext(cancellationToken).ConfigureAwait(false)) return false;
            if (inner.Current is StreamReportsRequest { Open: { } open }) reports.Take(open);
            return true;
        }
    }

    private sealed class ProblemWriter<T>(IServerStreamWriter<T> inner, Func<Problem, Task> log) : IServerStreamWriter<T>
    {
        public WriteOptions? WriteOptions
        {
            get => inner.WriteOptions;
            set => inner.WriteOptions = value;
        }

        public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

        public async Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            if (message is StreamReportsResponse { Problem: { } problem }) await log(problem).ConfigureAwait(false);
            await inner.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        }
    }
}
