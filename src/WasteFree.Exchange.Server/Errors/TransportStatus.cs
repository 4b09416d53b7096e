using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using WasteFree.Exchange.Server.Reports;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Errors;

/// <summary>
/// Gives the statuses that the gRPC library itself makes (message too large, not decodable, no such method) the same
/// details as the hub's own.
/// </summary>
internal static class TransportStatus
{
    private const string DetailsTrailer = "grpc-status-details-bin";

    private static readonly object Reached = new();

    public static Refusal Malformed { get; } = new(
        ErrorReason.MessageMalformed,
        "消息不是其类型的合法编码。所有文本字段必须是 UTF-8（常见原因：客户端发送了 GBK 编码的中文）；若文本无误，请用与本服务相同的 .proto 生成客户端。",
        "The message is not a valid encoding of its type. Every text must be UTF-8 (the usual cause: a client sent Chinese in GBK); if it is, generate the client from this hub's .proto files.");

    public static Refusal TooLarge { get; } = new Refusal(
        ErrorReason.MessageTooLarge,
        "消息超过上限（见 GetServerInfo 的 limits.max_message_bytes）；请分成较小的块。",
        "The message is larger than limits.max_message_bytes of GetServerInfo; send smaller chunks.")
        .OfLimit("max_message_bytes", ReportLimits.MaxMessageBytes);

    /// <summary>The call's first message could be read: what fails from here on is not its encoding.</summary>
    public static void MarkReached(ServerCallContext context) => context.GetHttpContext().Items[Reached] = true;

    /// <summary>For a status that the library threw within a call.</summary>
    public static RpcException Typed(RpcException exception) =>
        exception.Trailers.Get(DetailsTrailer) is null && Find(exception.StatusCode) is { } refusal ? refusal.ToException() : exception;

    /// <summary>For a status that the library set before a call reached its method.</summary>
    public static async Task AddDetailsAsync(HttpContext context, RequestDelegate next)
    {
        await next(context).ConfigureAwait(false);
        var target = Trailers(context);
        if (target is null || target.ContainsKey(DetailsTrailer)) return;
        if (!int.TryParse(target["grpc-status"], out var code) || FindBefore((StatusCode)code, context) is not { } refusal) return;
        Write(target, RpcErrors.ToStatus(refusal));
    }

    /// <summary>Answers a call that was refused on its headers: the client need not send its messages any more.</summary>
    public static void Answer(HttpContext context, RpcException refused)
    {
        context.Response.ContentType = "application/grpc";
        Write(context.Response.Headers, refused.GetRpcStatus() ?? new Google.Rpc.Status { Code = (int)refused.StatusCode, Message = refused.Status.Detail });
    }

    private static void Write(IHeaderDictionary target, Google.Rpc.Status status)
    {
        target["grpc-status"] = status.Code.ToString(System.Globalization.CultureInfo.InvariantCulture);
        target["grpc-message"] = status.Message;
        target[DetailsTrailer] = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
    }

    /// <summary>A response without a body carries its status in the headers.</summary>
    private static IHeaderDictionary? Trailers(HttpContext context) =>
        !context.Response.HasStarted && context.Response.Headers.ContainsKey("grpc-status")
            ? context.Response.Headers
            : context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is { IsReadOnly: false } trailers && trailers.ContainsKey("grpc-status") ? trailers : null;

    /// <summary>The library answers UNKNOWN where a single message does not parse, before any interceptor runs.</summary>
    private static Refusal? FindBefore(StatusCode code, HttpContext context) =>
        code == StatusCode.Unknown && !context.Items.ContainsKey(Reached) ? Malformed : Find(code);

    private static Refusal? Find(StatusCode code) => code switch
    {
        StatusCode.ResourceExhausted => TooLarge,
        StatusCode.Unimplemented => new Refusal(ErrorReason.MethodUnknown, "服务没有这个方法。", "This hub has no such method."),
        StatusCode.Internal => Malformed,
        _ => null,
    };
}
