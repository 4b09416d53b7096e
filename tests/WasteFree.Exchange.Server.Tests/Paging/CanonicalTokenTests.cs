using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.Server.Tests.Comparability;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Paging;

/// <summary>A token belongs to a question, however the question is written.</summary>
public sealed class CanonicalTokenTests : IAsyncLifetime
{
    private MetricHub _hub = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _hub = await MetricHub.StartAsync();
        await _hub.SubmitAsync([.. "ABCD".SelectMany(place => new[] { "2022", "2023" }.Select(year => MadeUp.Value("T-AMOUNT", $"{place}", year, "1")))]);
        await _hub.SubmitAsync([.. "ABCD".Select(place => MadeUp.Value("T-AMOUNT", $"{place}", "2023", "2"))]);
        await _hub.LoadAsync(CatalogTableKind.Targets, "target_id,region,period,indicator,relation,name_zh,comparator,value,unit\nN1,A,2023,T-AMOUNT,same,示例,<=,5,t\nN2,A,2023,T-AMOUNT,same,示例,<=,1,t\n");
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Order_repetition_and_name_or_code_make_no_other_question()
    {
        var filter = new ObservationFilter { Indicators = { "T-AMOUNT" }, Regions = { "A", "B" }, Periods = { "2022", "2023" } };
        var same = new ObservationFilter { Indicators = { "示例产生量", "T-AMOUNT" }, Regions = { "示例乙市", "Sample City A", "B" }, Periods = { "2023-A1", "2022", "2023" } };
        var other = new ObservationFilter(filter) { IncludeIllustrative = true };
        await AssertAsync(_hub.Hub.Metrics.QueryObservationsAsync, new QueryObservationsRequest { Filter = filter }, new QueryObservationsRequest { Filter = same }, new QueryObservationsRequest { Filter = other });

        await AssertAsync(
            _hub.Hub.Metrics.DiffObservationsAsync,
            new DiffObservationsRequest { Filter = filter, Since = At(1) }, new DiffObservationsRequest { Filter = same, Since = At(1) }, new DiffObservationsRequest { Filter = filter, Since = At(2) });
        await AssertAsync(
            _hub.Hub.Metrics.ListRevisionsAsync,
            new ListRevisionsRequest { Indicator = "T-AMOUNT", Region = "A", Period = "2023" },
            new ListRevisionsRequest { Indicator = "示例产生量", Region = "示例甲市", Period = "2023-A1", Scope = "WHOLE", Category = "_T" },
            new ListRevisionsRequest { Indicator = "T-AMOUNT", Region = "B", Period = "2023" });
        await AssertAsync(
            _hub.Hub.Metrics.GetAttainmentAsync,
            new GetAttainmentRequest { Region = "A", Period = "2023" }, new GetAttainmentRequest { Region = "Sample City A", Period = "2023-A1" }, new GetAttainmentRequest { Region = "A" });
        await AssertAsync(
            _hub.Hub.Catalog.ListRegionsAsync,
            new ListRegionsRequest { AsOf = At(await _hub.PositionAsync()) }, new ListRegionsRequest { AsOf = At(await _hub.PositionAsync()) }, new ListRegionsRequest { AsOf = At(1) });
    }

    [Fact]
    public async Task The_order_of_a_comparison_is_part_of_it_and_its_spelling_is_not()
    {
        var asked = MetricHub.Question("T-AMOUNT", "2023", "A B C");
        var same = MetricHub.Question("示例产生量", "2023-A1", "A B C B");
        same.Regions[1] = "示例乙市";
        (same.Scope, same.Category) = ("WHOLE", "_T");
        await AssertAsync(_hub.Hub.Metrics.CompareMetricsAsync, asked, same, MetricHub.Question("T-AMOUNT", "2023", "B A C"));
        CompareMetricsRequest Of(string scheme) => new() { Indicators = { "T-AMOUNT" }, Periods = { "2023" }, Scheme = scheme, PageSize = asked.PageSize };
        await AssertAsync(_hub.Hub.Metrics.CompareMetricsAsync, Of("REPORTING-UNITS"), Of("共建报送单元"), Of("CIRCLE"));
        foreach (var change in new Action<CompareMetricsRequest>[]
        {
            other => other.Unit = "kg", other => other.RollUp = true, other => other.IncludeMessages = true, other => other.Growth.Add(GrowthBasis.PreviousPeriod),
            other => other.Periods.Add("2022"), other => other.Indicators.Add("T-STOCK"), other => other.Source = MadeUp.Bureau, other => other.Scope = "URBAN", other => other.AsOf = At(3),
        })
        {
            var other = asked.Clone();
            change(other);
            await AssertAsync(_hub.Hub.Metrics.CompareMetricsAsync, asked, asked, other);
        }
    }

    [Fact]
    public async Task A_token_of_one_list_is_none_of_another()
    {
        var token = (await _hub.Hub.Catalog.ListRegionsAsync(new ListRegionsRequest { PageSize = 1 }, cancellationToken: Cancelled)).NextPageToken;
        var refused = await Refused.ByAsync(_hub.Hub.Catalog.ListIndicatorsAsync(new ListIndicatorsRequest { PageToken = token }, cancellationToken: Cancelled));
        Assert.Equal((ErrorReason.PageTokenInvalid, "page_token"), (refused.Reason, refused.Field));
    }

    [Fact]
    public async Task A_stream_and_a_watch_go_on_for_the_same_filter_in_other_words()
    {
        var filter = new ObservationFilter { Indicators = { "T-AMOUNT" }, Regions = { "A", "B" } };
        var same = new ObservationFilter { Indicators = { "示例产生量" }, Regions = { "B", "示例甲市", "B" } };
        var other = new ObservationFilter { Indicators = { "T-AMOUNT" }, Regions = { "A" } };

        var batch = await FirstAsync(_hub.Hub.Metrics.StreamObservations(new StreamObservationsRequest { Filter = filter }, cancellationToken: Cancelled));
        Assert.Equal(0, (await FirstAsync(_hub.Hub.Metrics.StreamObservations(new StreamObservationsRequest { Filter = same, ResumeToken = batch.Batch.ResumeToken }, cancellationToken: Cancelled))).End.Count);
        await Refused.ByAsync(() => FirstAsync(_hub.Hub.Metrics.StreamObservations(new StreamObservationsRequest { Filter = other, ResumeToken = batch.Batch.ResumeToken }, cancellationToken: Cancelled)));

        var part = await FirstAsync(_hub.Hub.Feed.Watch(new WatchRequest { Filter = filter, StartAt = WatchStart.Snapshot }, cancellationToken: Cancelled));
        Assert.Equal(4, (await FirstAsync(_hub.Hub.Feed.Watch(new WatchRequest { Filter = same, ResumeToken = part.ResumeToken }, cancellationToken: Cancelled))).SnapshotEnd.Count);
        var refused = await Refused.ByAsync(() => FirstAsync(_hub.Hub.Feed.Watch(new WatchRequest { Filter = other, ResumeToken = part.ResumeToken }, cancellationToken: Cancelled)));
        Assert.Equal(ErrorReason.ResumeTokenInvalid, refused.Reason);
    }

    private static AsOf At(long position) => new() { Position = position };

    private static async Task<T> FirstAsync<T>(AsyncServerStreamingCall<T> call)
    {
        using (call)
        {
            Assert.True(await call.ResponseStream.MoveNext(Cancelled));
            return call.ResponseStream.Current;
        }
    }

    /// <summary>The token of a question goes on with the same one in other words, from where it was, and with no other.</summary>
    private static async Task AssertAsync<TRequest, TPage>(
        Func<TRequest, Metadata?, DateTime?, CancellationToken, AsyncUnaryCall<TPage>> call, TRequest asked, TRequest same, TRequest other)
        where TRequest : IMessage<TRequest>
        where TPage : IMessage<TPage>
    {
        var token = Token(await AskAsync(asked, ""));
        Assert.NotEqual("", token);
        Assert.Equal(Bare(await AskAsync(asked, token)), Bare(await AskAsync(same, token)));
        var refused = await Refused.ByAsync(() => AskAsync(other, token));
        Assert.Equal((ErrorReason.PageTokenInvalid, "page_token"), (refused.Reason, refused.Field));

        async Task<TPage> AskAsync(TRequest request, string pageToken)
        {
            var page = request.Clone();
            page.Descriptor.FindFieldByName("page_size").Accessor.SetValue(page, 1);
            page.Descriptor.FindFieldByName("page_token").Accessor.SetValue(page, pageToken);
            return await call(page, null, null, Cancelled);
        }
    }

    private static string Token(IMessage page) => (string)page.Descriptor.FindFieldByName("next_page_token").Accessor.GetValue(page);

    /// <summary>A token is sealed anew each time.</summary>
    private static TPage Bare<TPage>(TPage page)
        where TPage : IMessage<TPage>
    {
        page.Descriptor.FindFieldByName("next_page_token").Accessor.Clear(page);
        return page;
    }
}
