using WasteFree.Exchange.Tests.Shared;
using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Metrics;

/// <summary>Indicators and regions go by code or by full name, in Chinese or English, wherever the hub is asked.</summary>
public sealed class NamingTests(NamingTests.Hub shared) : IClassFixture<NamingTests.Hub>
{
    [Theory]
    [InlineData("危险废物产生量", "雅安市")]
    [InlineData("hazardous waste GENERATED", " Ya'an ")]
    [InlineData("HUB-HW-GEN", "511800")]
    public async Task A_query_takes_codes_and_full_names_and_answers_in_codes(string indicator, string region)
    {
        var answer = await shared.Metrics.QueryObservationsAsync(
            new QueryObservationsRequest { Filter = Asking(indicator, region) }, cancellationToken: Cancelled);

        var observation = Assert.Single(answer.Observations).Observation;
        Assert.Equal(("HUB-HW-GEN", "511800", "7.50"), (observation.Indicator, observation.Region, observation.Value));
    }

    [Fact]
    public async Task A_comparison_takes_names_and_the_same_thing_twice_is_one_row()
    {
        var request = new CompareMetricsRequest { Periods = { "2024" } };
        request.Indicators.Add(["危险废物产生量", "HUB-HW-GEN"]);
        request.Regions.Add(["雅安市", "511800", "Ya'an"]);

        var comparison = Assert.Single((await shared.Metrics.CompareMetricsAsync(request, cancellationToken: Cancelled)).Comparisons);

        Assert.Equal("HUB-HW-GEN", comparison.Indicator.Code);
        Assert.Equal(("511800", "7.50"), (Assert.Single(comparison.Cells).Region, comparison.Cells[0].Value));
    }

    [Fact]
    public async Task A_watch_takes_names()
    {
        var request = new WatchRequest { StartAt = WatchStart.Earliest, Filter = Asking("危险废物产生量", "雅安市") };
        using var call = shared.Feed.Watch(request, cancellationToken: Cancelled);
        await foreach (var message in call.ResponseStream.ReadAllAsync(Cancelled))
        {
            if (message.MessageCase == WatchResponse.MessageOneofCase.CaughtUp) Assert.Fail("The change was not told.");
            if (message.MessageCase == WatchResponse.MessageOneofCase.Change) break;
        }
    }

    [Theory]
    [InlineData("危险废物产生", "", ErrorReason.IndicatorUnknown, "filter.indicators[0]", "HUB-HW-GEN 危险废物产生量")]
    [InlineData("Hazardous waste genarated", "", ErrorReason.IndicatorUnknown, "filter.indicators[0]", "HUB-HW-GEN 危险废物产生量")]
    [InlineData("", "万洲区", ErrorReason.RegionUnknown, "filter.regions[0]", "500101 万州区")]
    [InlineData("", "萬州區", ErrorReason.RegionUnknown, "filter.regions[0]", "500101 万州区")]
    [InlineData("", "５００１０１", ErrorReason.RegionUnknown, "filter.regions[0]", "500101 万州区")]
    [InlineData("", "开县", ErrorReason.RegionUnknown, "filter.regions[0]", "500154 开州区（原 开县）")]
    [InlineData("", "511880", ErrorReason.RegionUnknown, "filter.regions[0]", "511800 雅安市")]
    public async Task An_unknown_name_is_refused_with_the_nearest_known(string indicator, string region, ErrorReason reason, string field, string nearest)
    {
        var refused = await QueryRefusedAsync(Asking(indicator, region));

        Assert.Equal((reason, field), (refused.Reason, refused.Field));
        Assert.Contains(nearest, refused.MessageEn, StringComparison.Ordinal);
        Assert.Contains(nearest, refused.MessageZh, StringComparison.Ordinal);
        Assert.Contains(nearest, refused.Metadata["nearest"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_several_codes_is_refused_with_all_of_them()
    {
        var regions = await QueryRefusedAsync(Asking("", "鼓楼区"));
        Assert.Equal((ErrorReason.NameAmbiguous, "filter.regions[0]"), (regions.Reason, regions.Field));
        Assert.Contains("X-1 鼓楼区, X-2 鼓楼区", regions.MessageEn, StringComparison.Ordinal);
        Assert.Contains("X-1 鼓楼区, X-2 鼓楼区", regions.MessageZh, StringComparison.Ordinal);

        var indicators = await QueryRefusedAsync(Asking("sample", ""));
        Assert.Equal((ErrorReason.NameAmbiguous, "filter.indicators[0]"), (indicators.Reason, indicators.Field));
        Assert.Contains("T-A 甲示例, T-B 乙示例", indicators.MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_goes_before_a_name_that_is_written_alike()
    {
        // X-2 is the name of X-3, and a code of its own.
        var answer = await shared.Metrics.CompareMetricsAsync(
            new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "X-2" }, Periods = { "2024" } }, cancellationToken: Cancelled);

        Assert.Equal("X-2", answer.Comparisons[0].Cells[0].Region);
    }

    [Fact]
    public async Task A_name_that_scores_of_regions_share_is_refused_in_a_status_of_bounded_size()
    {
        var refused = await QueryRefusedAsync(Asking("", "开发区"));

        Assert.Equal(ErrorReason.NameAmbiguous, refused.Reason);
        Assert.EndsWith(", Z-19 开发区, Z-20 开发区, ….", refused.MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_several_regions_shows_where_each_lies()
    {
        var refused = await QueryRefusedAsync(Asking("", "南区"));
        Assert.EndsWith(": S-1 南区（甲市（示例），重庆市）, S-2 南区（乙市（示例），重庆市）.", refused.MessageEn, StringComparison.Ordinal);
        Assert.Contains("S-1 南区（甲市（示例），重庆市）", refused.MessageZh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024", "CQX-LJXQ")]
    [InlineData("2025", "500157")] // its last day decides
    [InlineData("2026", "500157")]
    public async Task A_name_means_the_region_that_bears_it_at_the_end_of_the_period(string period, string region)
    {
        var request = new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "两江新区" }, Periods = { period } };
        var comparison = Assert.Single((await shared.Metrics.CompareMetricsAsync(request, cancellationToken: Cancelled)).Comparisons);
        Assert.Equal(region, Assert.Single(comparison.Cells).Region);
    }

    [Fact]
    public async Task A_name_that_passed_on_means_each_region_in_its_own_tables_and_all_of_them_in_a_query()
    {
        var request = new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "两江新区" }, Periods = { "2024", "2026" } };
        var comparisons = (await shared.Metrics.CompareMetricsAsync(request, cancellationToken: Cancelled)).Comparisons;
        Assert.Equal(["CQX-LJXQ", "500157"], comparisons.Select(table => Assert.Single(table.Cells).Region));
        Assert.Empty((await shared.Metrics.QueryObservationsAsync(new QueryObservationsRequest { Filter = Asking("", "两江新区") }, cancellationToken: Cancelled)).Observations);

        request = new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Scheme = "NATIONAL-14FYP", Periods = { "2024", "2026" } };
        comparisons = (await shared.Metrics.CompareMetricsAsync(request, cancellationToken: Cancelled)).Comparisons;
        Assert.Equal([19, 17], comparisons.Select(table => table.Cells.Count));
        Assert.Equal([true, false], comparisons.Select(table => table.Cells.Any(cell => cell.Region == "500105")));
        Assert.Equal([false, true], comparisons.Select(table => table.Cells.Any(cell => cell.Region == "500157")));

        request = new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Scheme = "national-14fyp", Periods = { "latest" } };
        Assert.Equal(17, Assert.Single((await shared.Metrics.CompareMetricsAsync(request, cancellationToken: Cancelled)).Comparisons).Cells.Count);
    }

    [Fact]
    public async Task Descendants_are_all_regions_below_at_any_depth()
    {
        var request = new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, DescendantsOf = "四川省", Periods = { "2024" } };
        var cells = Assert.Single((await shared.Metrics.CompareMetricsAsync(request, cancellationToken: Cancelled)).Comparisons).Cells;
        Assert.Equal(45, cells.Count);
        Assert.Contains(cells, cell => cell.Region == "511827");

        request.DescendantsOf = "511827";
        var refused = await Refused.ByAsync(shared.Metrics.CompareMetricsAsync(request, cancellationToken: Cancelled));
        Assert.Equal((ErrorReason.FieldInvalid, "descendants_of"), (refused.Reason, refused.Field));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static ObservationFilter Asking(string indicator, string region)
    {
        var filter = new ObservationFilter();
        if (indicator.Length > 0) filter.Indicators.Add(indicator);
        if (region.Length > 0) filter.Regions.Add(region);
        return filter;
    }

    private Task<Refused> QueryRefusedAsync(ObservationFilter filter) =>
        Refused.ByAsync(shared.Metrics.QueryObservationsAsync(new QueryObservationsRequest { Filter = filter }, cancellationToken: Cancelled));

    /// <summary>A hub with one value, and with names that several codes bear (示例).</summary>
    public sealed class Hub : IAsyncLifetime
    {
        private RunningHub? _hub;

        internal MetricService.MetricServiceClient Metrics => HubFolder.Require(_hub).Metrics;

        internal FeedService.FeedServiceClient Feed => HubFolder.Require(_hub).Feed;

        public async ValueTask InitializeAsync()
        {
            if (SqlServerForTests.IsMissing) return;
            _hub = await RunningHub.StartAsync();
            var scores = string.Concat(Enumerable.Range(1, 60).Select(i => $"Z-{i:D2},开发区,\n"));
            await _hub.Admin.LoadCatalogAsync(
                new LoadCatalogRequest
                {
                    Tables =
                    {
                        Table(CatalogTableKind.Regions, "code,name_zh,name_en\nX-2,鼓楼区,Gulou\nX-1,鼓楼区,Drum Tower\nX-3,钟楼区,X-2\n" + scores),
                        Table(CatalogTableKind.Regions, "code,name_zh,parent_code\nS,甲市（示例）,500000\nT,乙市（示例）,500000\nS-1,南区,S\nS-2,南区,T\n"),
                        Table(CatalogTableKind.Indicators, "code,name_zh,name_en,unit,kind,direction\nT-B,乙示例,Sample,t,amount,lower\nT-A,甲示例,Sample,t,amount,lower\n"),
                    },
                },
                RunningHub.AsAdmin);
            var report = Rows.Report("named", Rows.Tonnes("2024", "7.50"));
            Assert.NotNull((await _hub.Reports.SubmitReportAsync(report, RunningHub.As(Rows.Reporter))).Committed);
        }

        public ValueTask DisposeAsync() => _hub?.DisposeAsync() ?? default;

        private static CatalogTable Table(CatalogTableKind kind, string csv) =>
            new() { Kind = kind, Name = $"{kind}.csv", Csv = ByteString.CopyFromUtf8(csv) };
    }
}
