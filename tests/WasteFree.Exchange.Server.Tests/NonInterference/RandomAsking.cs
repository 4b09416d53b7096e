using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WasteFree.Exchange.Server.Tests.Comparability;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Server.Tests.NonInterference;

/// <summary>Random requests to every method, with every option that it has; some of them are faulty.</summary>
internal sealed class RandomAsking(Random random, TwinHistory history, string caller, long head, DateTimeOffset now)
{
    private static readonly string[] Words = ["N-OPEN", "示例开放量", "示例有条件量", "HUB-HW-GEN"];

    private static readonly string[] Places = ["自贡市", "示例西二区", "Sample West Three"];

    private int _sent;

    /// <param name="method">Service and method, as <c>MetricService/CompareMetrics</c>.</param>
    public IMessage To(string method) => method switch
    {
        "MetricService/QueryObservations" => new QueryObservationsRequest { Filter = Filter(), AsOf = Sometimes(3, AsOf), PageSize = Size() },
        "MetricService/StreamObservations" => new StreamObservationsRequest { Filter = Filter(), AsOf = Sometimes(3, AsOf) },
        "MetricService/CompareMetrics" => Comparison(),
        "MetricService/ExplainValue" => Explanation(),
        "MetricService/GetAttainment" => Attainment(),
        "MetricService/ListRevisions" => Revisions(),
        "MetricService/DiffObservations" => new DiffObservationsRequest { Filter = Filter(), Since = AsOf(), AsOf = Sometimes(3, AsOf), PageSize = Size() },
        "FeedService/Watch" => Watch(),
        "CatalogService/GetServerInfo" => new GetServerInfoRequest(),
        "CatalogService/ListIndicators" => new ListIndicatorsRequest { AsOf = Sometimes(2, AsOf) },
        "CatalogService/ListRegions" => new ListRegionsRequest { AsOf = Sometimes(2, AsOf) },
        "CatalogService/ListRegionSchemes" => new ListRegionSchemesRequest { AsOf = Sometimes(2, AsOf) },
        "CatalogService/ListCategories" => new ListCategoriesRequest { AsOf = Sometimes(2, AsOf) },
        "CatalogService/ListTargets" => new ListTargetsRequest { AsOf = Sometimes(2, AsOf) },
        "CatalogService/ListTasks" => new ListTasksRequest { AsOf = Sometimes(2, AsOf) },
        "CatalogService/ListOrganizations" => new ListOrganizationsRequest { AsOf = Sometimes(2, AsOf) },
        "CatalogService/ListMandates" => new ListMandatesRequest { AsOf = Sometimes(2, AsOf) },
        "CatalogService/ListBridges" => new ListBridgesRequest { AsOf = Sometimes(2, AsOf) },
        "CatalogService/ListDensities" => new ListDensitiesRequest { AsOf = Sometimes(2, AsOf) },
        "CatalogService/ListGrants" => new ListGrantsRequest { AsOf = Sometimes(2, AsOf) },
        "ReportService/NameReport" => new NameReportRequest
        {
            Parent = $"organizations/{Organization()}", ContentHash = Google.Protobuf.ByteString.CopyFrom(new byte[random.Next(8) == 0 ? 31 : 32]),
        },
        "ReportService/GetReport" => new GetReportRequest { Name = Report() },
        "ReportService/ListReports" => new ListReportsRequest { Parent = $"organizations/{Organization()}", PageSize = Size() },
        "ReportService/ListFindings" => new ListFindingsRequest { Parent = Report(), PageSize = Size() },
        "ReportService/AbortReport" => new AbortReportRequest { Name = Report() },
        "ReportService/WithdrawReport" => new WithdrawReportRequest { Name = Report(), Reason = "示例" },
        "ReportService/RetractReport" => new RetractReportRequest { Name = Report(), Reason = "示例" },
        "ReportService/SubmitReport" => Submit(),
        "ReportService/OpenUpload" => new OpenUploadRequest { Open = new UploadOpen { Report = NewReport() } },
        "ReportService/AppendRows" => new AppendRowsRequest { Report = Report(), Epoch = 1, Offset = random.Next(3) },
        "ReportService/CommitUpload" => new CommitUploadRequest { Report = Report(), Epoch = 1, Commit = new UploadCommit { RowCount = 1 } },
        "ReportService/UploadReport" => new UploadReportRequest { Open = new UploadOpen { Report = NewReport(), ValidateOnly = random.Next(2) == 0 } },
        _ => throw new InvalidOperationException($"Nobody has said what to ask {method}."),
    };

    private ObservationFilter Filter()
    {
        var filter = new ObservationFilter { IncludeIllustrative = random.Next(3) == 0 };
        if (random.Next(2) == 0) filter.Indicators.Add(Some(TwinTables.Indicators, 3));
        if (random.Next(12) == 0) filter.Indicators.Add(Pick([.. Words, "N-NONE"]));
        if (random.Next(3) == 0) filter.Regions.Add(Some(TwinTables.Regions, 4));
        if (random.Next(12) == 0) filter.Regions.Add(Pick([.. Places, "999999"]));
        if (random.Next(5) == 0) filter.Scopes.Add(Some(["WHOLE", "URBAN", "RURAL"], 2));
        if (random.Next(5) == 0) filter.Categories.Add(Some(["_T", "NK1", "NK2"], 2));
        if (random.Next(4) == 0) filter.Periods.Add(Some(TwinTables.Periods, 4));
        if (random.Next(6) == 0) filter.PeriodFrom = Pick("2022", "2024", "2024-Q2");
        if (random.Next(6) == 0) filter.PeriodTo = Pick("2022", "2024-Q3", "2025");
        if (random.Next(4) == 0) filter.Organizations.Add(Some(["west", "far", "office", "east", "near", "guest", "shown"], 2));
        return filter;
    }

    private CompareMetricsRequest Comparison()
    {
        var request = new CompareMetricsRequest { IncludeIllustrative = random.Next(3) == 0, RollUp = random.Next(2) == 0 };
        request.Indicators.Add(Some(TwinTables.Indicators, 2));
        switch (random.Next(6))
        {
            case 0:
                request.ChildrenOf = Pick("510000", "510300", "500000");
                break;
            case 1:
                request.DescendantsOf = Pick("510000", "510300");
                break;
            case 2:
                request.Scheme = Pick("REPORTING-UNITS", "CIRCLE", "CO-BUILDING-2022", "NATIONAL-14FYP");
                break;
            default:
                request.Regions.Add(Some(TwinTables.Regions, 6));
                break;
        }
        request.Periods.Add(random.Next(3) == 0 ? ["latest"] : Some([.. TwinTables.Periods.Where(period => period.Length == 4)], 2));
        if (random.Next(4) == 0)
        {
            request.Periods.Clear();
            request.Periods.Add(Pick(TwinTables.Periods));
        }
        if (random.Next(6) == 0) request.Scope = Pick("URBAN", "RURAL");
        if (random.Next(6) == 0) request.Category = Pick("NK1", "NK2");
        if (random.Next(5) == 0) request.Source = Pick("west", "far", "office", "guest", "east");
        request.AsOf = Sometimes(4, AsOf);
        if (random.Next(6) == 0) request.Unit = Pick("kg", "10*4.t", "1", "t/d", "万吨");
        if (random.Next(8) == 0) request.Version = Pick("1.0", "2.0");
        if (random.Next(8) == 0) request.Normalization = Pick(Normalization.PerCapita, Normalization.PerGdp);
        if (random.Next(3) == 0) request.Growth.Add(Some([GrowthBasis.PreviousPeriod, GrowthBasis.SamePeriodLastYear], 2));
        return request;
    }

    private ExplainValueRequest Explanation()
    {
        var request = Comparison();
        while (request.Indicators.Count > 1) request.Indicators.RemoveAt(1);
        while (request.Periods.Count > 1) request.Periods.RemoveAt(1);
        return new ExplainValueRequest { Comparison = request, Region = request.Regions.Count > 0 && random.Next(3) > 0 ? request.Regions[random.Next(request.Regions.Count)] : "" };
    }

    private GetAttainmentRequest Attainment()
    {
        var request = new GetAttainmentRequest { AsOf = Sometimes(4, AsOf), IncludeIllustrative = random.Next(3) == 0 };
        if (random.Next(2) == 0) request.Region = Pick("510300", "W1", "W2", "500103");
        if (random.Next(3) == 0) request.Period = "2024";
        else if (random.Next(2) == 0) request.Within = "2024";
        if (random.Next(4) == 0) request.Source = Pick("west", "office", "guest");
        return request;
    }

    private ListRevisionsRequest Revisions()
    {
        var request = new ListRevisionsRequest
        {
            Indicator = Pick(TwinTables.Indicators), Region = Pick(TwinTables.Regions), Period = Pick(TwinTables.Periods), AsOf = Sometimes(4, AsOf),
            IncludeIllustrative = random.Next(3) == 0, PageSize = Size(),
        };
        if (random.Next(4) == 0) request.Organization = Pick("west", "far", "office", "east");
        if (random.Next(6) == 0) request.Scope = Pick("URBAN", "RURAL");
        if (random.Next(6) == 0) request.Category = Pick("NK1", "NK2");
        return request;
    }

    private WatchRequest Watch()
    {
        var request = new WatchRequest { Filter = Filter(), Detail = Pick(WatchDetail.Observations, WatchDetail.Report) };
        if (random.Next(4) == 0) request.Since = AsOf();
        else request.StartAt = Pick(WatchStart.Earliest, WatchStart.Earliest, WatchStart.Snapshot, WatchStart.Snapshot, WatchStart.Now);
        return request;
    }

    private SubmitReportRequest Submit()
    {
        var request = new SubmitReportRequest { Report = NewReport(), ValidateOnly = random.Next(3) == 0, RowPolicy = Pick(RowPolicy.RejectReport, RowPolicy.Quarantine) };
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            var row = TwinTables.Row(Pick(TwinTables.Indicators), Pick(TwinTables.Regions), Pick(TwinTables.Periods), $"{random.Next(1, 1_000)}");
            if (TwinTables.IsRate(row.Indicator)) row.Value = $"{random.Next(1, 100)}";
            if (random.Next(6) == 0) row.Confidentiality = "C";
            request.Rows.Add(row);
        }
        return request;
    }

    /// <summary>Mostly a new one of the caller's own; now and then one that another organisation has, or has in one of the hubs, or has tried.</summary>
    private string NewReport() =>
        random.Next(3) == 0 ? Report() : Rows.Name($"asked-{head}-{++_sent}-{random.Next(1_000_000)}", caller);

    private string Report()
    {
        List<(string Organization, string Id)> known = random.Next(3) switch
        {
            0 => [.. history.Common.Where(report => report.Organization == caller)],
            1 => [.. history.Common, ("west", "never")],
            _ => [.. history.Hidden, .. history.Failed, ("far", "never")],
        };
        return known.Count == 0 ? Rows.Name("never", "west") : Rows.Name(known[random.Next(known.Count)].Id, known[random.Next(known.Count)].Organization);
    }

    private string Organization() => random.Next(2) == 0 ? caller : Pick("west", "far", "office", "nobody-at-all");

    /// <summary>Positions beyond the ledger and times before it are asked for, too.</summary>
    private AsOf AsOf() => random.Next(2) == 0
        ? At.Position(random.Next(1, (int)head + 2))
        : new AsOf { Time = now.AddHours(-random.Next(-2, 1_500)).ToTimestamp() };

    private int Size() => random.Next(3) == 0 ? 0 : random.Next(1, 6);

    private T? Sometimes<T>(int often, Func<T> make) where T : class => random.Next(often) == 0 ? make() : null;

    private IEnumerable<T> Some<T>(T[] items, int most) => random.GetItems(items, random.Next(1, most + 1)).Distinct();

    private T Pick<T>(params T[] items) => items[random.Next(items.Length)];
}
