using System.Collections.Frozen;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using WasteFree.Exchange.V1;
using WasteFree.Exchange.Values;
using Status = Google.Rpc.Status;

namespace WasteFree.Exchange.Server.Errors;

/// <summary>The one place that makes the status of a refusal, with its details.</summary>
internal static class RpcErrors
{
    public const string Domain = "wastefree.exchange";

    /// <summary>Waits stay short: the hub is either back soon or another one serves.</summary>
    private static readonly TimeSpan StandardWait = TimeSpan.FromSeconds(1);

    /// <summary>Somebody has to do something first.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(1);

    /// <summary>What the contract says of each reason.</summary>
    private static readonly FrozenDictionary<ErrorReason, ReasonPolicy> Policies = ErrorReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(ErrorReason)).Values
        .Where(value => value.Number != 0)
        .ToFrozenDictionary(value => (ErrorReason)value.Number, value => value.GetOptions().GetExtension(PolicyExtensions.ReasonPolicy));

    public static StatusCode CodeOf(ErrorReason reason) => (StatusCode)Policies[reason].Code;

    /// <summary>How long to wait before trying again; null: do not try again by yourself.</summary>
    public static TimeSpan? RetryAfterOf(ErrorReason reason) =>
        !Policies[reason].Retriable ? null : reason is ErrorReason.ClockAhead or ErrorReason.StoreFull ? LongWait : StandardWait;

    private static TimeSpan? WaitOf(Refusal refusal) => refusal.RetryAfter ?? RetryAfterOf(refusal.Reason);

    public static RpcException ToException(this Refusal refusal) => ToStatus(refusal).ToRpcException();

    public static Status ToStatus(Refusal refusal)
    {
        var info = new ErrorInfo { Reason = ReasonText(refusal.Reason), Domain = Domain };
        foreach (var (key, value) in refusal.Metadata) info.Metadata[key] = VisibleText.Steady(value);

        var status = new Status { Code = (int)CodeOf(refusal.Reason), Message = VisibleText.Steady(refusal.MessageEn) };
        status.Details.Add(Any.Pack(Detail(refusal, info.Metadata)));
        status.Details.Add(Any.Pack(info));
        status.Details.Add(Any.Pack(new LocalizedMessage { Locale = "zh-CN", Message = VisibleText.Steady(refusal.MessageZh) }));
        if (refusal.Field.Length > 0)
        {
            var violation = new BadRequest.Types.FieldViolation { Field = refusal.Field, Description = VisibleText.Steady(refusal.MessageEn) };
            status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { violation } }));
        }
        if (refusal.Quota is { } quota)
        {
            var violation = new QuotaFailure.Types.Violation { Subject = quota.Subject, Description = quota.Limit };
            status.Details.Add(Any.Pack(new QuotaFailure { Violations = { violation } }));
        }
        if (WaitOf(refusal) is { } wait) status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(wait) }));
        return status;
    }

    private static ErrorDetail Detail(Refusal refusal, IDictionary<string, string> metadata) => new()
    {
        Reason = refusal.Reason,
        Field = refusal.Field,
        MessageZh = VisibleText.Steady(refusal.MessageZh),
        MessageEn = VisibleText.Steady(refusal.MessageEn),
        RetryAfter = WaitOf(refusal) is { } wait ? Duration.FromTimeSpan(wait) : null,
        Metadata = { metadata },
    };

    /// <summary>The reason of a name without its prefix; unspecified: there is none of the name.</summary>
    public static ErrorReason ReasonOf(string text) => (ErrorReason)(ErrorReflection.Descriptor.EnumTypes[0].FindValueByName("ERROR_REASON_" + text)?.Number ?? 0);

    /// <summary>The name of the enum value without its prefix, for example <c>OFFSET_UNEXPECTED</c>.</summary>
    public static string ReasonText(ErrorReason reason)
    {
        var name = ErrorReflection.Descriptor.EnumTypes[0].FindValueByNumber((int)reason).Name;
        return name["ERROR_REASON_".Length..];
    }
}
