using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>Reads what a status says; the only place that does.</summary>
internal static class HubErrors
{
    public static Exception From(RpcException exception)
    {
        var status = exception.GetRpcStatus();
        return status?.GetDetail<ErrorDetail>() is { } detail
            ? Refused(exception, detail)
            : WithoutDetail(exception);
    }

    private static ExchangeException Refused(RpcException exception, ErrorDetail detail) => new(detail.MessageEn, exception)
    {
        Reason = detail.Reason,
        Code = exception.StatusCode,
        Field = detail.Field,
        MessageZh = detail.MessageZh,
        Metadata = detail.Metadata.ToDictionary(),
        Retriable = detail.RetryAfter is not null,
        RetryAfter = detail.RetryAfter?.ToTimeSpan(),
    };

    /// <summary>The hub said nothing: a broken connection, a proxy, or another server.</summary>
    private static Exception WithoutDetail(RpcException exception) => exception.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled
            or StatusCode.DeadlineExceeded or StatusCode.Aborted =>
            new HubUnreachableException(exception.Status.Detail, exception),
        _ => new ExchangeException(exception.Status.Detail, exception) { Code = exception.StatusCode },
    };
}
