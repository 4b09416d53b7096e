using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.BadInput;

/// <summary>A call that cannot be answered is a status with a reason and, where there is one, the field.</summary>
public sealed class MisuseTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private static readonly Metadata Yaan = RunningHub.As(Rows.Reporter);
    private static readonly string Long = new('Z', 500_000);

    private static readonly Dictionary<string, Misuse> Cases = new()
    {
        ["a malformed report name"] = new(ErrorReason.FieldInvalid, "report", hub => Submit(hub, request => request.Report = "organizations/yaan/reports/ä")),
        ["a row policy that does not exist"] = new(ErrorReason.FieldInvalid, "row_policy", hub => Submit(hub, request => request.RowPolicy = (RowPolicy)99)),
        ["a report without rows"] = new(ErrorReason.ReportEmpty, "", hub => Submit(hub, request => request.Rows.Clear())),
        ["a catalogue version beyond the head"] = new(ErrorReason.CatalogVersionUnknown, "catalog_version", hub => Submit(hub, request => request.CatalogVersion = 9_999)),
        ["a negative catalogue version"] = new(ErrorReason.CatalogVersionUnknown, "catalog_version", hub => Submit(hub, request => request.CatalogVersion = -1)),
        ["a report of another organisation"] = new(ErrorReason.AuthorityMissing, "", hub => Submit(hub, request => request.Report = Rows.Name("x", "wanzhou"))),
        ["an organisation that the catalogue lacks"] = new(
            ErrorReason.OrganizationUnknown, "", hub => Submit(hub, request => request.Report = Rows.Name("x", "nobody"), RunningHub.As("nobody"))),
        ["a reporter without organisation"] = new(ErrorReason.AuthorityMissing, "", hub => Submit(hub, _ => { }, new Metadata { { "wfx-roles", "reporter" } })),
        ["a caller without the role"] = new(ErrorReason.AuthorityMissing, "", hub => Submit(hub, _ => { }, RunningHub.As(Rows.Reporter, "reader"))),
        ["a caller that says nothing"] = new(ErrorReason.IdentityMissing, "", hub => Submit(hub, _ => { }, []), "wfx-organization"),
        ["a caller that says nothing on a stream"] = new(
            ErrorReason.IdentityMissing, "", hub => hub.Reports.UploadReport([]).ResponseStream.MoveNext(Cancelled), "wfx-organization"),
        ["a load by nobody"] = new(ErrorReason.IdentityMissing, "", hub => Load(hub, Table(CatalogTableKind.Regions), []), "wfx-roles"),
        ["a reader of the audit log who says nothing"] = new(
            ErrorReason.IdentityMissing, "", hub => new AuditService.AuditServiceClient(hub.Channel).ListAuditEntriesAsync(new ListAuditEntriesRequest(), []).ResponseAsync, "wfx-roles"),
        ["a caller with no role at all"] = new(ErrorReason.AuthorityMissing, "", hub => Submit(hub, _ => { }, RunningHub.As(Rows.Reporter, ","))),
        ["an organisation id that is none"] = new(ErrorReason.IdentityMissing, "", hub => Submit(hub, _ => { }, RunningHub.As("NO WAY"))),
        ["a role that does not exist"] = new(ErrorReason.IdentityMissing, "", hub => Submit(hub, _ => { }, RunningHub.As(Rows.Reporter, "reporter,emperor"))),
        ["a load by a reporter"] = new(ErrorReason.AuthorityMissing, "", hub => Load(hub, Table(CatalogTableKind.Regions), Yaan)),
        ["a load without tables"] = new(ErrorReason.FieldInvalid, "tables", hub => Load(hub, new LoadCatalogRequest(), RunningHub.AsAdmin)),
        ["a table of no kind"] = new(ErrorReason.FieldInvalid, "tables[0].kind", hub => Load(hub, Table(CatalogTableKind.Unspecified), RunningHub.AsAdmin)),

        ["reading an unknown report"] = new(ErrorReason.ReportUnknown, "", hub => hub.Reports.GetReportAsync(new GetReportRequest { Name = Rows.Name("never") }, Yaan).ResponseAsync),
        ["reading another's report"] = new(ErrorReason.AuthorityMissing, "", hub => hub.Reports.GetReportAsync(new GetReportRequest { Name = Rows.Name("x", "wanzhou") }, Yaan).ResponseAsync),
        ["reading a report by a malformed name"] = new(ErrorReason.FieldInvalid, "name", hub => hub.Reports.GetReportAsync(new GetReportRequest { Name = Long }, Yaan).ResponseAsync),
        ["listing a malformed parent"] = new(ErrorReason.FieldInvalid, "parent", hub => List(hub, request => request.Parent = "yaan")),
        ["listing another's reports"] = new(ErrorReason.AuthorityMissing, "", hub => List(hub, request => request.Parent = "organizations/wanzhou")),
        ["a negative page size"] = new(ErrorReason.FieldInvalid, "page_size", hub => List(hub, request => request.PageSize = -1)),
        ["a page token of rubbish"] = new(ErrorReason.PageTokenInvalid, "page_token", hub => List(hub, request => request.PageToken = "§")),
        ["a page token that is too long"] = new(ErrorReason.PageTokenInvalid, "page_token", hub => List(hub, request => request.PageToken = Long)),
        ["a forged page token"] = new(ErrorReason.PageTokenInvalid, "page_token", hub => List(hub, request => request.PageToken = Convert.ToBase64String(new byte[24]))),
        ["findings of an unknown report"] = new(ErrorReason.ReportUnknown, "", hub => Findings(hub, request => request.Parent = Rows.Name("never"))),
        ["withdrawing without a reason"] = new(ErrorReason.FieldInvalid, "reason", hub => Withdraw(hub, " ")),
        ["withdrawing with a reason too long"] = new(ErrorReason.FieldInvalid, "reason", hub => Withdraw(hub, new string('x', 1_001))),
        ["withdrawing an unknown report"] = new(ErrorReason.ReportUnknown, "", hub => Withdraw(hub, "wrong figures 示例")),

        ["a query for an unknown indicator"] = new(ErrorReason.IndicatorUnknown, "filter.indicators[1]", hub => Query(hub, filter => filter.Indicators.Add(["HUB-HW-GEN", "HUB-HW-GEM"])), "HUB-HW-GEN"),
        ["a query for a region of 500,000 characters"] = new(ErrorReason.RegionUnknown, "filter.regions[0]", hub => Query(hub, filter => filter.Regions.Add(Long))),
        ["a query for an unknown region"] = new(ErrorReason.RegionUnknown, "filter.regions[0]", hub => Query(hub, filter => filter.Regions.Add("511880")), "511800"),
        ["a query for an unknown category"] = new(ErrorReason.CategoryUnknown, "filter.categories[0]", hub => Query(hub, filter => filter.Categories.Add("HW99"))),
        ["a query for an unknown scope"] = new(ErrorReason.FieldInvalid, "filter.scopes[0]", hub => Query(hub, filter => filter.Scopes.Add(Long)), "WHOLE"),
        ["a query for an unknown organisation"] = new(ErrorReason.OrganizationUnknown, "", hub => Query(hub, filter => filter.Organizations.Add(Long))),
        ["a query for a malformed period"] = new(ErrorReason.PeriodMalformed, "filter.periods[0]", hub => Query(hub, filter => filter.Periods.Add("2024-13")), "2024-Q1"),
        ["a query from a malformed period on"] = new(ErrorReason.PeriodMalformed, "filter.period_from", hub => Query(hub, filter => filter.PeriodFrom = Long)),
        ["a query to a malformed period"] = new(ErrorReason.PeriodMalformed, "filter.period_to", hub => Query(hub, filter => filter.PeriodTo = "2021-W53")),
        ["a query with 1,001 indicators"] = new(ErrorReason.QueryTooLarge, "filter.indicators", hub => Query(hub, filter => filter.Indicators.Add(Enumerable.Repeat("HUB-HW-GEN", 1_001)))),
        ["a query at position 0"] = new(ErrorReason.AsOfOutOfRange, "as_of", hub => QueryAt(hub, new AsOf { Position = 0 })),
        ["a query at a negative position"] = new(ErrorReason.AsOfOutOfRange, "as_of", hub => QueryAt(hub, new AsOf { Position = -5 })),
        ["a query beyond the head"] = new(ErrorReason.AsOfOutOfRange, "as_of", hub => QueryAt(hub, new AsOf { Position = long.MaxValue })),
        ["a query before the first entry"] = new(ErrorReason.AsOfOutOfRange, "as_of", hub => QueryAt(hub, new AsOf { Time = new Timestamp { Seconds = 1 } })),
        ["a query at no instant"] = new(ErrorReason.FieldInvalid, "as_of.time", hub => QueryAt(hub, new AsOf { Time = new Timestamp { Seconds = 1, Nanos = -1 } })),
        ["a list of regions beyond the head"] = new(
            ErrorReason.AsOfOutOfRange, "as_of", hub => hub.Catalog.ListRegionsAsync(new ListRegionsRequest { AsOf = new AsOf { Position = 9_999 } }).ResponseAsync),

        ["a comparison without indicator"] = new(ErrorReason.FieldInvalid, "indicators", hub => Compare(hub, request => request.Indicators.Clear())),
        ["a comparison without region"] = new(ErrorReason.FieldInvalid, "regions", hub => Compare(hub, request => request.Regions.Clear())),
        ["a comparison without period"] = new(ErrorReason.FieldInvalid, "periods", hub => Compare(hub, request => request.Periods.Clear())),
        ["a comparison of too many cells"] = new(ErrorReason.QueryTooLarge, "", hub => Compare(hub, request => request.Periods.Add(Enumerable.Range(0, 20_000).Select(i => $"{2000 + (i % 20)}")))),
        ["a comparison of an unknown source"] = new(ErrorReason.OrganizationUnknown, "", hub => Compare(hub, request => request.Source = Long)),
        ["a comparison in an unknown category"] = new(ErrorReason.CategoryUnknown, "category", hub => Compare(hub, request => request.Category = Long)),
        ["a comparison of a malformed period"] = new(ErrorReason.PeriodMalformed, "periods[1]", hub => Compare(hub, request => request.Periods.Add("newest"))),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Misuse_is_refused_with_reason_and_field_and_the_hub_keeps_serving(string name)
    {
        var misuse = Cases[name];
        var before = await shared.Hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled);

        var refused = await Refused.ByAsync(() => misuse.Call(shared.Hub));

        Assert.Equal((misuse.Reason, misuse.Field), (refused.Reason, refused.Field));
        Assert.Contains(misuse.Says, refused.MessageEn, StringComparison.Ordinal);
        Assert.Equal(before, await shared.Hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled));
    }

    [Fact]
    public async Task A_page_token_serves_only_the_query_and_the_caller_it_was_made_for()
    {
        var hub = shared.Hub;
        await hub.Reports.SubmitReportAsync(Rows.Report("tokens", Rows.Days(4)), Yaan, cancellationToken: Cancelled);
        var mine = new QueryObservationsRequest { PageSize = 2 };
        var token = (await hub.Metrics.QueryObservationsAsync(mine, Yaan, cancellationToken: Cancelled)).NextPageToken;
        Assert.NotEmpty(token);

        var next = new QueryObservationsRequest { PageSize = 1, PageToken = token };
        Assert.Single((await hub.Metrics.QueryObservationsAsync(next, Yaan, cancellationToken: Cancelled)).Observations);
        foreach (var (other, headers) in new (QueryObservationsRequest, Metadata)[]
        {
            (new QueryObservationsRequest { PageToken = token, Filter = new ObservationFilter { Regions = { "511800" } } }, Yaan),
            (new QueryObservationsRequest { PageToken = token, AsOf = new AsOf { Position = 1 } }, Yaan),
            (new QueryObservationsRequest { PageToken = token }, RunningHub.As("wanzhou")),
        })
        {
            Assert.Equal(ErrorReason.PageTokenInvalid, (await Refused.ByAsync(hub.Metrics.QueryObservationsAsync(other, headers, cancellationToken: Cancelled))).Reason);
        }
        var stream = hub.Metrics.StreamObservations(new StreamObservationsRequest { ResumeToken = "AAAA" }, Yaan, cancellationToken: Cancelled);
        Assert.Equal(ErrorReason.PageTokenInvalid, (await Refused.ByAsync(() => stream.ResponseStream.MoveNext(Cancelled))).Reason);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Task<SubmitReportResponse> Submit(RunningHub hub, Action<SubmitReportRequest> change, Metadata? headers = null) =>
        hub.Reports.SubmitReportAsync(Changed(Rows.Report("misuse", Rows.Tonnes("2024", "1")), change), headers ?? Yaan).ResponseAsync;

    private static Task<LoadCatalogResponse> Load(RunningHub hub, LoadCatalogRequest request, Metadata headers) => hub.Admin.LoadCatalogAsync(request, headers).ResponseAsync;

    private static LoadCatalogRequest Table(CatalogTableKind kind) =>
        new() { Tables = { new CatalogTable { Kind = kind, Csv = ByteString.CopyFromUtf8("code,name_zh\nX-1,甲\n") } } };

    private static Task<ListReportsResponse> List(RunningHub hub, Action<ListReportsRequest> change) =>
        hub.Reports.ListReportsAsync(Changed(new ListReportsRequest { Parent = "organizations/yaan" }, change), Yaan).ResponseAsync;

    private static Task<ListFindingsResponse> Findings(RunningHub hub, Action<ListFindingsRequest> change) => hub.Reports.ListFindingsAsync(Changed(new ListFindingsRequest(), change), Yaan).ResponseAsync;

    private static Task<WithdrawReportResponse> Withdraw(RunningHub hub, string reason) =>
        hub.Reports.WithdrawReportAsync(new WithdrawReportRequest { Name = Rows.Name("never"), Reason = reason }, Yaan).ResponseAsync;

    private static Task<QueryObservationsResponse> Query(RunningHub hub, Action<ObservationFilter> change) =>
        hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest { Filter = Changed(new ObservationFilter(), change) }).ResponseAsync;

    private static Task<QueryObservationsResponse> QueryAt(RunningHub hub, AsOf asOf) => hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest { AsOf = asOf }).ResponseAsync;

    private static Task<CompareMetricsResponse> Compare(RunningHub hub, Action<CompareMetricsRequest> change) =>
        hub.Metrics.CompareMetricsAsync(
            Changed(new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "511800" }, Periods = { "2024" } }, change)).ResponseAsync;

    private static T Changed<T>(T request, Action<T> change)
    {
        change(request);
        return request;
    }

    private sealed record Misuse(ErrorReason Reason, string Field, Func<RunningHub, Task> Call, string Says = "");
}
