using Google.Rpc;
using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Checks;

/// <summary>What holds for every error that a hub gives.</summary>
internal sealed class CallProperties(Violations violations)
{
    private static readonly ErrorReason[] Retriable =
        [
            ErrorReason.HubDraining, ErrorReason.StoreUnavailable, ErrorReason.StreamIdle, ErrorReason.UploadLimit, ErrorReason.QuotaExceeded,
            ErrorReason.AuditUnavailable, ErrorReason.ClockAhead, ErrorReason.StoreFull,
        ];

    /// <summary>A status of the hub has one detail, and says when to come back where it asks to. Broken transports are none.</summary>
    public void EveryErrorIsTyped(RpcException exception, string where)
    {
        if (IsTransport(exception)) return;
        var status = exception.GetRpcStatus();
        var info = status?.GetDetail<ErrorDetail>();
        var typed = info is { Reason: not ErrorReason.Unspecified, MessageZh.Length: > 0, MessageEn.Length: > 0 } && status!.Details.Count(detail => detail.Is(ErrorDetail.Descriptor)) == 1;
        var asksBack = exception.StatusCode == StatusCode.Unavailable;
        violations.Require(
            Property.EveryErrorIsTyped,
            typed && (!asksBack || info!.RetryAfter is not null) && info!.Reason != ErrorReason.HubFault,
            () => $"{where}: {exception.StatusCode} '{exception.Status.Detail}' reason '{info?.Reason}'");
    }

    public void EveryErrorIsTyped(Problem problem, string where) =>
        violations.Require(
            Property.EveryErrorIsTyped,
            problem is { Code: not 0, Reason: not (ErrorReason.Unspecified or ErrorReason.HubFault), MessageEn.Length: > 0, MessageZh.Length: > 0 }
                && (Retriable.Contains(problem.Reason) == problem.RetryAfter is not null),
            () => $"{where}: {problem}");

    public static string ReasonOf(RpcException exception) => exception.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason ?? "";

    /// <summary>The status was made on this side: the hub said nothing.</summary>
    public static bool IsTransport(RpcException exception) =>
        exception.Status.DebugException is not null
        || exception.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded
        || (exception.StatusCode == StatusCode.Unavailable && exception.Trailers.Count == 0 && exception.Status.Detail.Contains("HTTP/2", StringComparison.Ordinal));
}
