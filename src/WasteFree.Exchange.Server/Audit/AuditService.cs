using Grpc.Core;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Server.Metrics;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Audit;

/// <summary>The audit service: reads the log, and nothing else.</summary>
internal sealed class AuditService(IExchangeStore store, ILedgerSigner signer, PageTokens tokens, TimeProvider time) : V1.AuditService.AuditServiceBase
{
    private const string Kind = "audit";

    private const int MaxFaults = 1_000;

    /// <summary>Entries that one page looks at: a filter may leave few of many.</summary>
    private const int MaxLooked = 50_000;

    /// <summary>Often enough for a progress line, seldom enough to cost nothing.</summary>
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    public override async Task<ListAuditEntriesResponse> ListAuditEntries(ListAuditEntriesRequest request, ServerCallContext context)
    {
        var size = PageSize.Of(request.PageSize, AnswerPage.DefaultRows, AnswerPage.MaxRows);
        var auditor = IdentityInterceptor.PrincipalOf(context).Organization;
        // The caller belongs to the token: another one may not see the same entries.
        var token = tokens.Read(request.PageToken, Kind, auditor);
        var query = new CanonicalQuery()
            .One("start", request.StartTime)
            .One("end", request.EndTime)
            .One("organization", request.Organization)
            .One("report", request.Report)
            .One("operation", request.Operation);
        token?.Check(query);
        var head = await store.ReadAuditHeadAsync(context.CancellationToken);
        var before = token?.After ?? (head?.LastEntry ?? 0) + 1;
        var after = Math.Max(0, before - 1 - MaxLooked);
        var filter = new AuditFilter
        {
            From = AuditMapping.ToInstant(request.StartTime, "start_time"),
            To = AuditMapping.ToInstant(request.EndTime, "end_time"),
            Organization = Given(request.Organization),
            Resource = Given(request.Report),
            Action = Given(request.Operation),
            Concerning = auditor,
            After = after,
        };
        var records = await store.ListAuditAsync(filter, before, size, context.CancellationToken);
        var response = new ListAuditEntriesResponse { Head = auditor is null && head is not null ? AuditMapping.ToMessage(head) : null };
        var rows = records.Select(record => (record.Position, auditor is null ? AuditMapping.ToMessage(record) : AuditMapping.ToMessage(record, auditor)));
        long? next = records.Count == size ? records[^1].Position : after > 0 ? after + 1 : null;
        if (AnswerPage.Fill(response.Entries, rows, next) is { } end) response.NextPageToken = tokens.Write(position: 0, end, query, Kind, auditor);
        return response;
    }

    public override async Task VerifyAudit(
        VerifyAuditRequest request, IServerStreamWriter<VerifyAuditResponse> responseStream, ServerCallContext context)
    {
        if (IdentityInterceptor.PrincipalOf(context).Organization is { } organization) throw Refusals.NotYourOrganization(organization).ToException();
        var verification = new AuditVerification(store, signer);
        var result = new VerifyAuditResult();
        var told = time.GetTimestamp();
        await foreach (var faults in verification.RunAsync(context.CancellationToken))
        {
            result.Faults.AddRange(faults.Take(MaxFaults - result.Faults.Count).Select(AuditMapping.ToMessage));
            result.TotalSize += faults.Count;
            if (time.GetElapsedTime(told) < ProgressInterval) continue;
            told = time.GetTimestamp();
            var progress = new VerifyAuditProgress { EntryCount = verification.Chain.Entries, FaultCount = result.TotalSize };
            await responseStream.WriteAsync(new VerifyAuditResponse { Progress = progress }, context.CancellationToken);
        }
        result.Position = verification.Chain.Position;
        result.EntryHash = Google.Protobuf.ByteString.CopyFrom(verification.Chain.Hash);
        result.EntryCount = verification.Chain.Entries;
        await responseStream.WriteAsync(new VerifyAuditResponse { Result = result }, context.CancellationToken);
    }

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
