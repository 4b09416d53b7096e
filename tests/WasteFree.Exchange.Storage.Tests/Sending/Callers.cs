using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Identity;

namespace WasteFree.Exchange.Storage.Tests.Sending;

/// <summary>Who calls, as the audit log is told.</summary>
internal static class Callers
{
    /// <summary>An administrator of no organisation.</summary>
    public static AuditCall Admin { get; } = Of(null, "AdminService/LoadCatalog", Roles.Admin);

    public static AuditCall Of(string? organization, string action, string role = Roles.Reporter) =>
        new(new Principal(organization, new HashSet<string> { role, Roles.Reader }) { Credential = "test" }, action);
}
