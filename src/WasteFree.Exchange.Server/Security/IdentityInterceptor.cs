using Grpc.Core;
using Grpc.Core.Interceptors;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Security;

/// <summary>Resolves the caller once, at the edge, and holds it to the method's role.</summary>
internal sealed class IdentityInterceptor : Interceptor
{
    private static readonly object Key = new();

    /// <summary>Who calls; null: the call was refused before that was known, or needs nobody.</summary>
    public static Principal? FindPrincipal(ServerCallContext context) => context.UserState.TryGetValue(Key, out var principal) ? (Principal)principal : null;

    public static Principal PrincipalOf(ServerCallContext context) => (Principal)context.UserState[Key];

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(request, responseStream, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(requestStream, responseStream, context);
    }

    private static void Admit(ServerCallContext context)
    {
        if (MethodRoles.IsOpen(context.Method)) return;
        var principal = DevelopmentIdentity.Resolve(context.RequestHeaders);
        context.UserState[Key] = principal;
        if (MethodRoles.RoleOf(context.Method) is not { } role || !principal.Is(role))
        {
            var needed = MethodRoles.RoleOf(context.Method) ?? "";
            throw new Refusal(
                ErrorReason.AuthorityMissing, $"此方法需要角色 {needed}。", $"This method needs the role {needed}.").ToException();
        }
    }
}
