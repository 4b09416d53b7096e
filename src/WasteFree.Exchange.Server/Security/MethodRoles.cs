using System.Collections.Frozen;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// Which role each method needs: one table for the whole hub. A method that is not in it is refused, and a test
/// compares it with the service descriptors.
/// </summary>
internal static class MethodRoles
{
    /// <summary>What the names of all methods of the hub begin with.</summary>
    public const string Package = "/wastefree.exchange.v1.";

    private static readonly FrozenDictionary<string, string> Table = new Dictionary<string, string>
    {
        ["AdminService/LoadCatalog"] = Roles.Admin,
        ["AdminService/VerifyLedger"] = Roles.Admin,
        ["AuditService/ListAuditEntries"] = Roles.Auditor,
        ["AuditService/VerifyAudit"] = Roles.Auditor,
        ["CatalogService/GetServerInfo"] = Roles.Reader,
        ["CatalogService/ListIndicators"] = Roles.Reader,
        ["CatalogService/ListRegions"] = Roles.Reader,
        ["CatalogService/ListCategories"] = Roles.Reader,
        ["CatalogService/ListTargets"] = Roles.Reader,
        ["CatalogService/ListTasks"] = Roles.Reader,
        ["CatalogService/ListOrganizations"] = Roles.Reader,
        ["CatalogService/ListMandates"] = Roles.Reader,
        ["CatalogService/ListBridges"] = Roles.Reader,
        ["CatalogService/ListDensities"] = Roles.Reader,
        ["CatalogService/ListGrants"] = Roles.Reader,
        ["FeedService/Watch"] = Roles.Reader,
        ["MetricService/QueryObservations"] = Roles.Reader,
        ["MetricService/StreamObservations"] = Roles.Reader,
        ["MetricService/CompareMetrics"] = Roles.Reader,
        ["MetricService/ExplainValue"] = Roles.Reader,
        ["MetricService/GetAttainment"] = Roles.Reader,
        ["MetricService/ListRevisions"] = Roles.Reader,
        ["MetricService/DiffObservations"] = Roles.Reader,
        ["ReportService/StreamReports"] = Roles.Reporter,
        ["ReportService/SubmitReport"] = Roles.Reporter,
        ["ReportService/NameReport"] = Roles.Reporter,
        ["ReportService/GetReport"] = Roles.Reporter,
        ["ReportService/ListReports"] = Roles.Reporter,
        ["ReportService/ListFindings"] = Roles.Reporter,
        ["ReportService/AbortReport"] = Roles.Reporter,
        ["ReportService/WithdrawReport"] = Roles.Reporter,
        ["ReportService/RetractReport"] = Roles.Reporter,
    }.ToFrozenDictionary(entry => Package + entry.Key, entry => entry.Value);

    public static IReadOnlyCollection<string> Methods => Table.Keys;

    /// <summary>Health and reflection: open, since they tell nothing of anybody's data.</summary>
    public static bool IsOpen(string method) => method.StartsWith("/grpc.", StringComparison.Ordinal);

    public static string? RoleOf(string method) => Table.GetValueOrDefault(method);

    /// <summary>Why the caller may not call the method; null: it may.</summary>
    public static Refusal? RefuseRole(string method, Principal caller)
    {
        var role = RoleOf(method);
        if (role is not null && caller.Is(role)) return null;
        return caller.Credential.Length == 0
            ? DevelopmentCallers.Nobody
            : new Refusal(ErrorReason.AuthorityMissing, $"此方法需要角色 {role}。", $"This method needs the role {role}.");
    }
}
