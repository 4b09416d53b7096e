using Microsoft.AspNetCore.Http;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// Who calls, by its own word: metadata <c>wfx-organization</c> and <c>wfx-roles</c>. Only for a hub that listens on a
/// loopback address; <see cref="HubOptions"/> refuses any other. A caller that says nothing is a reader.
/// </summary>
internal sealed class DevelopmentCallers : ICallers
{
    public const string OrganizationHeader = "wfx-organization";
    public const string RolesHeader = "wfx-roles";

    /// <summary>What the audit log calls its word.</summary>
    private const string Credential = "development";

    /// <summary>A caller that says nothing asks for what a reader may not do.</summary>
    public static Refusal Nobody { get; } = Missing(
        $"此方法须知道调用者是谁；请在元数据 {OrganizationHeader} 中给出机构编号，必要时在 {RolesHeader} 中给出角色",
        $"This method needs to know who calls; name the organisation in metadata {OrganizationHeader}, and roles in {RolesHeader} where it needs others than a reporter's");

    public ValueTask<Caller> FindAsync(HttpContext context) => ValueTask.FromResult(Find(context.Request.Headers));

    private static Caller Find(IHeaderDictionary headers)
    {
        var organization = headers[OrganizationHeader].LastOrDefault();
        if (organization is not null && !ReportName.IsOrganization(organization))
            return CallerEntries.Refused(Missing($"{OrganizationHeader} 应为机构编号", $"{OrganizationHeader} must be an organisation id"), []);

        var named = headers[RolesHeader].LastOrDefault()?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (named is not null && Array.Find(named, role => !Roles.All.Contains(role)) is not null)
            return CallerEntries.Refused(Missing($"{RolesHeader} 可用：{string.Join('、', Roles.All)}", $"{RolesHeader} takes: {string.Join(", ", Roles.All)}"), []);

        string[] roles = named ?? (organization is null ? [Roles.Reader] : [Roles.Reader, Roles.Reporter]);
        return new Caller(new Principal(organization, roles.ToHashSet(StringComparer.Ordinal))
        {
            Credential = organization is null && named is null ? "" : Credential,
            IsUnrestricted = organization is null,
        });
    }

    private static Refusal Missing(string zh, string en) => new(ErrorReason.IdentityMissing, zh + "。", en + ".");
}
