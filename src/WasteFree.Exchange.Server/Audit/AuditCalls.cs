using Grpc.Core;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Security;

namespace WasteFree.Exchange.Server.Audit;

/// <summary>From a gRPC call to what the log says of it.</summary>
internal static class AuditCalls
{
    public const string PermissionDenied = "PERMISSION_DENIED";
    public const string Unauthenticated = "UNAUTHENTICATED";

    private static readonly Principal Unknown = new(null, new HashSet<string>());

    /// <summary>The caller and its method; before it is known who calls, nobody does.</summary>
    public static AuditCall Of(ServerCallContext context) => Of(IdentityInterceptor.FindPrincipal(context) ?? Unknown, context.Method);

    public static AuditCall Of(Principal caller, string method) =>
        new(caller, method.StartsWith(MethodPolicies.Package, StringComparison.Ordinal) ? method[MethodPolicies.Package.Length..] : method);

    /// <summary>As the contract writes it, for example <c>PERMISSION_DENIED</c>.</summary>
    public static string StatusText(StatusCode code) => code == StatusCode.Unauthenticated ? Unauthenticated : PermissionDenied;

    /// <summary>Whether it says that the caller may not.</summary>
    public static bool IsRefusal(StatusCode code) => code is StatusCode.PermissionDenied or StatusCode.Unauthenticated;
}
