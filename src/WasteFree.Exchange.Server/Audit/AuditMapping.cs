using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Server.Errors;

namespace WasteFree.Exchange.Server.Audit;

/// <summary>From the core's audit log to the contract's messages.</summary>
internal static class AuditMapping
{
    public static V1.AuditEntry ToMessage(AuditRecord record)
    {
        var entry = record.Entry;
        var message = new V1.AuditEntry
        {
            Position = record.Position,
            Time = record.RecordedAt.ToTimestamp(),
            Organization = entry.Organization,
            Credential = entry.Credential,
            Roles = entry.Roles,
            Action = entry.Action,
            Resource = entry.Resource,
            Status = entry.Status,
            Reason = entry.Reason,
            Calls = entry.Calls,
            PreviousHash = UnsafeByteOperations.UnsafeWrap(record.PreviousHash),
            Hash = UnsafeByteOperations.UnsafeWrap(record.Hash),
            Salt = UnsafeByteOperations.UnsafeWrap(record.Salt),
            LedgerId = record.LedgerId,
        };
        if (entry.Rows is { } rows) message.Rows = rows;
        return message;
    }

    /// <summary>The kinds have the same numbers in the core and in the contract; a test compares them.</summary>
    public static V1.AuditFault ToMessage(AuditFault fault) => new()
    {
        Kind = (V1.AuditFaultKind)fault.Kind,
        Position = fault.Position,
        MessageZh = fault.MessageZh,
        MessageEn = fault.MessageEn,
    };

    /// <exception cref="Grpc.Core.RpcException">It is no time.</exception>
    public static DateTimeOffset? ToInstant(Timestamp? time, string field)
    {
        try
        {
            return time?.ToDateTimeOffset();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw Refusal.FieldInvalid(field, "不是有效的时间。", "not a valid timestamp.").ToException();
        }
    }
}
