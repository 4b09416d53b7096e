using Grpc.Core;
using Grpc.Core.Interceptors;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.V1;
using LiveCall = WasteFree.Exchange.Server.Security.CredentialWatch.LiveCall;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// Resolves the caller once, at the edge, holds it to the method's role, and ends its streams when its credential is not taken
/// any more.
/// </summary>
internal sealed class IdentityInterceptor(ICallers callers, CredentialWatch watch, TimeProvider time) : Interceptor
{
    /// <summary>A stream that reads is told why it ends; one that is stuck is cut off.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly object Key = new();
    private static readonly object LiveKey = new();

    /// <summary>Who calls; null: the call was refused before that was known, or needs nobody.</summary>
    public static Principal? FindPrincipal(ServerCallContext context) => context.UserState.TryGetValue(Key, out var principal) ? (Principal)principal : null;

    public static Principal PrincipalOf(ServerCallContext context) => (Principal)context.UserState[Key];

    /// <summary>The stream as its credential allows it.</summary>
    public static LiveCall LiveCallOf(ServerCallContext context) => (LiveCall)context.UserState[LiveKey];

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context).ConfigureAwait(false);
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
        if (await AdmitAsync(context).ConfigureAwait(false) is not { } caller)
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
    private async ValueTask<Caller?> AdmitAsync(ServerCallContext context)
    {
        if (MethodRoles.IsOpen(context.Method)) return null;
        var caller = await callers.FindAsync(context).ConfigureAwait(false);
        context.UserState[Key] = caller.Principal;
        if (caller.Refusal is { } refusal) throw refusal.ToException();
        if (MethodRoles.RoleOf(context.Method) is { } role && caller.Principal.Is(role)) return caller;
        if (caller.Principal.Credential.Length == 0) throw DevelopmentCallers.Nobody.ToException();
        var needed = MethodRoles.RoleOf(context.Method) ?? "";
        throw new Refusal(ErrorReason.AuthorityMissing, $"此方法需要角色 {needed}。", $"This method needs the role {needed}.").ToException();
    }
}
