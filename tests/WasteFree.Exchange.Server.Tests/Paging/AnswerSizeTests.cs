using WasteFree.Exchange.Server.Tests.Comparability;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Paging;

/// <summary>No answer is larger than 1 MB, and its pages together are all there is, each element once and in order.</summary>
public sealed class AnswerSizeTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory, InlineData(1), InlineData(2)]
    public async Task Every_list_of_a_large_store_closes_its_pages_at_1_MB_and_leaves_nothing_out(int seed)
    {
        await using var store = await LargeStore.StartAsync(seed);
        var (metrics, catalog) = (store.Hub.Hub.Metrics, store.Hub.Hub.Catalog);
        var places = Enumerable.Range(0, LargeStore.Regions).Select(LargeStore.Place).ToList();

        var observations = await EveryPage.OfAsync(metrics.QueryObservationsAsync, new QueryObservationsRequest { PageSize = 10_000, Filter = new ObservationFilter { Indicators = { "T-AMOUNT" } } });
        AssertMany(observations.Count);
        Assert.Equal(places, observations.SelectMany(page => page.Observations).Select(row => row.Observation.Region).Order());

        var revisions = await EveryPage.OfAsync(metrics.ListRevisionsAsync, new ListRevisionsRequest { PageSize = 10_000, Indicator = "T-STOCK", Region = "A", Period = "2023" });
        AssertMany(revisions.Count);
        Assert.Equal(Enumerable.Range(0, LargeStore.Revisions).Select(i => $"{i}"), revisions.SelectMany(page => page.Revisions).Select(revision => revision.Observation.Observation.Value));

        var differences = await EveryPage.OfAsync(metrics.DiffObservationsAsync, new DiffObservationsRequest { PageSize = 10_000, Since = new AsOf { Position = 1 } });
        AssertMany(differences.Count);
        Assert.Equal(LargeStore.Regions + 1, differences.Sum(page => page.Differences.Count));

        var attainments = await EveryPage.OfAsync(metrics.GetAttainmentAsync, new GetAttainmentRequest { PageSize = 10_000, Within = "2023", IncludeMessages = true });
        AssertMany(attainments.Count);
        Assert.Equal(places, attainments.SelectMany(page => page.Attainments).Select(one => one.Target.Region).Where(region => region.StartsWith('L')));
        Assert.Single(attainments.Select(page => (page.Position, page.Date)).Distinct());

        var regions = await EveryPage.OfAsync(catalog.ListRegionsAsync, new ListRegionsRequest { PageSize = 10_000 });
        AssertMany(regions.Count);
        Assert.Equal(places, regions.SelectMany(page => page.Regions).Select(region => region.Code).Where(code => code.StartsWith('L')));
        Assert.Single(regions.Select(page => page.CatalogVersion).Distinct());

        var targets = await EveryPage.OfAsync(catalog.ListTargetsAsync, new ListTargetsRequest { PageSize = 10_000 });
        AssertMany(targets.Count);
        Assert.Equal(LargeStore.Regions, targets.SelectMany(page => page.Targets).Count(target => target.Id.StartsWith('N')));

        var tables = await EveryPage.OfAsync(
            metrics.CompareMetricsAsync,
            new CompareMetricsRequest { Indicators = { "T-AMOUNT", "T-COUNT", "T-STOCK" }, Periods = { "2020", "2021", "2022", "2023" }, ChildrenOf = "P", IncludeMessages = true, Growth = { GrowthBasis.PreviousPeriod } });
        AssertMany(tables.Count);
        Assert.Equal(12 * (LargeStore.Regions + 4), EveryPage.Tables(tables).Sum(table => table.Cells.Count));

        foreach (var list in new Func<Task<int>>[]
        {
            async () => (await EveryPage.OfAsync(catalog.ListIndicatorsAsync, new ListIndicatorsRequest { PageSize = 1 })).Sum(page => page.Indicators.Count),
            async () => (await EveryPage.OfAsync(catalog.ListRegionSchemesAsync, new ListRegionSchemesRequest { PageSize = 1 })).Sum(page => page.Schemes.Count),
            async () => (await EveryPage.OfAsync(catalog.ListCategoriesAsync, new ListCategoriesRequest { PageSize = 1 })).Sum(page => page.Categories.Count),
            async () => (await EveryPage.OfAsync(catalog.ListTasksAsync, new ListTasksRequest { PageSize = 1 })).Sum(page => page.Tasks.Count),
            async () => (await EveryPage.OfAsync(catalog.ListOrganizationsAsync, new ListOrganizationsRequest { PageSize = 1 })).Sum(page => page.Organizations.Count),
            async () => (await EveryPage.OfAsync(catalog.ListMandatesAsync, new ListMandatesRequest { PageSize = 1 })).Sum(page => page.Mandates.Count),
        }) Assert.True(await list() > 0);
        Assert.Equal(LargeStore.Regions + 1, await SnapshotAsync(store));
    }

    [Fact]
    public async Task A_comparison_is_the_same_whatever_the_size_of_its_pages()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync([.. "ABCDE".SelectMany((place, i) => new[] { "2021", "2022", "2023" }.Select(year => MadeUp.Value("T-AMOUNT", $"{place}", year, $"{i + 1}")))]);
        var request = new CompareMetricsRequest
        {
            Indicators = { "T-COUNT", "T-AMOUNT", "T-STOCK" }, Periods = { "2022", "latest", "2023", "2022" }, Regions = { "D", "A", "E" }, ChildrenOf = "P",
            Growth = { GrowthBasis.PreviousPeriod }, IncludeMessages = true,
        };
        var whole = await hub.Hub.Metrics.CompareMetricsAsync(request, cancellationToken: Cancelled);
        Assert.Equal("", whole.NextPageToken);
        for (var size = 1; size <= 20; size++)
        {
            var pages = await EveryPage.OfAsync(hub.Hub.Metrics.CompareMetricsAsync, new CompareMetricsRequest(request) { PageSize = size });
            Assert.All(pages, page => Assert.True(page.Comparisons.Sum(table => table.Cells.Count) <= size));
            Assert.Equal(whole.Comparisons, EveryPage.Tables(pages));
        }
    }

    [Fact]
    public async Task All_pages_of_a_comparison_read_the_position_of_the_first()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync([.. "ABCD".Select((place, i) => MadeUp.Value("T-AMOUNT", $"{place}", "2023", $"{i + 1}"))]);
        var request = MetricHub.Question("T-AMOUNT", "2023", "A B C D", asked => asked.PageSize = 2);
        var first = await hub.Hub.Metrics.CompareMetricsAsync(request, cancellationToken: Cancelled);
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "C", "2023", "99"), MadeUp.Value("T-AMOUNT", "A", "2023", "98"));
        request.PageToken = first.NextPageToken;
        var second = await hub.Hub.Metrics.CompareMetricsAsync(request, cancellationToken: Cancelled);
        Assert.Equal((first.Position, first.CatalogVersion), (second.Position, second.CatalogVersion));
        // Less is better: the ranks are those of all four, on both pages.
        Assert.Equal([1, 2, 3, 4], EveryPage.Tables([first, second]).Single().Cells.Select(cell => cell.Rank));
        Assert.Equal("10", first.Comparisons.Single().Aggregate.Value);
    }

    [Fact]
    public async Task An_explanation_that_no_answer_can_hold_is_refused_with_its_size()
    {
        await using var hub = await MetricHub.StartAsync();
        foreach (var place in "ABCD")
        {
            var days = Enumerable.Range(0, 365).Select(day => MadeUp.Value("T-AMOUNT", $"{place}", new DateOnly(2023, 1, 1).AddDays(day).ToString("yyyy-MM-dd"), "1")).ToArray();
            foreach (var row in days) row.Note = new string('示', 500);
            await hub.SubmitAsync(days[..200]);
            await hub.SubmitAsync(days[200..]);
        }
        var request = new ExplainValueRequest { Comparison = MetricHub.Question("T-AMOUNT", "2023", "A B C D", asked => asked.RollUp = true) };

        var refused = await Refused.ByAsync(hub.Hub.Metrics.ExplainValueAsync(request, cancellationToken: Cancelled));

        Assert.Equal(ErrorReason.QueryTooLarge, refused.Reason);
        Assert.True(long.Parse(refused.Metadata["steps"]) > 4 * 365, refused.MessageEn);
        Assert.Equal("max_page_bytes", refused.Metadata["limit"]);
        Assert.Contains(refused.Metadata["limit_value"], refused.MessageEn, StringComparison.Ordinal);
        // One region of it is an answer.
        request.Region = "A";
        var told = await hub.Hub.Metrics.ExplainValueAsync(request, cancellationToken: Cancelled);
        Assert.True(told.CalculateSize() <= EveryPage.Most);
        Assert.Equal("365", told.Explanation.Value);
    }

    /// <summary>A message of a watch has no page, and is small all the same.</summary>
    private static async Task<int> SnapshotAsync(LargeStore store)
    {
        var rows = 0;
        using var watch = store.Hub.Hub.Feed.Watch(new WatchRequest { StartAt = WatchStart.Snapshot }, cancellationToken: Cancelled);
        while (await watch.ResponseStream.MoveNext(Cancelled) && watch.ResponseStream.Current.SnapshotEnd is null)
        {
            Assert.True(watch.ResponseStream.Current.CalculateSize() <= EveryPage.Most);
            rows += watch.ResponseStream.Current.SnapshotPart.Observations.Count;
        }
        return rows;
    }

    private static void AssertMany(int pages) => Assert.True(pages > 1, "It is not large.");
}
