using Grpc.Core;
using WasteFree.Exchange.Server.Tests.Authorisation;
using WasteFree.Exchange.V1;
using Xunit;
using static WasteFree.Exchange.Server.Tests.Authorisation.SharingHub;

namespace WasteFree.Exchange.Server.Tests.Audit;

/// <summary>Whose rows are read sees who read them, and nothing of what others do with each other.</summary>
public sealed class OwnersTests
{
    private static readonly Metadata East = RunningHub.As("east");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>As the page of the contracts tells it: whoever has the entries follows the chain without the hub.</summary>
    [Fact]
    public async Task The_hash_of_an_entry_follows_from_what_is_told_of_it()
    {
        await using var hub = await RunningHub.StartAsync();
        await hub.Reports.SubmitReportAsync(Rows.Report("r1", Rows.Tonnes("2023", "1")), RunningHub.As(Rows.Reporter), cancellationToken: Cancelled);
        await Assert.ThrowsAsync<RpcException>(() => hub.Reports.GetReportAsync(new GetReportRequest { Name = Rows.Name("r1") }, RunningHub.As("east"), cancellationToken: Cancelled).ResponseAsync);

        var entries = (await AuditLog.Of(hub).ListAuditEntriesAsync(new ListAuditEntriesRequest(), AuditLog.Auditor, cancellationToken: Cancelled)).Entries;

        Assert.Contains(entries, entry => entry.Status == AuditStatus.PermissionDenied);
        Assert.All(entries, entry => Assert.Equal(Convert.ToHexString(entry.EntryHash.Span), Convert.ToHexString(Hash(entry))));
    }

    private static byte[] Hash(AuditEntry told) => new Exchange.Audit.AuditEntry
    {
        Organization = told.Organization,
        Credential = told.Credential,
        Roles = string.Join(',', told.Roles.Select(role => role.ToString().ToLowerInvariant()).Order(StringComparer.Ordinal)),
        Action = told.Operation,
        Resource = told.Resource,
        Status = AuditLog.Name(told.Status),
        Reason = told.Reason == ErrorReason.Unspecified ? "" : Server.Errors.RpcErrors.ReasonText(told.Reason),
        Owners = string.Join(',', told.Owners),
        Rows = told.RowCount,
        Calls = told.CallCount,
    }.Hash(told.LedgerId, told.Position, told.RecordTime.ToDateTimeOffset().ToUnixTimeMilliseconds() * 1_000 + told.RecordTime.Nanos / 1_000 % 1_000, told.PreviousHash.ToByteArray(), told.Salt.ToByteArray());

    [Fact]
    public async Task Every_reading_names_the_other_organisations_whose_rows_it_read()
    {
        await using var hub = await WithRowsAsync();
        var (metrics, filter) = (hub.Hub.Metrics, new ObservationFilter { Indicators = { Free }, Regions = { RegionOf("west") } });
        var compared = new CompareMetricsRequest { Indicators = { Free }, Periods = { "2024" }, Regions = { RegionOf("west"), RegionOf("near") } };
        await metrics.QueryObservationsAsync(new QueryObservationsRequest { Filter = filter }, East, cancellationToken: Cancelled);
        using (var stream = metrics.StreamObservations(new StreamObservationsRequest(), East, cancellationToken: Cancelled))
            await stream.ResponseStream.ReadAllAsync(Cancelled).ToListAsync(Cancelled);
        await metrics.CompareMetricsAsync(compared, East, cancellationToken: Cancelled);
        await metrics.ExplainValueAsync(new ExplainValueRequest { Comparison = compared }, East, cancellationToken: Cancelled);
        await metrics.GetAttainmentAsync(new GetAttainmentRequest { Region = RegionOf("west") }, East, cancellationToken: Cancelled);
        await metrics.ListRevisionsAsync(new ListRevisionsRequest { Indicator = Free, Region = RegionOf("near"), Period = "2024" }, East, cancellationToken: Cancelled);
        await metrics.DiffObservationsAsync(new DiffObservationsRequest { Since = new AsOf { Position = 1 } }, East, cancellationToken: Cancelled);
        await metrics.QueryObservationsAsync(
            new QueryObservationsRequest { Filter = new ObservationFilter { Indicators = { Shut } } }, East, cancellationToken: Cancelled);

        var entries = (await AuditLog.ReadAsync(hub.Hub)).Where(entry => entry.Organization == "east" && entry.Operation.StartsWith("MetricService", StringComparison.Ordinal));
        Assert.Equal(
            [
                ("QueryObservations", "west"), ("StreamObservations", "near,west"), ("CompareMetrics", "near,west"), ("ExplainValue", "near,west"),
                ("GetAttainment", "west"), ("ListRevisions", "near"), ("DiffObservations", "near,west"), ("QueryObservations", ""),
            ],
            entries.Select(entry => (entry.Operation["MetricService/".Length..], string.Join(',', entry.Owners))));
        Assert.Equal(0, (await AuditLog.VerifyAsync(hub.Hub)).TotalSize);
    }

    [Fact]
    public async Task A_watch_is_logged_again_before_the_first_row_of_a_further_organisation()
    {
        await using var hub = await WithRowsAsync();
        using var watch = hub.Hub.Feed.Watch(new WatchRequest(), East, cancellationToken: Cancelled);
        Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
        foreach (var (organization, value) in new[] { ("west", "5"), ("west", "6"), ("near", "7") })
        {
            await hub.SubmitAsync(organization, Row(organization, Free, "2023", value));
            do Assert.True(await watch.ResponseStream.MoveNext(Cancelled));
            while (watch.ResponseStream.Current.Change is null);
        }

        var entries = (await AuditLog.ReadAsync(hub.Hub)).Where(entry => entry.Operation == "FeedService/Watch");
        Assert.Equal([("", 1L), ("west", 0L), ("near", 0L)], entries.Select(entry => (string.Join(',', entry.Owners), entry.CallCount)));
    }

    [Fact]
    public async Task An_auditor_of_an_organisation_sees_who_read_its_rows_and_nothing_of_others()
    {
        await using var hub = await WithRowsAsync();
        await hub.Hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), East, cancellationToken: Cancelled);
        await hub.Hub.Metrics.QueryObservationsAsync(
            new QueryObservationsRequest { Filter = new ObservationFilter { Regions = { RegionOf("near") } } }, East, cancellationToken: Cancelled);
        await Refused.ByAsync(hub.Hub.Reports.GetReportAsync(new GetReportRequest { Name = Rows.Name("guess", "west") }, East, cancellationToken: Cancelled));
        await hub.Hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), RunningHub.As("west"), cancellationToken: Cancelled);

        var west = await ListAsync(hub, "west");
        Assert.Equal(
            [
                "west|ReportService/SubmitReport|organizations/west/reports/r1|OK||2|1",
                "east|MetricService/QueryObservations||OK|||1",
                "east|ReportService/GetReport|organizations/west/reports/guess|PERMISSION_DENIED|AUTHORITY_MISSING||1",
                "west|MetricService/QueryObservations||OK||3|1",
            ],
            west.Entries.Select(AuditLog.Text).Reverse());
        Assert.Equal(["west", "west", "west", "near"], west.Entries.Reverse().Select(entry => Assert.Single(entry.Owners)));
        var all = await AuditLog.ReadAsync(hub.Hub);
        Assert.Equal(["near", "west"], all.First(entry => entry.Operation == "MetricService/QueryObservations").Owners);
        Assert.All(west.Entries, entry => Assert.True(entry.EntryHash.IsEmpty && entry.PreviousHash.IsEmpty));
        Assert.Null(west.Head);
        Assert.DoesNotContain((await ListAsync(hub, "near")).Entries, entry => entry.Resource.Contains("west", StringComparison.Ordinal));
        Assert.All((await ListAsync(hub, "far")).Entries, entry => Assert.Equal(("far", "AuditService/ListAuditEntries"), (entry.Organization, entry.Operation)));

        using var verify = AuditLog.Of(hub.Hub).VerifyAudit(new VerifyAuditRequest(), RunningHub.As("west", "auditor"), cancellationToken: Cancelled);
        Assert.Equal(ErrorReason.AuthorityMissing, (await Refused.ByAsync(() => verify.ResponseStream.MoveNext(Cancelled))).Reason);
        // A place in one auditor's list is none in another's.
        var page = await AuditLog.Of(hub.Hub).ListAuditEntriesAsync(new ListAuditEntriesRequest { PageSize = 1 }, RunningHub.As("west", "auditor"), cancellationToken: Cancelled);
        Assert.Equal(ErrorReason.PageTokenInvalid, (await Refused.ByAsync(AuditLog.Of(hub.Hub).ListAuditEntriesAsync(
            new ListAuditEntriesRequest { PageSize = 1, PageToken = page.NextPageToken }, AuditLog.Auditor, cancellationToken: Cancelled))).Reason);
    }

    [Fact]
    public async Task Who_reads_the_log_is_logged_and_its_pages_come_to_an_end()
    {
        await using var hub = await WithRowsAsync();
        var request = new ListAuditEntriesRequest { PageSize = 2 };
        var entries = new List<AuditEntry>();
        AuditHead? head = null;
        var pages = 0;
        do
        {
            var page = await AuditLog.Of(hub.Hub).ListAuditEntriesAsync(request, AuditLog.Auditor, cancellationToken: Cancelled);
            head ??= page.Head;
            entries.AddRange(page.Entries);
            request.PageToken = page.NextPageToken;
            pages++;
        }
        while (request.PageToken.Length > 0);
        await AuditLog.VerifyAsync(hub.Hub);

        Assert.Equal((head!.Position, head.EntryHash), (entries[0].Position, entries[0].EntryHash));
        Assert.Equal(head.Position, entries.Count);
        Assert.All(entries.Zip(entries.Skip(1)), pair => Assert.Equal(pair.First.PreviousHash, pair.Second.EntryHash));
        var read = (await AuditLog.Of(hub.Hub).ListAuditEntriesAsync(new ListAuditEntriesRequest(), AuditLog.Auditor, cancellationToken: Cancelled)).Entries
            .Where(entry => entry.Operation.StartsWith("AuditService/", StringComparison.Ordinal)).Select(entry => entry.Operation);
        Assert.Equal(Enumerable.Repeat("AuditService/ListAuditEntries", pages).Prepend("AuditService/VerifyAudit"), read);
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_can_still_be_read_and_checked()
    {
        await using var hub = await WithRowsAsync();
        AuditLog.Break(hub.Hub);

        Assert.NotEmpty((await AuditLog.VerifyAsync(hub.Hub)).Faults);
        await AuditLog.ReadAsync(hub.Hub);
    }

    private static async Task<ListAuditEntriesResponse> ListAsync(SharingHub hub, string organization) => await AuditLog.Of(hub.Hub).ListAuditEntriesAsync(
        new ListAuditEntriesRequest(), RunningHub.As(organization, "auditor"), cancellationToken: Cancelled);

    /// <summary>West has a row of each of two indicators, near one.</summary>
    private static async Task<SharingHub> WithRowsAsync()
    {
        var hub = await SharingHub.StartAsync();
        await hub.LoadAsync(
            CatalogTableKind.Targets, $"target_id,region,period,indicator,relation,name_zh,comparator,value,unit\nS1,{RegionOf("west")},2024,S-OPEN,same,示例,<=,5,t\n");
        await hub.SubmitAsync("west", Row("west", Free, "2024", "1"), Row("west", Shut, "2024", "2"));
        await hub.SubmitAsync("near", Row("near", Free, "2024", "3"));
        return hub;
    }
}
