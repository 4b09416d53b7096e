using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Faults.Checks;

/// <summary>What holds for every error that a hub gives.</summary>
internal sealed class CallProperties(Violations violations)
{
    private static readonly ErrorReason[] OfTheStore = [ErrorReason.StoreUnavailable, ErrorReason.StoreFull, ErrorReason.ClockAhead];

    /// <summary>A status of the hub has one detail, and says when to come back where it asks to, and there alone. Broken transports are none.</summary>
    public void EveryErrorIsTyped(RpcException exception, string where)
    {
        if (IsTransport(exception)) return;
        var status = exception.GetRpcStatus();
        var info = status?.GetDetail<ErrorDetail>();
        var typed = info is { Reason: not ErrorReason.Unspecified, MessageZh.Length: > 0, MessageEn.Length: > 0 } && status!.Details.Count(detail => detail.Is(ErrorDetail.Descriptor)) == 1;
        var asksBack = exception.StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted;
        violations.Require(
            Property.EveryErrorIsTyped,
            typed && asksBack == info!.RetryAfter is not null && info!.Reason != ErrorReason.HubFault,
            () => $"{where}: {exception.StatusCode} '{exception.Status.Detail}' reason '{info?.Reason}'");
    }

    /// <summary>Unspecified: the status has no detail of the hub's.</summary>
    public static ErrorReason ReasonOf(RpcException exception) => exception.GetRpcStatus()?.GetDetail<ErrorDetail>()?.Reason ?? ErrorReason.Unspecified;

    /// <summary>The database did not take what it was given, or did not answer.</summary>
    public static bool IsOfTheStore(ErrorReason reason) => OfTheStore.Contains(reason);

    /// <summary>The status was made on this side: the hub said nothing.</summary>
    public static bool IsTransport(RpcException exception) =>
        exception.Status.DebugException is not null
        || exception.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded
        || (exception.StatusCode == StatusCode.Unavailable && exception.Trailers.Count == 0 && exception.Status.Detail.Contains("HTTP/2", StringComparison.Ordinal));
}
