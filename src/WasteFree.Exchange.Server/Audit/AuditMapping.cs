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
        message.EntryHash = UnsafeByteOperations.UnsafeWrap(record.Hash);
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
        message.Owners.Clear();
        message.Owners.Add(organization);
        // They count others' rows, too.
        message.RowCount = null;
        return message;
    }

    public static V1.AuditHead ToMessage(AuditHead head)
    {
        var message = new V1.AuditHead { Position = head.Position, EntryHash = UnsafeByteOperations.UnsafeWrap(head.Hash) };
        if (head.Signature is not { } signature) return message;
        (message.Algorithm, message.KeyId, message.Signature) = (signature.Algorithm, signature.KeyId, UnsafeByteOperations.UnsafeWrap(signature.Value));
        return message;
    }

    private static V1.AuditEntry ToWords(AuditRecord record)
    {
        var entry = record.Entry;
        return new V1.AuditEntry
        {
            Position = record.Position,
            RecordTime = record.RecordedAt.ToTimestamp(),
            Organization = entry.Organization,
            Credential = entry.Credential,
            Roles = { ItemsOf(entry.Roles).Select(RoleOf) },
            Operation = entry.Action,
            Resource = entry.Resource,
            Status = StatusOf(entry.Status),
            Reason = RpcErrors.ReasonOf(entry.Reason),
            RowCount = entry.Rows,
            CallCount = entry.Calls,
            LedgerId = record.LedgerId,
            Owners = { ItemsOf(entry.Owners) },
        };
    }

    /// <summary>The log keeps a list as one text, which is what its hash covers.</summary>
    private static string[] ItemsOf(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static V1.Role RoleOf(string name) => System.Enum.TryParse<V1.Role>(name, ignoreCase: true, out var role) ? role : V1.Role.Unspecified;

    private static V1.AuditStatus StatusOf(string text) => text switch
    {
        AuditEntry.Done => V1.AuditStatus.Ok,
        AuditEntry.Rejected => V1.AuditStatus.Rejected,
        AuditCalls.PermissionDenied => V1.AuditStatus.PermissionDenied,
        AuditCalls.Unauthenticated => V1.AuditStatus.Unauthenticated,
        _ => V1.AuditStatus.Unspecified,
    };

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
