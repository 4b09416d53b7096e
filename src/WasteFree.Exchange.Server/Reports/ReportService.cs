using Grpc.Core;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Feed;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Server.Audit;
using WasteFree.Exchange.Server.Errors;
using WasteFree.Exchange.Server.Security;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Reports;

/// <summary>The report service: maps in, calls, maps out.</summary>
internal sealed class ReportService(
    IExchangeStore store, CatalogHistory catalog, UploadDesk desk, LedgerTail tail, PageTokens tokens, StreamLifetime streams, Drain drain)
    : V1.ReportService.ReportServiceBase
{
    private const int DefaultReports = 100;
    private const int MaxReports = 1_000;
    private const int DefaultFindings = 1_000;
    private const int MaxFindings = 5_000;
    private const int MaxReason = 1_000;

    public override async Task UploadReport(
        IAsyncStreamReader<UploadReportRequest> requestStream, IServerStreamWriter<UploadReportResponse> responseStream, ServerCallContext context)
    {
        using var entered = drain.Enter();
        using var stream = new UploadStream(desk, AuditCalls.Of(context), streams, drain, IdentityInterceptor.LiveCallOf(context), responseStream);
        await stream.RunAsync(requestStream, context.CancellationToken);
    }

    public override async Task<OpenUploadResponse> OpenUpload(OpenUploadRequest request, ServerCallContext context)
    {
        var open = request.Open ?? new UploadOpen();
        if (open.ValidateOnly) throw UploadRefusals.CheckWithoutStream.ToException();
        var (session, refusal) = await desk.OpenAsync(open, AuditCalls.Of(context), context.CancellationToken);
        return session is null ? throw refusal!.ToException() : new OpenUploadResponse { Opened = session.Opened };
    }

    public override async Task<AppendRowsResponse> AppendRows(AppendRowsRequest request, ServerCallContext context)
    {
        var (ack, refusal) = await desk.AppendAsync(request, AuditCalls.Of(context), context.CancellationToken);
        return ack is null ? throw refusal!.ToException() : new AppendRowsResponse { Ack = ack };
    }

    public override async Task<CommitUploadResponse> CommitUpload(CommitUploadRequest request, ServerCallContext context)
    {
        var (outcome, refusal) = await desk.CommitAsync(request, AuditCalls.Of(context), context.CancellationToken);
        return outcome switch
        {
            CommitOutcome.Committed committed => new CommitUploadResponse { Committed = ReportMapping.ToMessage(committed) },
            CommitOutcome.Rejected rejected => new CommitUploadResponse { Rejected = ReportMapping.ToMessage(rejected) },
            _ => throw refusal!.ToException(),
        };
    }

    public override async Task<SubmitReportResponse> SubmitReport(SubmitReportRequest request, ServerCallContext context)
    {
        var (outcome, refusal) = await desk.SubmitAsync(request, AuditCalls.Of(context), context.CancellationToken);
        return outcome switch
        {
            CommitOutcome.Committed committed => new SubmitReportResponse { Committed = ReportMapping.ToMessage(committed) },
            CommitOutcome.Rejected rejected => new SubmitReportResponse { Rejected = ReportMapping.ToMessage(rejected) },
            _ => throw refusal!.ToException(),
        };
    }

    public override async Task<NameReportResponse> NameReport(NameReportRequest request, ServerCallContext context)
    {
        var organization = OwnOrganization(request.Parent, context);
        if (request.ContentHash.Length != ContentNames.HashSize)
            throw Refusal.FieldInvalid("content_hash", "应为 32 字节。", "must have 32 bytes.").ToException();
        var key = await store.ReadKeyAsync(ContentNames.KeyName, context.CancellationToken);
        return new NameReportResponse { Name = ContentNames.Of(organization, request.ContentHash.Span, key).ToString() };
    }

    public override async Task<GetReportResponse> GetReport(GetReportRequest request, ServerCallContext context)
    {
        var name = OwnReport(request.Name, "name", context);
        var report = await store.FindReportAsync(name, context.CancellationToken) ?? throw Refusals.ReportUnknown(request.Name).ToException();
        return new GetReportResponse { Report = await ToMessageAsync(report, context.CancellationToken) };
    }

    public override async Task<ListReportsResponse> ListReports(ListReportsRequest request, ServerCallContext context)
    {
        var organization = OwnOrganization(request.Parent, context);
        var size = PageSize.Of(request.PageSize, DefaultReports, MaxReports);
        var query = new CanonicalQuery();
        var token = tokens.Read(request.PageToken, "reports", organization);
        var reports = await store.ListReportsAsync(organization, token?.After ?? long.MaxValue, size + 1, context.CancellationToken);
        var response = new ListReportsResponse();
        var latest = await catalog.ReadLatestAsync(context.CancellationToken);
        var rows = reports.Take(size).Select(report => (report.Sequence, ToMessage(report, latest)));
        if (AnswerPage.Fill(response.Reports, rows, reports.Count > size ? reports[size - 1].Sequence : null) is { } after)
            response.NextPageToken = tokens.Write(position: 0, after, query, "reports", organization);
        return response;
    }

    public override async Task<ListFindingsResponse> ListFindings(ListFindingsRequest request, ServerCallContext context)
    {
        var name = OwnReport(request.Parent, "parent", context);
        if (await store.FindReportAsync(name, context.CancellationToken) is null) throw Refusals.ReportUnknown(request.Parent).ToException();
        var size = PageSize.Of(request.PageSize, DefaultFindings, MaxFindings);
        var query = new CanonicalQuery().One("report", name);
        var token = tokens.Read(request.PageToken, "findings", name.Organization);
        token?.Check(query);
        var page = await store.ListFindingsAsync(name, token?.After ?? -1, size, context.CancellationToken);
        var findings = page.Findings.Select(ReportMapping.ToMessage).ToList();
        if (AnswerPage.Fitting(findings) is var fitting && fitting < findings.Count)
        {
            page = await store.ListFindingsAsync(name, token?.After ?? -1, fitting, context.CancellationToken);
            findings = [.. page.Findings.Select(ReportMapping.ToMessage)];
        }
        var response = new ListFindingsResponse { TotalSize = page.Total };
        response.Findings.AddRange(findings);
        response.Rules.AddRange(page.Rules.Select(ReportMapping.ToMessage));
        if (page.NextSequence is { } next) response.NextPageToken = tokens.Write(position: 0, next, query, "findings", name.Organization);
        return response;
    }

    public override async Task<AbortReportResponse> AbortReport(AbortReportRequest request, ServerCallContext context)
    {
        var name = OwnReport(request.Name, "name", context);
        return await store.AbortAsync(name, AuditCalls.Of(context), context.CancellationToken) switch
        {
            AbortOutcome.Aborted done => new AbortReportResponse { Report = await ToMessageAsync(done.Report, context.CancellationToken) },
            AbortOutcome.WrongState wrong => throw NotUnfinished(wrong.State).ToException(),
            _ => throw Refusals.ReportUnknown(request.Name).ToException(),
        };
    }

    public override async Task<WithdrawReportResponse> WithdrawReport(WithdrawReportRequest request, ServerCallContext context)
    {
        var name = OwnReport(request.Name, "name", context);
        var outcome = await store.WithdrawAsync(name, Reason(request.Reason), AuditCalls.Of(context), context.CancellationToken);
        tail.Signal();
        return outcome switch
        {
            WithdrawOutcome.Withdrawn done => new WithdrawReportResponse
            {
                Report = await ToMessageAsync(done.Report, context.CancellationToken),
                Tombstones = done.Tombstones,
            },
            WithdrawOutcome.WrongState wrong => throw WrongState(wrong.State).ToException(),
            _ => throw Refusals.ReportUnknown(request.Name).ToException(),
        };
    }

    public override async Task<RetractReportResponse> RetractReport(RetractReportRequest request, ServerCallContext context)
    {
        var name = OwnReport(request.Name, "name", context);
        var outcome = await store.RetractAsync(name, Reason(request.Reason), AuditCalls.Of(context), context.CancellationToken);
        tail.Signal();
        return outcome switch
        {
            RetractOutcome.Retracted done => new RetractReportResponse
            {
                Report = await ToMessageAsync(done.Report, context.CancellationToken),
                WithheldRows = done.Withheld,
            },
            RetractOutcome.WrongState wrong => throw NeverCommitted(wrong.State).ToException(),
            _ => throw Refusals.ReportUnknown(request.Name).ToException(),
        };
    }

    private static string Reason(string text) => string.IsNullOrWhiteSpace(text) || text.Length > MaxReason
        ? throw Refusal.FieldInvalid("reason", $"必填，至多 {MaxReason} 个字符。", $"required, at most {MaxReason} characters.").ToException()
        : text;

    private static string OwnOrganization(string parent, ServerCallContext context)
    {
        const string prefix = "organizations/";
        var organization = parent.StartsWith(prefix, StringComparison.Ordinal) ? parent[prefix.Length..] : "";
        if (!ReportName.IsOrganization(organization))
            throw Refusal.FieldInvalid("parent", "应为 organizations/{机构}。", "expected organizations/{org}.").ToException();
        if (IdentityInterceptor.PrincipalOf(context).Organization != organization) throw Refusals.NotYourOrganization(organization).ToException();
        return organization;
    }

    private static ReportName OwnReport(string text, string field, ServerCallContext context)
    {
        if (!ReportName.TryParse(text, out var name)) throw Refusals.ReportName(field).ToException();
        if (IdentityInterceptor.PrincipalOf(context).Organization != name.Organization) throw Refusals.NotYourOrganization(name.Organization).ToException();
        return name;
    }

    private async Task<Report> ToMessageAsync(ReportRecord report, CancellationToken cancellationToken) =>
        ToMessage(report, await catalog.ReadLatestAsync(cancellationToken));

    private static Report ToMessage(ReportRecord report, CatalogSnapshot latest) =>
        ReportMapping.ToMessage(report, latest.FindOrganization(report.Name.Organization)?.Illustrative ?? false);

    private static Refusal NotUnfinished(Store.ReportState state) => new(
        ErrorReason.ReportState,
        $"只能放弃未完成的上传；此报告的状态是 {state}。已提交的报告请用 WithdrawReport 撤回。",
        $"Only an unfinished upload can be given up; this one is {state}. Withdraw a committed report instead.");

    private static Refusal WrongState(Store.ReportState state) => new(
        ErrorReason.ReportState,
        $"只能撤回已提交的报告；此报告的状态是 {state}。",
        $"Only a committed report can be withdrawn; this one is {state}.");

    private static Refusal NeverCommitted(Store.ReportState state) => new(
        ErrorReason.ReportState,
        $"只能封存提交过的报告；此报告的状态是 {state}。",
        $"Only a report that was committed can be retracted; this one is {state}.");
}
