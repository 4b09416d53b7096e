using System.Globalization;
using Grpc.Core;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Client;

/// <summary>Reads what a status or a problem says; the only place that does.</summary>
internal static class HubErrors
{
    public static Exception From(RpcException exception)
    {
        var status = exception.GetRpcStatus();
        return status?.GetDetail<ErrorDetail>() is { } detail
            ? Refused(exception, detail)
            : WithoutDetail(exception);
    }

    public static ExchangeException From(Problem problem) => new(problem.MessageEn)
    {
        Reason = problem.Reason,
        Code = (StatusCode)problem.Code,
        Field = problem.Field,
        MessageZh = problem.MessageZh,
        ExpectedOffset = problem.HasExpectedOffset ? problem.ExpectedOffset : null,
        Retriable = problem.RetryAfter is not null,
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

    private static ExchangeException Refused(RpcException exception, ErrorDetail detail) => new(detail.MessageEn, exception)
    {
        Reason = detail.Reason,
        Code = exception.StatusCode,
        Field = detail.Field,
        MessageZh = detail.MessageZh,
        ExpectedOffset = detail.Metadata.TryGetValue("expected_offset", out var offset) && long.TryParse(offset, CultureInfo.InvariantCulture, out var row) ? row : null,
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
