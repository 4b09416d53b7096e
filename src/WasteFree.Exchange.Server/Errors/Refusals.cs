using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Validation;

namespace WasteFree.Exchange.Server.Errors;

/// <summary>The refusals that more than one service gives.</summary>
internal static class Refusals
{
    public static Refusal StoreUnavailable { get; } = new(
        ErrorReason.StoreUnavailable,
        "数据库暂时没有响应；请稍后重试，已确认的数据不会丢失。",
        "The database does not answer for now; try again later. Nothing acknowledged is lost.");

    public static Refusal StoreDamaged { get; } = new(
        ErrorReason.StoreDamaged,
        "数据库已损坏，服务不再写入；请联系管理员从备份恢复，重试没有用。",
        "The database is damaged and the hub writes nothing to it; its administrator has to restore it from a backup. Trying again does not help.");

    public static Refusal ClockAhead { get; } = new(
        ErrorReason.ClockAhead,
        "服务所在机器的时钟突然超前，校正之前不写入任何内容；请稍后重试，或改用另一个服务。",
        "The clock of the hub's machine has stepped forward, and nothing is written until it is right; try again later, or another hub.");

    /// <param name="e">Why the store did not do what it was asked.</param>
    /// <param name="noAnswer">What is said where it only did not answer.</param>
    public static Refusal Of(StoreUnavailableException e, Refusal noAnswer) => e.Trouble switch
    {
        StoreTrouble.NoAnswer => noAnswer,
        StoreTrouble.Damaged => StoreDamaged,
        StoreTrouble.ClockAhead => ClockAhead,
    };

    public static Refusal AuditUnavailable { get; } = new(
        ErrorReason.AuditUnavailable,
        "审计日志暂时无法写入，因此不提供数据；请稍后重试。",
        "The audit log cannot be written for now, and nothing is read without it; try again later.");

    public static Refusal HubDraining { get; } = new(
        ErrorReason.HubDraining,
        "服务正在停止，或数据流已到期；请稍后重新连接并续传。",
        "The hub is shutting down or the stream has reached its age; reconnect in a moment and resume.");

    public static Refusal StreamIdle { get; } = new(
        ErrorReason.StreamIdle,
        "数据流长时间没有消息；请重新连接并续传，空闲时发送 Ping。",
        "Nothing came on the stream for long; reconnect and resume, and send Ping while idle.");

    public static Refusal MessageLate { get; } = new(
        ErrorReason.StreamIdle,
        "消息开始后迟迟没有收完；请检查网络，重新连接并续传。",
        "A message has begun and does not come to its end; look at the network, reconnect and resume.");

    public static Refusal NoRoom { get; } = new(
        ErrorReason.QuotaExceeded,
        "服务暂时没有内存容纳这条消息；请在 retry_after 所示时间之后重试，或发送较小的消息。",
        "The hub has no room for the message for now; try again after retry_after, or send smaller ones.")
    {
        Quota = ("hub", "message_memory"),
        Metadata = new Dictionary<string, string> { ["limit"] = "message_memory" },
    };

    public static Refusal HeapFull { get; } = new(
        ErrorReason.QuotaExceeded,
        "服务内存将满，暂不接受新的调用；请在 retry_after 所示时间之后重试，或改用另一个服务。",
        "The memory of the hub is nearly full and it takes no new calls for now; try again after retry_after, or another hub.")
    {
        Quota = ("hub", "heap"),
        Metadata = new Dictionary<string, string> { ["limit"] = "heap" },
    };

    public static Refusal ReportUnknown(string name) => new(
        ErrorReason.ReportUnknown, $"没有报告 {name}；请检查名称。", $"There is no report {name}; check the name.");

    public static Refusal ReportName(string field) => Refusal.FieldInvalid(
        field,
        "应为 organizations/{机构}/reports/{编号}，编号由字母、数字、“.”、“_”、“-”组成，至多 100 个字符。",
        "expected organizations/{org}/reports/{id}; the id has letters, digits, '.', '_', '-', at most 100.");

    public static Refusal OrganizationUnknown(string id) => new(
        ErrorReason.OrganizationUnknown, $"目录中没有机构 {Excerpt.Of(id)}；请由管理员载入。", $"The catalogue has no organisation {Excerpt.Of(id)}; an administrator can load it.");

    public static Refusal NotYourOrganization(string id) => new(
        ErrorReason.AuthorityMissing, $"调用者不代表机构 {id}。", $"The caller does not act for organisation {id}.");

    public static Refusal IllustrativeRefused(string id) => new(
        ErrorReason.IllustrativeRefused,
        $"机构 {id} 是示例机构；以 --allow-illustrative 启动的服务才接收示例数据。",
        $"Organisation {id} is illustrative; only a hub started with --allow-illustrative takes its data.");

    public static Refusal PageToken { get; } = new(
        ErrorReason.PageTokenInvalid,
        "page_token 不属于这个查询；请不带 page_token 重新开始。",
        "The token was not issued for this query; start again without it.")
    {
        Field = "page_token",
    };
}
