using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using WasteFree.Exchange.Server.Security;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// Holds each organisation to its quota. Calls and the messages of a sender are refused, and say when to come back; an
/// upload goes on at its acknowledged row. Watches and exports are slowed down: they would only come back for the rest.
/// </summary>
internal sealed class QuotaInterceptor(Quotas quotas, TimeProvider time) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (Find(context) is not { } quota) return await continuation(request, context).ConfigureAwait(false);
        quota.Enter();
        quota.Receive((IMessage)request);
        var began = time.GetTimestamp();
        try
        {
            var response = await continuation(request, context).ConfigureAwait(false);
            quota.Send((IMessage)response);
            return response;
        }
        finally
        {
            quota.Work(time.GetElapsedTime(began));
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        if (Find(context) is not { } quota)
        {
            await continuation(request, responseStream, context).ConfigureAwait(false);
            return;
        }
        quota.Enter();
        quota.EnterStream();
        try
        {
            quota.Receive((IMessage)request);
            await continuation(request, new PacedWriter<TResponse>(responseStream, quota, time), context).ConfigureAwait(false);
        }
        finally
        {
            quota.LeaveStream();
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        if (Find(context) is not { } quota)
        {
            await continuation(requestStream, responseStream, context).ConfigureAwait(false);
            return;
        }
        quota.Enter();
        quota.EnterStream();
        try
        {
            await continuation(new CountedReader<TRequest>(requestStream, quota), responseStream, context).ConfigureAwait(false);
        }
        finally
        {
            quota.LeaveStream();
        }
    }

    /// <summary>Health and reflection have no caller.</summary>
    private Quota? Find(ServerCallContext context) =>
        MethodRoles.IsOpen(context.Method) ? null : quotas.Of(IdentityInterceptor.PrincipalOf(context).Organization);

    private sealed class CountedReader<T>(IAsyncStreamReader<T> inner, Quota quota) : IAsyncStreamReader<T>
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await inner.MoveNext(cancellationToken).ConfigureAwait(false)) return false;
            quota.Receive((IMessage)inner.Current!);
            return true;
        }
    }

    private sealed class PacedWriter<T>(IServerStreamWriter<T> inner, Quota quota, TimeProvider time) : IServerStreamWriter<T>
    {
        public WriteOptions? WriteOptions
        {
            get => inner.WriteOptions;
            set => inner.WriteOptions = value;
        }

        public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

        public async Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            while (quota.SendWait is var wait && wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            await inner.WriteAsync(message, cancellationToken).ConfigureAwait(false);
            quota.Send((IMessage)message!);
        }
    }
}
