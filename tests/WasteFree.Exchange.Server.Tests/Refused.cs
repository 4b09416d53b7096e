using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>What a refused call says, after checking what every refusal of the hub must hold.</summary>
internal sealed record Refused(ErrorReason Reason, string Field, string MessageEn, string MessageZh, IReadOnlyDictionary<string, string> Metadata)
{
    private const int MostDetails = 4_096;

    public static async Task<Refused> ByAsync(Func<Task> call) => Read(await Assert.ThrowsAsync<RpcException>(call));

    public static Task<Refused> ByAsync<T>(AsyncUnaryCall<T> call) => ByAsync(() => call.ResponseAsync);

    public static Refused Read(RpcException exception)
    {
        var status = exception.GetRpcStatus();
        Assert.True(status is not null, $"The status has no details: {exception.Status}");
        var infos = status.Details.Where(detail => detail.Is(ErrorInfo.Descriptor)).Select(detail => detail.Unpack<ErrorInfo>()).ToList();
        var info = Assert.Single(infos);
        Assert.Equal("wastefree.exchange", info.Domain);
        var reason = Enum.GetValues<ErrorReason>().Single(value => RpcErrors.ReasonText(value) == info.Reason);

        Assert.Equal(exception.StatusCode, (StatusCode)status.Code);
        Assert.Equal(RpcErrors.CodeOf(reason), exception.StatusCode);
        Assert.Equal(exception.Status.Detail, status.Message);
        Assert.InRange(status.CalculateSize(), 1, MostDetails);
        Assert.DoesNotContain("Exception", status.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", status.Message, StringComparison.Ordinal);

        var detail = Assert.Single(status.Details, detail => detail.Is(ErrorDetail.Descriptor)).Unpack<ErrorDetail>();
        var retry = status.Details.SingleOrDefault(detail => detail.Is(RetryInfo.Descriptor));
        Assert.Equal(RpcErrors.RetryAfterOf(reason) is not null, retry is not null);

        var chinese = Assert.Single(status.Details, detail => detail.Is(LocalizedMessage.Descriptor)).Unpack<LocalizedMessage>();
        Assert.Equal("zh-CN", chinese.Locale);
        Words.AssertBoth(chinese.Message, status.Message);
        var request = status.Details.SingleOrDefault(detail => detail.Is(BadRequest.Descriptor))?.Unpack<BadRequest>();
        // Clients of our own read the one detail, tools that know google.rpc the others: both are told the same.
        Assert.Equal((reason, status.Message, chinese.Message), (detail.Reason, detail.MessageEn, detail.MessageZh));
        Assert.Equal(retry?.Unpack<RetryInfo>().RetryDelay, detail.RetryAfter);
        Assert.Equal(request is null ? "" : Assert.Single(request.FieldViolations).Field, detail.Field);
        Assert.Equal(info.Metadata, detail.Metadata);
        return new Refused(reason, request is null ? "" : Assert.Single(request.FieldViolations).Field, status.Message, chinese.Message, info.Metadata);
    }
}

/// <summary>Every message comes in both languages.</summary>
internal static class Words
{
    public static void AssertBoth(string zh, string en)
    {
        Assert.Contains(zh, IsChinese);
        Assert.True(en.Length > 10 && en.EndsWith('.'), en);
    }

    private static bool IsChinese(char c) => c is >= '\u4e00' and <= '\u9fff';
}
