using Grpc.Core;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Catalogs;
using WasteFree.Exchange.Server.Reports;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>How large the messages of a call may be, and on whose account they are held in memory.</summary>
/// <param name="Holder">An organisation, or who acts for none.</param>
/// <param name="Most">Bytes of one message.</param>
/// <param name="Streams">The client sends many messages, each of them taken before the next one is read.</param>
internal sealed record MessageTerms(string Holder, int Most, bool Streams)
{
    /// <summary>So much is held without being counted.</summary>
    public const int Small = 16 << 10;

    private const string Administration = MethodPolicies.Package + "AdminService/";

    /// <summary>Health and reflection: names of services.</summary>
    public static MessageTerms OfAnybody(MethodType type) => new(Quotas.Nobody, Small, IsStream(type));

    /// <summary>A caller without the role is refused as such; the log names what it asked for, so that a small message is read.</summary>
    public static MessageTerms Of(Principal caller, string method, MethodType type, MethodPolicies policies)
    {
        var most = method.StartsWith(Administration, StringComparison.Ordinal) ? AdminService.MaxMessageBytes : ReportLimits.MaxMessageBytes;
        return new MessageTerms(HolderOf(caller), policies.RefuseRole(method, caller) is null ? most : Small, IsStream(type));
    }

    public static string HolderOf(Principal caller) => caller.Organization ?? Quotas.Nobody;

    private static bool IsStream(MethodType type) => type is MethodType.ClientStreaming or MethodType.DuplexStreaming;
}
