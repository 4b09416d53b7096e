using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.V1;
using Xunit;
using static WasteFree.Exchange.Server.Tests.Audit.AuditLog;

namespace WasteFree.Exchange.Server.Tests.Audit;

/// <summary>Auditors read logs and nothing else; nobody else reads logs.</summary>
public sealed class AuditorTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private static readonly Marshaller<byte[]> Bytes = new(message => message, message => message);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private RunningHub Hub => shared.Hub;

    [Fact]
    public async Task An_auditor_reads_the_log_and_is_refused_everything_else()
    {
        Assert.Equal(
            ["/wastefree.exchange.v1.AuditService/ListAuditEntries", "/wastefree.exchange.v1.AuditService/VerifyAudit"],
            await AllowedAsync(Auditor));
    }

    [Theory]
    [InlineData("reader")]
    [InlineData("reporter")]
    [InlineData("admin")]
    [InlineData("reader,reporter,admin")]
    public async Task Nobody_else_reads_the_log(string roles) =>
        Assert.DoesNotContain(await AllowedAsync(RunningHub.As("yaan", roles)), method => method.Contains("Audit", StringComparison.Ordinal));

    [Fact]
    public async Task Pages_of_the_log_hold_every_entry_once_while_it_grows()
    {
        await using var hub = await RunningHub.StartAsync();
        for (var i = 0; i < 7; i++) await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), RunningHub.As("yaan"), cancellationToken: Cancelled);
        var request = new ListAuditEntriesRequest { Organization = "yaan", PageSize = 3 };
        var seen = new List<long>();
        do
        {
            var page = await AuditLog.Of(hub).ListAuditEntriesAsync(request, Auditor, cancellationToken: Cancelled);
            seen.AddRange(page.Entries.Select(entry => entry.Position));
            request.PageToken = page.NextPageToken;
            await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), RunningHub.As("yaan"), cancellationToken: Cancelled);
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(Enumerable.Range(0, 7).Select(i => seen[0] - i), seen);
    }

    [Fact]
    public async Task Bad_questions_are_refused()
    {
        Assert.Equal(ErrorReason.FieldInvalid, await RefusedAsync(new ListAuditEntriesRequest { PageSize = -1 }));
        Assert.Equal(ErrorReason.FieldInvalid, await RefusedAsync(new ListAuditEntriesRequest { StartTime = new Timestamp { Seconds = long.MaxValue } }));
        Assert.Equal(ErrorReason.FieldInvalid, await RefusedAsync(new ListAuditEntriesRequest { EndTime = new Timestamp { Nanos = -1 } }));
        Assert.Equal(ErrorReason.PageTokenInvalid, await RefusedAsync(new ListAuditEntriesRequest { PageToken = "AAAA" }));
        var page = await AuditLog.Of(Hub).ListAuditEntriesAsync(new ListAuditEntriesRequest { PageSize = 1 }, Auditor, cancellationToken: Cancelled);
        Assert.Equal(ErrorReason.PageTokenInvalid, await RefusedAsync(new ListAuditEntriesRequest { PageToken = page.NextPageToken, Organization = "yaan" }));
    }

    [Fact]
    public void The_kinds_of_fault_have_the_same_numbers_and_names_in_the_core_and_in_the_contract() =>
        Assert.Equal(
            System.Enum.GetValues<AuditFaultKind>().Where(kind => kind != AuditFaultKind.Unspecified).Select(kind => (kind.ToString(), (int)kind)),
            System.Enum.GetValues<Exchange.Audit.AuditFaultKind>().Select(kind => (kind.ToString(), (int)kind)));

    private async Task<ErrorReason> RefusedAsync(ListAuditEntriesRequest request) =>
        (await Refused.ByAsync(AuditLog.Of(Hub).ListAuditEntriesAsync(request, Auditor, cancellationToken: Cancelled))).Reason;

    /// <summary>The methods that do not answer an empty message with PERMISSION_DENIED.</summary>
    private async Task<List<string>> AllowedAsync(Metadata caller)
    {
        var allowed = new List<string>();
        foreach (var full in new MethodPolicies(MethodPolicies.Contract).Methods.Order(StringComparer.Ordinal))
        {
            var parts = full.Split('/');
            var method = new Method<byte[], byte[]>(MethodType.ServerStreaming, parts[1], parts[2], Bytes, Bytes);
            using var call = Hub.Channel.CreateCallInvoker().AsyncServerStreamingCall(method, host: null, new CallOptions(caller, cancellationToken: Cancelled), []);
            try
            {
                await call.ResponseStream.MoveNext(Cancelled);
                allowed.Add(full);
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.PermissionDenied)
            {
                // That is the answer.
            }
            catch (RpcException)
            {
                allowed.Add(full);
            }
        }
        return allowed;
    }
}
