using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Metrics;

/// <summary>What differs between two instants, whichever way they are named.</summary>
public sealed class DifferenceTests : IAsyncLifetime
{
    private static readonly Dictionary<string, (ErrorReason Reason, string Field, Action<DiffObservationsRequest> Change)> Misuses = new()
    {
        ["no since"] = (ErrorReason.FieldInvalid, "since", request => request.Since = null),
        ["a since that names nothing"] = (ErrorReason.FieldInvalid, "since", request => request.Since = new AsOf()),
        ["since position 0"] = (ErrorReason.AsOfOutOfRange, "since", request => request.Since = Position(0)),
        ["since beyond the head"] = (ErrorReason.AsOfOutOfRange, "since", request => request.Since = Position(9_999)),
        ["since no instant"] = (ErrorReason.FieldInvalid, "since.time", request => request.Since = new AsOf { Time = new Timestamp { Nanos = -1 } }),
        ["as of beyond the head"] = (ErrorReason.AsOfOutOfRange, "as_of", request => request.AsOf = Position(9_999)),
        ["as of before the ledger"] = (ErrorReason.AsOfOutOfRange, "as_of", request => request.AsOf = Time(-1)),
        ["a position after another"] = (ErrorReason.SinceAfterAsOf, "since", request => (request.Since, request.AsOf) = (Position(3), Position(2))),
        ["a time after a position"] = (ErrorReason.SinceAfterAsOf, "since", request => (request.Since, request.AsOf) = (Time(3), Position(1))),
        ["two times of one position the wrong way round"] = (ErrorReason.SinceAfterAsOf, "since", request => (request.Since, request.AsOf) = (Time(3.2), Time(3.1))),
        ["an unknown region"] = (ErrorReason.RegionUnknown, "filter.regions[0]", request => request.Filter = new ObservationFilter { Regions = { "999999" } }),
        ["a negative page size"] = (ErrorReason.FieldInvalid, "page_size", request => request.PageSize = -1),
        ["a page token of rubbish"] = (ErrorReason.PageTokenInvalid, "page_token", request => request.PageToken = "§"),
    };

    /// <summary>The built-in catalogue is position 1; each day after it has one report.</summary>
    private static readonly DateTimeOffset Start = new(2024, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);
    private RunningHub _hub = null!;

    public static TheoryData<string> Names => [.. Misuses.Keys];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _hub = await RunningHub.StartAsync(time: _clock);
        await SubmitAsync(1, "a", Rows.Tonnes("2022", "1"), Rows.Tonnes("2023", "2"));
        await SubmitAsync(2, "b", Rows.Tonnes("2023", "2.5"), Rows.Tonnes("2024", "3"));
        await SubmitAsync(3, "c", Rows.Tonnes("2024", "4"));
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_question_that_has_no_answer_is_refused_with_reason_and_field(string name)
    {
        var (reason, field, change) = Misuses[name];
        var request = new DiffObservationsRequest { Since = Position(1) };
        change(request);

        var refused = await Refused.ByAsync(_hub.Metrics.DiffObservationsAsync(request, cancellationToken: Cancelled));

        Assert.Equal((reason, field), (refused.Reason, refused.Field));
    }

    [Fact]
    public async Task Instants_may_be_named_by_position_or_by_time()
    {
        foreach (var since in new[] { Position(2), Time(1), Time(1.5) })
        {
            foreach (var asOf in new[] { null, Position(4), Time(3), Time(99) })
            {
                var answer = await DiffAsync(since, asOf);
                Assert.Equal(["2023: 2 > 2.5", "2024: - > 4"], Texts(answer));
                Assert.Equal((2, 4, 1, 1), (answer.SincePosition, answer.Position, answer.SinceCatalogVersion, answer.CatalogVersion));
            }
        }
        Assert.Equal(["2023: 2 > 2.5", "2024: - > 3"], Texts(await DiffAsync(Time(1), Time(2.5))));
        Assert.Empty((await DiffAsync(Time(3), null)).Differences);
        Assert.Empty((await DiffAsync(Time(99), null)).Differences);
    }

    [Fact]
    public async Task Since_before_the_ledger_began_all_that_is_shown_is_new()
    {
        var answer = await DiffAsync(Time(-1), Time(2));

        Assert.Equal(["2022: - > 1", "2023: - > 2.5", "2024: - > 3"], Texts(answer));
        Assert.Equal((0, 0, 1), (answer.SincePosition, answer.SinceCatalogVersion, answer.CatalogVersion));
    }

    [Fact]
    public async Task What_was_withdrawn_has_no_after()
    {
        await _hub.Reports.WithdrawReportAsync(
            new WithdrawReportRequest { Name = Rows.Name("a"), Reason = "示例 wrong" }, RunningHub.As("yaan"), cancellationToken: Cancelled);

        var gone = Assert.Single((await DiffAsync(Position(4), null)).Differences);

        Assert.Null(gone.After);
        Assert.Equal(("2022", "1", Rows.Name("a")), (gone.Before.Observation.Period, gone.Before.Observation.Value, gone.Before.Report));
    }

    [Fact]
    public async Task Confidential_numbers_go_back_to_their_sender_only()
    {
        var secret = Rows.Tonnes("2023", "77.125");
        secret.Confidentiality = "C";
        await SubmitAsync(4, "secret", secret);
        await SubmitAsync(5, "open", Rows.Tonnes("2023", "5"));

        var before = Assert.Single((await DiffAsync(Position(5), null)).Differences).Before;
        Assert.Equal((true, ""), (before.Withheld, before.Observation.Value));
        var after = Assert.Single((await DiffAsync(Position(4), Position(5))).Differences).After;
        Assert.Equal((true, ""), (after.Withheld, after.Observation.Value));
        Assert.Equal(["2023: 2.5 > 77.125"], Texts(await DiffAsync(Position(4), Position(5), RunningHub.As("yaan"))));
    }

    [Fact]
    public async Task Illustrative_organisations_are_left_out_unless_asked_for()
    {
        await using var hub = await RunningHub.StartAsync(allowIllustrative: true);
        await hub.Reports.SubmitReportAsync(
            new SubmitReportRequest { Report = Rows.Name("r", "demo-500101"), Rows = { Rows.Rate("2024", "1") } }, RunningHub.As("demo-500101"), cancellationToken: Cancelled);

        var request = new DiffObservationsRequest { Since = Position(1) };
        Assert.Empty((await hub.Metrics.DiffObservationsAsync(request, cancellationToken: Cancelled)).Differences);
        request.Filter = new ObservationFilter { IncludeIllustrative = true };
        Assert.True(Assert.Single((await hub.Metrics.DiffObservationsAsync(request, cancellationToken: Cancelled)).Differences).After.Illustrative);
    }

    [Fact]
    public async Task All_pages_read_the_two_positions_of_the_first_while_commits_go_on()
    {
        await SubmitAsync(4, "many", Rows.Days(9));
        var request = new DiffObservationsRequest { Since = Time(3.5), PageSize = 2 };
        var whole = await DiffAsync(Time(3.5), null);
        var told = new List<ObservationDifference>();
        do
        {
            var page = await _hub.Metrics.DiffObservationsAsync(request, cancellationToken: Cancelled);
            Assert.Equal((4, 5), (page.SincePosition, page.Position));
            told.AddRange(page.Differences);
            request.PageToken = page.NextPageToken;
            var revision = Rows.Days(10);
            foreach (var row in revision) row.Value = $"{told.Count}.125";
            await SubmitAsync(4 + told.Count, $"revision-{told.Count}", revision);
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(9, told.Count);
        Assert.Equal(whole.Differences, told);
    }

    [Fact]
    public async Task A_page_is_closed_at_a_megabyte_and_nothing_is_lost()
    {
        var rows = Rows.Days(800);
        foreach (var row in rows) row.Note = new string('示', 1_000);
        foreach (var part in rows.Chunk(200)) await SubmitAsync(4, part[0].Period, part);

        var request = new DiffObservationsRequest { Since = Position(4), PageSize = 10_000 };
        var told = new List<ObservationDifference>();
        do
        {
            var page = await _hub.Metrics.DiffObservationsAsync(request, cancellationToken: Cancelled);
            Assert.InRange(page.CalculateSize(), 1, (1 << 20) + 10_000);
            told.AddRange(page.Differences);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(rows.Select(row => row.Period), told.Select(difference => difference.After.Observation.Period));
    }

    [Fact]
    public async Task A_page_token_serves_only_the_query_and_the_caller_it_was_made_for()
    {
        var request = new DiffObservationsRequest { Since = Position(1), PageSize = 1 };
        request.PageToken = (await _hub.Metrics.DiffObservationsAsync(request, cancellationToken: Cancelled)).NextPageToken;

        request.PageSize = 10;
        Assert.Equal(2, (await _hub.Metrics.DiffObservationsAsync(request, cancellationToken: Cancelled)).Differences.Count);
        await AssertRefusedAsync(request, RunningHub.As("yaan"));
        await AssertRefusedAsync(new DiffObservationsRequest(request) { Since = Position(2) }, []);
        await AssertRefusedAsync(new DiffObservationsRequest(request) { AsOf = Position(3) }, []);
        await AssertRefusedAsync(new DiffObservationsRequest(request) { Filter = new ObservationFilter { Periods = { "2022" } } }, []);
        var query = (await _hub.Metrics.QueryObservationsAsync(new QueryObservationsRequest { PageSize = 1 }, cancellationToken: Cancelled)).NextPageToken;
        await AssertRefusedAsync(new DiffObservationsRequest(request) { PageToken = query }, []);

        async Task AssertRefusedAsync(DiffObservationsRequest other, Metadata headers) => Assert.Equal(
            ErrorReason.PageTokenInvalid, (await Refused.ByAsync(_hub.Metrics.DiffObservationsAsync(other, headers, cancellationToken: Cancelled))).Reason);
    }

    private static AsOf Position(long position) => new() { Position = position };

    private static AsOf Time(double days) => new() { Time = Timestamp.FromDateTimeOffset(Start.AddDays(days)) };

    private static IEnumerable<string> Texts(DiffObservationsResponse answer) => answer.Differences.Select(difference =>
        $"{(difference.After ?? difference.Before).Observation.Period}: {difference.Before?.Observation.Value ?? "-"} > {difference.After?.Observation.Value ?? "-"}");

    private async Task<DiffObservationsResponse> DiffAsync(AsOf since, AsOf? asOf, Metadata? headers = null) =>
        await _hub.Metrics.DiffObservationsAsync(new DiffObservationsRequest { Since = since, AsOf = asOf }, headers ?? [], cancellationToken: Cancelled);

    private async Task SubmitAsync(int day, string id, params Observation[] rows)
    {
        _clock.SetUtcNow(Start.AddDays(day));
        var response = await _hub.Reports.SubmitReportAsync(Rows.Report(id, rows), RunningHub.As("yaan"), cancellationToken: Cancelled);
        Assert.True(response.Committed is not null, response.ToString());
    }
}
