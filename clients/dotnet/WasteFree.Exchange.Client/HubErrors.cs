using Google.Rpc;
using Grpc.Core;
using WasteFree.Exchange.V1;
using RpcStatus = Google.Rpc.Status;

namespace WasteFree.Exchange.Client;

/// <summary>Reads what a status or a problem says; the only place that does.</summary>
internal static class HubErrors
{
    private const string Domain = "wastefree.exchange";

    public static Exception From(RpcException exception)
    {
        var status = exception.GetRpcStatus();
        return status?.GetDetail<ErrorInfo>() is { Domain: Domain } info
            ? Refused(exception, status, info)
            : WithoutReason(exception);
    }

    public static ExchangeException From(Problem problem) => new(problem.MessageEn)
    {
        Reason = problem.Reason,
        Code = (StatusCode)problem.Code,
        Field = problem.Field,
        MessageZh = problem.MessageZh,
        ExpectedOffset = problem.HasExpectedOffset ? problem.ExpectedOffset : null,
        Retriable = IsRetriable(problem.Reason, problem.RetryAfter is not null),
        RetryAfter = problem.RetryAfter?.ToTimeSpan(),
    };

    public static ExchangeException From(GoAway goAway) => new("The hub is ending the stream; reconnect and resume.")
    {
        Reason = goAway.Reason,
        Code = StatusCode.Unavailable,
        MessageZh = "服务即将关闭数据流；请重新连接并续传。",
        Retriable = true,
        RetryAfter = goAway.RetryAfter?.ToTimeSpan(),
    };

    private static ExchangeException Refused(RpcException exception, RpcStatus status, ErrorInfo info)
    {
        var reason = Enum.TryParse<ErrorReason>(info.Reason.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var known)
            ? known
            : ErrorReason.Unspecified;
        var retry = status.GetDetail<RetryInfo>();
        var message = status.Message.Length > 0 ? status.Message : exception.Status.Detail;
        return new ExchangeException(message, exception)
        {
            Reason = reason,
            Code = exception.StatusCode,
            Field = status.GetDetail<BadRequest>()?.FieldViolations.FirstOrDefault()?.Field ?? "",
            MessageZh = status.GetDetail<LocalizedMessage>()?.Message ?? "",
            Retriable = IsRetriable(reason, retry is not null),
            RetryAfter = retry?.RetryDelay?.ToTimeSpan(),
        };
    }

    /// <summary>No reason of the hub's: a broken transport, a proxy, or another service.</summary>
    private static Exception WithoutReason(RpcException exception) => exception.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled
            or StatusCode.DeadlineExceeded or StatusCode.Aborted =>
            new HubUnreachableException(exception.Status.Detail, exception),
        _ => new ExchangeException(exception.Status.Detail, exception) { Code = exception.StatusCode },
    };

    /// <summary>A fenced writer never comes back by itself: the newer one would be fenced in turn, for ever.</summary>
    private static bool IsRetriable(ErrorReason reason, bool retryInfo) => reason switch
    {
        ErrorReason.WriterFenced => false,
        ErrorReason.HubDraining or ErrorReason.StoreUnavailable or ErrorReason.UploadLimit => true,
        _ => retryInfo,
    };
}
