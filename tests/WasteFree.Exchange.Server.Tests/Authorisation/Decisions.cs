using Google.Protobuf;
using Google.Protobuf.Reflection;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.Authorisation;

/// <summary>For whom a method is.</summary>
internal enum Reach
{
    /// <summary>Whoever has the role: it tells nothing of anybody's data.</summary>
    Role,

    /// <summary>Whoever has the role and acts for no organisation.</summary>
    Hub,

    /// <summary>The organisation whose report it names.</summary>
    Owner,

    /// <summary>Whoever has the role: it tells the rows that the caller may read.</summary>
    Rows,
}

/// <summary>
/// Who may call what: decided here once more, by hand. A method of the contract without a decision fails the test that
/// reads it.
/// </summary>
/// <param name="Role">The role that it needs.</param>
/// <param name="Reach">For whom it is.</param>
/// <param name="Request">What it is asked: about the report and the row of <see cref="MatrixTests"/>.</param>
internal sealed record Decision(string Role, Reach Reach, IMessage Request)
{
    private static readonly CompareMetricsRequest Compared = new() { Indicators = { SharingHub.Conditional }, Periods = { "2024" }, Regions = { "510300" } };

    public static IReadOnlyDictionary<string, Decision> All { get; } = new Dictionary<string, Decision>
    {
        ["AdminService/LoadCatalog"] = new(Roles.Admin, Reach.Role, new LoadCatalogRequest
        {
            ValidateOnly = true,
            Tables = { new CatalogTable { Kind = CatalogTableKind.Regions, Csv = ByteString.CopyFromUtf8("code,name_zh\nS1,示例\n") } },
        }),
        ["AdminService/VerifyLedger"] = new(Roles.Admin, Reach.Role, new VerifyLedgerRequest()),
        ["AuditService/ListAuditEntries"] = new(Roles.Auditor, Reach.Role, new ListAuditEntriesRequest()),
        ["AuditService/VerifyAudit"] = new(Roles.Auditor, Reach.Hub, new VerifyAuditRequest()),
        ["CatalogService/GetServerInfo"] = new(Roles.Reader, Reach.Role, new GetServerInfoRequest()),
        ["CatalogService/ListIndicators"] = new(Roles.Reader, Reach.Role, new ListIndicatorsRequest()),
        ["CatalogService/ListRegions"] = new(Roles.Reader, Reach.Role, new ListRegionsRequest()),
        ["CatalogService/ListRegionSchemes"] = new(Roles.Reader, Reach.Role, new ListRegionSchemesRequest()),
        ["CatalogService/ListCategories"] = new(Roles.Reader, Reach.Role, new ListCategoriesRequest()),
        ["CatalogService/ListTargets"] = new(Roles.Reader, Reach.Role, new ListTargetsRequest()),
        ["CatalogService/ListTasks"] = new(Roles.Reader, Reach.Role, new ListTasksRequest()),
        ["CatalogService/ListOrganizations"] = new(Roles.Reader, Reach.Role, new ListOrganizationsRequest()),
        ["CatalogService/ListMandates"] = new(Roles.Reader, Reach.Role, new ListMandatesRequest()),
        ["CatalogService/ListBridges"] = new(Roles.Reader, Reach.Role, new ListBridgesRequest()),
        ["CatalogService/ListDensities"] = new(Roles.Reader, Reach.Role, new ListDensitiesRequest()),
        ["CatalogService/ListGrants"] = new(Roles.Reader, Reach.Role, new ListGrantsRequest()),
        ["FeedService/Watch"] = new(Roles.Reader, Reach.Rows, new WatchRequest { StartAt = WatchStart.Earliest }),
        ["MetricService/QueryObservations"] = new(Roles.Reader, Reach.Rows, new QueryObservationsRequest()),
        ["MetricService/StreamObservations"] = new(Roles.Reader, Reach.Rows, new StreamObservationsRequest()),
        ["MetricService/CompareMetrics"] = new(Roles.Reader, Reach.Rows, Compared),
        ["MetricService/ExplainValue"] = new(Roles.Reader, Reach.Rows, new ExplainValueRequest { Comparison = Compared, Region = "510300" }),
        ["MetricService/GetAttainment"] = new(Roles.Reader, Reach.Rows, new GetAttainmentRequest { Region = "510300" }),
        ["MetricService/ListRevisions"] = new(
            Roles.Reader, Reach.Rows, new ListRevisionsRequest { Indicator = SharingHub.Conditional, Region = "510300", Period = "2024" }),
        ["MetricService/DiffObservations"] = new(Roles.Reader, Reach.Rows, new DiffObservationsRequest { Since = new AsOf { Position = 1 } }),
        ["ReportService/UploadReport"] = new(
            Roles.Reporter, Reach.Owner, new UploadReportRequest { Open = new UploadOpen { Report = MatrixTests.NewReport, ValidateOnly = true } }),
        ["ReportService/OpenUpload"] = new(Roles.Reporter, Reach.Owner, new OpenUploadRequest { Open = new UploadOpen { Report = MatrixTests.NewReport } }),
        ["ReportService/AppendRows"] = new(Roles.Reporter, Reach.Owner, new AppendRowsRequest { Report = MatrixTests.Report, Epoch = 1, Offset = 1 }),
        ["ReportService/CommitUpload"] = new(Roles.Reporter, Reach.Owner, new CommitUploadRequest { Report = MatrixTests.Report, Epoch = 1, Commit = new UploadCommit { RowCount = 1 } }),
        ["ReportService/SubmitReport"] = new(
            Roles.Reporter, Reach.Owner, new SubmitReportRequest { Report = MatrixTests.NewReport, ValidateOnly = true, Rows = { SharingHub.Row("west", SharingHub.Free, "2024", "1") } }),
        ["ReportService/NameReport"] = new(
            Roles.Reporter, Reach.Owner, new NameReportRequest { Parent = "organizations/west", ContentHash = Google.Protobuf.ByteString.CopyFrom(new byte[32]) }),
        ["ReportService/GetReport"] = new(Roles.Reporter, Reach.Owner, new GetReportRequest { Name = MatrixTests.Report }),
        ["ReportService/ListReports"] = new(Roles.Reporter, Reach.Owner, new ListReportsRequest { Parent = "organizations/west" }),
        ["ReportService/ListFindings"] = new(Roles.Reporter, Reach.Owner, new ListFindingsRequest { Parent = MatrixTests.Report }),
        ["ReportService/AbortReport"] = new(Roles.Reporter, Reach.Owner, new AbortReportRequest { Name = MatrixTests.Report }),
        ["ReportService/WithdrawReport"] = new(Roles.Reporter, Reach.Owner, new WithdrawReportRequest { Name = MatrixTests.NewReport, Reason = "示例" }),
        ["ReportService/RetractReport"] = new(Roles.Reporter, Reach.Owner, new RetractReportRequest { Name = MatrixTests.NewReport, Reason = "示例" }),
    };

    /// <summary>Every method of every service of the contract: they are found, not listed.</summary>
    public static IReadOnlyList<MethodDescriptor> Methods { get; } =
    [
        .. typeof(CatalogService).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal) && type.Namespace == typeof(CatalogService).Namespace)
            .Select(type => (FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!)
            .SelectMany(file => file.Services)
            .SelectMany(service => service.Methods),
    ];
}
