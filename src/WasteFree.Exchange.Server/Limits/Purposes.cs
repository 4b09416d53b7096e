using System.Collections.Frozen;
using WasteFree.Exchange.Server.Security;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>The purpose of each method.</summary>
internal static class Purposes
{
    private static readonly FrozenSet<string> Reports = MethodRoles.Methods
        .Where(method => IsOf(method, "ReportService") || IsOf(method, "CatalogService") || method == MethodRoles.Package + "AdminService/LoadCatalog")
        .ToFrozenSet(StringComparer.Ordinal);

    public static Purpose Of(string method) => Reports.Contains(method) ? Purpose.Reports : Purpose.Questions;

    private static bool IsOf(string method, string service) => method.StartsWith($"{MethodRoles.Package}{service}/", StringComparison.Ordinal);
}
