using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Client.Tests;

public sealed class ExchangeClientTests : IAsyncLifetime
{
    private const int RowCount = 12_000;
    private static readonly ObservationFilter Everything = new() { IncludeIllustrative = true };

    private HubInProcess _hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubInProcess.StartAsync();
        using var connection = _hub.Connect();
        await connection.Uploader.UploadAsync(Rows.Upload("data", RowCount), null, Cancellation);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public void The_channel_repeats_what_the_contract_says_has_no_side_effects_and_answers_once()
    {
        Assert.True(ExchangeConnection.IsRead(MetricService.Descriptor.FindMethodByName("GetAttainment")));
        Assert.True(ExchangeConnection.IsRead(MetricService.Descriptor.FindMethodByName("ExplainValue")));
        Assert.True(ExchangeConnection.IsRead(AuditService.Descriptor.FindMethodByName("ListAuditEntries")));
        Assert.False(ExchangeConnection.IsRead(ReportService.Descriptor.FindMethodByName("AbortReport")));
        Assert.False(ExchangeConnection.IsRead(ReportService.Descriptor.FindMethodByName("SubmitReport")));
        Assert.False(ExchangeConnection.IsRead(AdminService.Descriptor.FindMethodByName("LoadCatalog")));
        Assert.False(ExchangeConnection.IsRead(FeedService.Descriptor.FindMethodByName("Watch")));
    }

    [Fact]
    public async Task A_stream_goes_on_after_a_cut_without_repeating_or_missing_a_row()
    {
        await using var relay = new CuttableRelay(_hub.Address, cutAtReceived: 700_000);
        using var connection = _hub.Connect(relay.Address);
        var seen = new List<string>();
        await foreach (var batch in connection.Client.StreamObservationsAsync(Everything, null, Cancellation))
            seen.AddRange(batch.Observations.Select(record => record.Observation.Value));
        Assert.True(relay.WasCut);
        Assert.Equal(
            Enumerable.Range(0, RowCount).Select(number => $"{number}.50").Order(StringComparer.Ordinal),
            seen.Order(StringComparer.Ordinal));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(7)]
    public async Task Answers_in_pages_are_given_whole(int size)
    {
        using var connection = _hub.Connect();
        var comparison = new CompareMetricsRequest
        {
            Indicators = { "HUB-HW-GEN", "ZW21-19" }, Regions = { "500101", "511800", "510100" }, Periods = { "2022", "2023" }, IncludeIllustrative = true,
        };
        var whole = await connection.Client.CompareMetricsAsync(comparison, Cancellation);
        Assert.Equal([3, 3, 3, 3], whole.Comparisons.Select(table => table.Cells.Count));
        // A token of the caller's own is not looked at.
        Assert.Equal(whole, await connection.Client.CompareMetricsAsync(new CompareMetricsRequest(comparison) { PageSize = size, PageToken = "x" }, Cancellation));

        var attainment = new GetAttainmentRequest { Region = "500101", AsOf = new AsOf { Position = whole.Position } };
        var targets = await connection.Client.GetAttainmentAsync(attainment, Cancellation);
        Assert.Equal((32, ""), (targets.Attainments.Count, targets.NextPageToken));
        Assert.Equal(targets, await connection.Client.GetAttainmentAsync(new GetAttainmentRequest(attainment) { PageSize = size }, Cancellation));
    }

    [Fact]
    public async Task Pages_and_stream_give_the_same_rows_in_the_same_order()
    {
        using var connection = _hub.Connect();
        var paged = new List<string>();
        await foreach (var record in connection.Client.QueryObservationsAsync(Everything, null, Cancellation)) paged.Add(record.Observation.Value);
        var streamed = new List<string>();
        await foreach (var batch in connection.Client.StreamObservationsAsync(Everything, null, Cancellation))
            streamed.AddRange(batch.Observations.Select(record => record.Observation.Value));
        Assert.Equal(RowCount, paged.Count);
        Assert.Equal(paged, streamed);
    }

    [Fact]
    public async Task A_stream_gives_up_when_the_hub_stays_away()
    {
        using var connection = _hub.Connect(giveUpAfter: TimeSpan.Zero);
        await _hub.StopAsync();
        await Assert.ThrowsAsync<HubUnreachableException>(async () =>
        {
            await foreach (var _ in connection.Client.StreamObservationsAsync(Everything, null, Cancellation)) Assert.Fail("A row without a hub.");
        });
    }

    [Fact]
    public async Task Every_finding_that_is_kept_of_a_rejected_report_is_listed_and_all_are_counted()
    {
        const int bad = 6_000;
        const int kept = 1_000;
        using var connection = _hub.Connect();
        var upload = Rows.Upload("bad", bad) with { Rows = _ => Bad(bad) };
        var rejected = Assert.IsType<UploadOutcome.Rejected>(await connection.Uploader.UploadAsync(upload, null, Cancellation));
        Assert.True(rejected.Findings.Count <= 20);
        var rows = new List<long>();
        await foreach (var finding in connection.Client.ListFindingsAsync(upload.Report, Cancellation)) rows.Add(finding.Row!.Value);
        Assert.Equal(Enumerable.Range(0, kept).Select(row => (long)row), rows.Distinct());
        Assert.Equal(bad, rejected.Counts.Findings);
    }

    [Fact]
    public async Task A_refusal_carries_reason_field_and_words_in_both_languages()
    {
        using var connection = _hub.Connect();
        var refused = await Assert.ThrowsAsync<ExchangeException>(() => connection.Client.CompareMetricsAsync(
            new CompareMetricsRequest { Indicators = { "ZW21-99" }, Regions = { "500101" }, Periods = { "2024" } }, Cancellation));
        Assert.Equal(ErrorReason.IndicatorUnknown, refused.Reason);
        Assert.Equal(Grpc.Core.StatusCode.InvalidArgument, refused.Code);
        Assert.NotEmpty(refused.Field);
        Assert.NotEmpty(refused.MessageZh);
        Assert.NotEmpty(refused.MessageEn);
        Assert.False(refused.Retriable);
    }

    [Fact]
    public async Task A_withdrawn_report_takes_its_values_with_it_and_may_be_withdrawn_again()
    {
        using var connection = _hub.Connect();
        var name = ReportUpload.NameOf(HubInProcess.Organization, "data");
        var first = await connection.Client.WithdrawReportAsync(name, "示例 test", Cancellation);
        var second = await connection.Client.WithdrawReportAsync(name, "示例 test", Cancellation);
        Assert.Equal(RowCount, first.Tombstones);
        Assert.Equal(first, second);
        Assert.Equal(ReportState.Withdrawn, (await connection.Client.GetReportAsync(name, Cancellation)).State);
        await foreach (var _ in connection.Client.QueryObservationsAsync(Everything, null, Cancellation)) Assert.Fail("A value came back.");
    }

    [Fact]
    public async Task A_catalogue_load_needs_the_role_and_bad_rows_are_an_outcome()
    {
        var request = new LoadCatalogRequest
        {
            Tables = { new CatalogTable { Kind = CatalogTableKind.Regions, Name = "r.csv", Csv = Google.Protobuf.ByteString.CopyFromUtf8("code\n999999\n") } },
        };
        using var reporter = _hub.Connect();
        var refused = await Assert.ThrowsAsync<ExchangeException>(() => reporter.Client.LoadCatalogAsync(request, Cancellation));
        Assert.Equal(ErrorReason.AuthorityMissing, refused.Reason);

        using var admin = new ExchangeConnection(new ConnectionOptions { Hub = _hub.Address, Roles = ["admin"] });
        var answer = await admin.Client.LoadCatalogAsync(request, Cancellation);
        Assert.Equal(LoadCatalogResponse.OutcomeOneofCase.Rejected, answer.OutcomeCase);
        Assert.NotEmpty(answer.Rejected.Faults);
    }

    private static async IAsyncEnumerable<Observation> Bad(int count)
    {
        for (var number = 0; number < count; number++)
        {
            var row = Rows.At(number);
            row.Unit = "m3";
            yield return row;
        }
        await Task.CompletedTask;
    }
}
