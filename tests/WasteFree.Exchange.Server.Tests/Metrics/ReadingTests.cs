using Google.Protobuf;
using Grpc.Core;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Metrics;

/// <summary>Queries and streams of observations: one position, each row once, secrets kept.</summary>
public sealed class ReadingTests(SharedHub shared) : IClassFixture<SharedHub>
{
    [Fact]
    public async Task All_pages_of_a_query_read_the_position_of_the_first_while_commits_go_on()
    {
        await using var hub = await RunningHub.StartAsync();
        var rows = Rows.Days(10);
        var first = (await SubmitAsync(hub, "base", rows)).Committed.Receipt.Position;

        var request = new QueryObservationsRequest { PageSize = 3 };
        var seen = new List<(string, string)>();
        for (var page = 0; ; page++)
        {
            var answer = await hub.Metrics.QueryObservationsAsync(request, cancellationToken: Cancelled);
            Assert.Equal(first, answer.Position);
            seen.AddRange(answer.Observations.Select(record => (record.Observation.Period, record.Observation.Value)));
            if (answer.NextPageToken.Length == 0) break;
            request.PageToken = answer.NextPageToken;
            // Revises every row, those already read and those to come, and adds new ones behind.
            var revision = Rows.Days(12);
            foreach (var row in revision) row.Value = $"{page}.125";
            await SubmitAsync(hub, $"revision-{page}", revision);
        }

        Assert.Equal(rows.Select(row => (row.Period, row.Value)), seen);
    }

    [Fact]
    public async Task A_stream_ends_with_count_and_digest_and_goes_on_after_its_token()
    {
        await using var hub = await RunningHub.StartAsync();
        await SubmitAsync(hub, "stream", Rows.Days(5_000));
        var position = (await hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled)).HeadPosition;

        var (batches, end) = await StreamAsync(hub, new StreamObservationsRequest());
        Assert.True(batches.Count > 2, "One batch shows no resuming.");
        Assert.Equal((5_000L, position), (end.Count, end.Position));
        Assert.Equal(Rows.Digest(RowsOf(batches)), end.Digest);
        Assert.All(batches, batch => Assert.Equal(position, batch.Position));
        Assert.Equal(5_000, RowsOf(batches).Select(row => row.Period).Distinct().Count());

        await SubmitAsync(hub, "meanwhile", Rows.Tonnes("2024", "1"));
        var (rest, restEnd) = await StreamAsync(hub, new StreamObservationsRequest { ResumeToken = batches[0].ResumeToken });
        Assert.Equal(RowsOf(batches.Skip(1)), RowsOf(rest));
        Assert.Equal((5_000L - batches[0].Observations.Count, position), (restEnd.Count, restEnd.Position));
        Assert.Equal(Rows.Digest(RowsOf(rest)), restEnd.Digest);
    }

    [Fact]
    public async Task A_value_that_was_not_sent_is_computed_from_its_parts_and_marked()
    {
        await SubmitAsync(shared.Hub, "parts", Rows.Rate("2019", "", "444", "600"), Rows.Rate("2020", "74.00", "444", "600"));

        var records = (await QueryAsync(shared.Hub, "wanzhou", "2019", "2020")).Observations;

        Assert.Equal([("", "74"), ("74.00", "")], records.Select(record => (record.Observation.Value, record.DerivedValue)));
        Assert.All(records, record => Assert.Equal(("444", "600", "%"), (record.Observation.Numerator, record.Observation.Denominator, record.Observation.Unit)));
    }

    [Fact]
    public async Task A_value_computed_from_its_parts_is_in_the_unit_of_the_row_though_that_is_a_rate()
    {
        await using var hub = await RunningHub.StartAsync();
        const string Csv = "code,name_zh,unit,kind,direction,numerator_unit,denominator_unit\nT-I,示例,kg/{person},intensity,lower,t,10*6.{person}\n";
        await hub.Admin.LoadCatalogAsync(
            new LoadCatalogRequest { Tables = { new CatalogTable { Kind = CatalogTableKind.Indicators, Name = "i.csv", Csv = ByteString.CopyFromUtf8(Csv) } } },
            RunningHub.AsAdmin, cancellationToken: Cancelled);
        var row = new Observation { Region = "511800", Indicator = "T-I", Period = "2023", Numerator = "365000", Denominator = "1", Unit = "kg/({person}.d)" };
        var ownUnit = row.Clone();
        (ownUnit.Period, ownUnit.Unit) = ("2022", "");
        await SubmitAsync(hub, "rate", row, ownUnit);

        var records = (await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest(), cancellationToken: Cancelled)).Observations;

        Assert.Equal([("365", "kg/{person}"), ("1", "kg/({person}.d)")], records.Select(record => (record.DerivedValue, record.Observation.Unit)));
    }

    [Fact]
    public async Task Confidential_numbers_go_back_to_their_sender_only()
    {
        var secret = Rows.Rate("2018", "91.5", "915", "1000");
        (secret.Confidentiality, secret.Note, secret.Evidence) = ("C", "示例 of one plant", "register 7");
        var derived = Rows.Rate("2017", "", "1", "2");
        derived.Confidentiality = "N";
        await SubmitAsync(shared.Hub, "secret", secret, derived);

        var others = (await QueryAsync(shared.Hub, "", "2017", "2018")).Observations;
        Assert.Equal(2, others.Count);
        foreach (var record in others)
        {
            var row = record.Observation;
            Assert.Equal(("", "", "", "", "", ""), (row.Value, row.Numerator, row.Denominator, row.Note, row.Evidence, record.DerivedValue));
            Assert.True(record.Withheld);
            record.CommitTime = null; // its digits are those of any instant
            Assert.DoesNotContain("91", record.ToString().Replace(record.Report, "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
        var own = (await QueryAsync(shared.Hub, "wanzhou", "2017", "2018")).Observations;
        Assert.Equal([("", "50"), ("91.5", "")], own.Select(record => (record.Observation.Value, record.DerivedValue)));
        Assert.All(own, record => Assert.False(record.Withheld));

        var request = new CompareMetricsRequest { Indicators = { "ZW21-21" }, Regions = { "500101" }, Periods = { "2018" } };
        var hidden = (await shared.Hub.Metrics.CompareMetricsAsync(request, cancellationToken: Cancelled)).Comparisons[0].Cells[0];
        Assert.Equal(("", "", Verdict.NotComparable), (hidden.Value, hidden.Numerator, hidden.Verdict));
        Assert.Contains(VerdictReason.Confidential, hidden.Reasons);
        var shown = (await shared.Hub.Metrics.CompareMetricsAsync(request, RunningHub.As("wanzhou"), cancellationToken: Cancelled)).Comparisons[0].Cells[0];
        Assert.Equal("91.5", shown.Value);
    }

    [Fact]
    public async Task A_filter_finds_what_each_of_its_lists_names()
    {
        await using var hub = await RunningHub.StartAsync();
        var oil = Rows.Tonnes("2022", "8");
        oil.Category = "HW08";
        await SubmitAsync(hub, "yaan", Rows.Tonnes("2022", "1"), Rows.Tonnes("2023", "2"), Rows.Tonnes("2023-Q1", "3"), oil);
        await SubmitAsync(hub, "wanzhou", Rows.Rate("2023", "50"));

        await AssertFoundAsync(hub, new ObservationFilter(), "1", "8", "2", "50", "3");
        await AssertFoundAsync(hub, new ObservationFilter { Indicators = { "HUB-HW-GEN" }, Periods = { "2022", "2023" } }, "1", "8", "2");
        await AssertFoundAsync(hub, new ObservationFilter { Regions = { "500101" } }, "50");
        await AssertFoundAsync(hub, new ObservationFilter { Categories = { "HW08" } }, "8");
        await AssertFoundAsync(hub, new ObservationFilter { Scopes = { "URBAN" } });
        await AssertFoundAsync(hub, new ObservationFilter { Organizations = { "wanzhou" } }, "50");
        await AssertFoundAsync(hub, new ObservationFilter { PeriodFrom = "2023-Q1", PeriodTo = "2023-06" }, "3");
        await AssertFoundAsync(hub, new ObservationFilter { PeriodTo = "2022-12" }, "1", "8");
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static async Task AssertFoundAsync(RunningHub hub, ObservationFilter filter, params string[] values)
    {
        var page = await hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest { Filter = filter }, cancellationToken: Cancelled);
        Assert.Equal(values.Order(), page.Observations.Select(record => record.Observation.Value).Order());
    }

    private static List<Observation> RowsOf(IEnumerable<ObservationBatch> batches) =>
        [.. batches.SelectMany(batch => batch.Observations).Select(record => record.Observation)];

    private static async Task<(List<ObservationBatch> Batches, ObservationsEnd End)> StreamAsync(RunningHub hub, StreamObservationsRequest request)
    {
        using var call = hub.Metrics.StreamObservations(request, cancellationToken: Cancelled);
        var batches = new List<ObservationBatch>();
        await foreach (var part in call.ResponseStream.ReadAllAsync(Cancelled))
        {
            if (part.PartCase == StreamObservationsResponse.PartOneofCase.Batch) batches.Add(part.Batch);
            else return (batches, part.End);
        }
        throw new InvalidOperationException("The stream had no end.");
    }

    private static async Task<QueryObservationsResponse> QueryAsync(RunningHub hub, string caller, params string[] periods) =>
        await hub.Metrics.QueryObservationsAsync(
            new QueryObservationsRequest { Filter = new ObservationFilter { Indicators = { "ZW21-21" }, Periods = { periods } } },
            caller.Length == 0 ? [] : RunningHub.As(caller),
            cancellationToken: Cancelled);

    /// <summary>As whoever may send the first row's region.</summary>
    private static async Task<SubmitReportResponse> SubmitAsync(RunningHub hub, string id, params Observation[] rows)
    {
        var organization = rows[0].Region == "500101" ? "wanzhou" : "yaan";
        var response = await hub.Reports.SubmitReportAsync(
            new SubmitReportRequest { Report = Rows.Name(id, organization), Rows = { rows } }, RunningHub.As(organization), cancellationToken: Cancelled);
        Assert.True(response.Committed is not null, response.ToString());
        return response;
    }
}
