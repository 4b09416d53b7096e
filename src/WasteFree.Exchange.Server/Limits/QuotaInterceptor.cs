using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// Holds each organisation to its quota. Calls and the messages of a sender are refused, and say when to come back; an
/// upload goes on at its acknowledged row. Watches and exports are slowed down: they would only come back for the rest.
/// Questions are computed so many at one time, and their answers have room in <see cref="MessageMemory"/> until they are read.
/// </summary>
internal sealed class QuotaInterceptor(MethodPolicies policies, Quotas quotas, QuestionPlaces places, MessageMemory memory, TimeProvider time) : Interceptor
{
    private static readonly TimeSpan QuestionWait = TimeSpan.FromSeconds(5);

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (Find(context) is not { } quota) return await continuation(request, context).ConfigureAwait(false);
        quota.Enter();
        quota.Receive((IMessage)request);
        var isQuestion = policies.Of(context.Method).Quota == QuotaClass.Questions;
        var response = isQuestion
            ? await AnswerAsync(quota, request, context, continuation).ConfigureAwait(false)
            : await continuation(request, context).ConfigureAwait(false);
        var bytes = ((IMessage)response).CalculateSize();
        quota.Send(bytes);
        // A report that is committed has its answer, whatever there is room for.
        if (isQuestion) Hold(bytes, context);
        return response;
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
            // A watch waits for what others do, and that is no work.
            var pace = new Pace(quota, counts: request is not WatchRequest, time);
            await continuation(request, new PacedWriter<TResponse>(responseStream, pace), context).ConfigureAwait(false);
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
        MethodPolicies.IsOpen(context.Method) ? null : quotas.Of(IdentityInterceptor.PrincipalOf(context).Organization, policies.Of(context.Method).Quota);

    private async Task<TResponse> AnswerAsync<TRequest, TResponse>(
        Quota quota, TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class
    {
        var estimate = QuestionCost.Of((IMessage)request);
        quota.Begin(estimate);
        var worked = TimeSpan.Zero;
        try
        {
            var asker = Asker.Of(IdentityInterceptor.PrincipalOf(context));
            using var place = await places.EnterAsync(asker, quota.Limits, context.CancellationToken).ConfigureAwait(false)
                ?? throw quota.Refuse("questions", quota.Limits.Questions, QuestionWait);
            var began = time.GetTimestamp();
            try
            {
                return await continuation(request, context).ConfigureAwait(false);
            }
            finally
            {
                worked = time.GetElapsedTime(began);
            }
        }
        finally
        {
            quota.Work(worked - estimate);
        }
    }

    /// <summary>A client may take its time with an answer: until the call has ended it is in memory.</summary>
    private void Hold(int bytes, ServerCallContext context)
    {
        if (bytes <= MessageTerms.Small) return;
        var holder = MessageTerms.HolderOf(IdentityInterceptor.PrincipalOf(context));
        if (!memory.TryHold(holder, bytes)) throw Refusals.NoRoom.ToException();
        context.GetHttpContext().Response.RegisterForDispose(new Held(memory, holder, bytes));
    }

    private sealed class Held(MessageMemory memory, string holder, int bytes) : IDisposable
    {
        public void Dispose() => memory.Release(holder, bytes);
    }

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

    private sealed class PacedWriter<T>(IServerStreamWriter<T> inner, Pace pace) : IServerStreamWriter<T>
    {
        public WriteOptions? WriteOptions
        {
            get => inner.WriteOptions;
            set => inner.WriteOptions = value;
        }

        public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

        public async Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            await pace.WaitAsync(cancellationToken).ConfigureAwait(false);
            await inner.WriteAsync(message, cancellationToken).ConfigureAwait(false);
            pace.Sent(((IMessage)message!).CalculateSize());
        }
    }
}
