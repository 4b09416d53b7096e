using System.Globalization;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// Refusals of credentials. They tell their holder what to do, and nothing of why: whether a name is known, denied or
/// misspelt is for the hub's operator, who finds it in the audit log.
/// </summary>
internal static class CredentialRefusals
{
    public static Refusal Missing { get; } = new(
        ErrorReason.IdentityMissing,
        "请出示客户端证书，或在元数据 authorization 中给出 Bearer 令牌。",
        "Present a client certificate, or a token in metadata authorization: Bearer TOKEN.");

    public static Refusal OwnWord { get; } = new(
        ErrorReason.IdentityMissing,
        $"元数据 {DevelopmentCallers.OrganizationHeader} 和 {DevelopmentCallers.RolesHeader} 只用于未启用安全的服务；请去掉它们。",
        $"Metadata {DevelopmentCallers.OrganizationHeader} and {DevelopmentCallers.RolesHeader} are for hubs without security; leave them out.");

    public static Refusal Refused { get; } = new(
        ErrorReason.CredentialRefused,
        "本服务不接受这个证书或令牌；请联系服务的管理员。",
        "This hub does not take the certificate or token; ask its operator.");

    public static Refusal IssuerUnavailable { get; } = new(
        ErrorReason.IssuerUnavailable,
        "暂时无法取得令牌签发方的公钥；请稍后重试。",
        "The keys of the token's issuer cannot be had for now; try again later.");

    public static Refusal Expired(DateTimeOffset at) => new(
        ErrorReason.CredentialExpired,
        $"证书或令牌已于 {at.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)} 到期；请更新后重新连接。",
        $"The certificate or token ended at {at.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}; renew it and connect again.");

    public static Refusal NotYet(DateTimeOffset from) => new(
        ErrorReason.CredentialExpired,
        $"证书或令牌自 {from.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)} 起才有效；请检查双方的时钟。",
        $"The certificate or token is valid from {from.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)} only; compare the clocks of both sides.");
}
