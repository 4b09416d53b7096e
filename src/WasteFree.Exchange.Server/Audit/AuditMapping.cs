using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Server.Errors;

namespace WasteFree.Exchange.Server.Audit;

/// <summary>From the core's audit log to the contract's messages.</summary>
internal static class AuditMapping
{
    /// <summary>For an auditor of all.</summary>
    public static V1.AuditEntry ToMessage(AuditRecord record)
    {
        var message = ToWords(record);
        message.PreviousHash = UnsafeByteOperations.UnsafeWrap(record.PreviousHash);
        message.Salt = UnsafeByteOperations.UnsafeWrap(record.Salt);
        message.Hash = UnsafeByteOperations.UnsafeWrap(record.Hash);
        return message;
    }

    /// <summary>
    /// For an auditor of one organisation: of what others did, only what concerns it. No hash, since each covers the entry
    /// before, which may be about others.
    /// </summary>
    public static V1.AuditEntry ToMessage(AuditRecord record, string organization)
    {
        var message = ToWords(record);
        if (record.Entry.Organization == organization) return message;
        message.Owners = organization;
        // They count others' rows, too.
        message.ClearRows();
        return message;
    }

    public static V1.AuditHead ToMessage(AuditHead head)
    {
        var message = new V1.AuditHead { Position = head.Position, Hash = UnsafeByteOperations.UnsafeWrap(head.Hash) };
        if (head.Signature is not { } signature) return message;
        (message.Algorithm, message.KeyId, message.Signature) = (signature.Algorithm, signature.KeyId, UnsafeByteOperations.UnsafeWrap(signature.Value));
        return message;
    }

    private static V1.AuditEntry ToWords(AuditRecord record)
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
            LedgerId = record.LedgerId,
            Owners = entry.Owners,
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
