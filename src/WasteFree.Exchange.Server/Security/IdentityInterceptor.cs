using Grpc.Core;
using Grpc.Core.Interceptors;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Errors;
using LiveCall = WasteFree.Exchange.Server.Security.CredentialWatch.LiveCall;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// Holds the caller that <see cref="Admission"/> found to the method's role, and ends its streams when its credential is not
/// taken any more.
/// </summary>
internal sealed class IdentityInterceptor(MethodPolicies policies, CredentialWatch watch, TimeProvider time) : Interceptor
{
    /// <summary>A stream that reads is told why it ends; one that is stuck is cut off.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly object LiveKey = new();

    /// <summary>Who calls; null: the call was refused before that was known, or needs nobody.</summary>
    public static Principal? FindPrincipal(ServerCallContext context) => Admission.CallerOf(context.GetHttpContext())?.Principal;

    public static Principal PrincipalOf(ServerCallContext context) => FindPrincipal(context) ?? throw new InvalidOperationException("Nobody was admitted.");

    /// <summary>The stream as its credential allows it.</summary>
    public static LiveCall LiveCallOf(ServerCallContext context) => (LiveCall)context.UserState[LiveKey];

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        RequireRole(context);
        return await continuation(request, context).ConfigureAwait(false);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        StreamAsync(context, () => continuation(request, responseStream, context));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        StreamAsync(context, () => continuation(requestStream, responseStream, context));

    private async Task StreamAsync(ServerCallContext context, Func<Task> start)
    {
        if (RequireRole(context) is not { } caller)
        {
            await start().ConfigureAwait(false);
            return;
        }
        using var live = watch.Enter(caller);
        context.UserState[LiveKey] = live;
        var call = start();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (live.Ended.Register(() => ended.TrySetResult())) await Task.WhenAny(call, ended.Task).ConfigureAwait(false);
        if (!call.IsCompleted)
        {
            await Task.WhenAny(call, Task.Delay(Patience, time)).ConfigureAwait(false);
            if (!call.IsCompleted) context.GetHttpContext().Abort();
        }
        try
        {
            await call.ConfigureAwait(false);
        }
        catch (Exception) when (live.Why is { } why)
        {
            throw why.ToException();
        }
    }

    /// <returns>Who calls; null: the method is open to everybody.</returns>
    private Caller? RequireRole(ServerCallContext context)
    {
        if (MethodPolicies.IsOpen(context.Method)) return null;
        var caller = Admission.CallerOf(context.GetHttpContext()) ?? throw new InvalidOperationException("Nobody was admitted.");
        return policies.RefuseRole(context.Method, caller.Principal) is { } refusal ? throw refusal.ToException() : caller;
    }
}
