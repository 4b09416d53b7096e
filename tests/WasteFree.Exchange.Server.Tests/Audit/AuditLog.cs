using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Audit;

/// <summary>The log as an auditor reads it.</summary>
internal static class AuditLog
{
    public static Metadata Auditor { get; } = new() { { "wfx-roles", "auditor" } };

    public static AuditService.AuditServiceClient Of(RunningHub hub) => new(hub.Channel);

    /// <summary>What callers did, oldest first; what the hub did by itself, and who read the log, is left out.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> ReadAsync(RunningHub hub, bool hubToo = false)
    {
        var answer = await Of(hub).ListAuditEntriesAsync(new ListAuditEntriesRequest { PageSize = 10_000 }, Auditor, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(answer.NextPageToken);
        return [.. answer.Entries
            .Where(entry => hubToo || !entry.Operation.StartsWith("hub/", StringComparison.Ordinal))
            .Where(entry => !entry.Operation.StartsWith("AuditService/", StringComparison.Ordinal)).Reverse()];
    }

    public static string Name(AuditStatus status) =>
        AuditServiceReflection.Descriptor.FindTypeByName<Google.Protobuf.Reflection.EnumDescriptor>(nameof(AuditStatus)).FindValueByNumber((int)status).Name["AUDIT_STATUS_".Length..];

    public static string Text(AuditEntry entry) =>
        $"{entry.Organization}|{entry.Operation}|{entry.Resource}|{Name(entry.Status)}|{(entry.Reason == ErrorReason.Unspecified ? "" : Server.Errors.RpcErrors.ReasonText(entry.Reason))}|{entry.RowCount}|{entry.CallCount}";

    public static async Task<VerifyAuditResult> VerifyAsync(RunningHub hub)
    {
        using var call = Of(hub).VerifyAudit(new VerifyAuditRequest(), Auditor, cancellationToken: TestContext.Current.CancellationToken);
        return (await call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken))[^1].Result;
    }

    /// <summary>Nothing can be logged any more.</summary>
    public static void Break(RunningHub hub) => Database.Execute(hub, "DELETE FROM audit_head");
}
