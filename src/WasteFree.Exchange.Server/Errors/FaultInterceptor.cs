using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Errors;

/// <summary>
/// The last stop of every exception: a broken database is UNAVAILABLE, a bug is INTERNAL with a trace id, and no
/// exception text reaches a caller.
/// </summary>
internal sealed partial class FaultInterceptor(StoreOutages outages, ILogger<FaultInterceptor> logger) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(() => continuation(request, context), Reached(context), context.CancellationToken);

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(() => RunAsync(continuation(request, responseStream, context)), Reached(context), context.CancellationToken);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(() => RunAsync(continuation(requestStream, responseStream, context)), Reached(context), context.CancellationToken);

    /// <summary>
    /// Around all that works for a call outside its interceptors: a fault there (no file descriptor left to load a part of the
    /// program with) is answered as a status, too, and not as an HTTP error that no client of gRPC can read.
    /// </summary>
    public async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await GuardAsync(() => RunAsync(next(context)), context.Request.Path.Value ?? "", context.RequestAborted).ConfigureAwait(false);
        }
        catch (RpcException refused) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            TransportStatus.Answer(context, refused);
        }
    }

    /// <summary>Runs a part of a call; whatever goes wrong in it is thrown as an <see cref="RpcException"/> that may leave.</summary>
    public async Task<T> GuardAsync<T>(Func<Task<T>> call, string method, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (RpcException e)
        {
            throw TransportStatus.Typed(e);
        }
        catch (InvalidProtocolBufferException)
        {
            // Within a call only the messages of its client are parsed.
            throw TransportStatus.Malformed.ToException();
        }
        catch (StoreUnavailableException e)
        {
            outages.Tell(method, e);
            throw Refusals.Of(e, Refusals.StoreUnavailable).ToException();
        }
        catch (Exception e) when (e is IOException || cancellationToken.IsCancellationRequested)
        {
            // The caller has gone or its deadline has passed: there is nobody to tell. A reset connection may show in a
            // read before the token knows of it; a call has no other I/O of its own.
            throw new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled."));
        }
        catch (Exception e)
        {
            var trace = Activity.Current?.TraceId.ToString() ?? "";
            LogFault(logger, method, trace, e);
            var refusal = new Refusal(ErrorReason.HubFault, "服务内部错误；请将 trace_id 告知管理员。", "A fault of the hub; give the trace_id to its administrator.")
            {
                Metadata = new Dictionary<string, string> { ["trace_id"] = trace },
            };
            throw refusal.ToException();
        }
    }

    private static string Reached(ServerCallContext context)
    {
        TransportStatus.MarkReached(context);
        return context.Method;
    }

    private static async Task<bool> RunAsync(Task call)
    {
        await call.ConfigureAwait(false);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Fault in {Method}, trace {TraceId}.")]
    private static partial void LogFault(ILogger logger, string method, string traceId, Exception exception);
}
