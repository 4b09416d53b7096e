using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Metrics;

/// <summary>Targets held against values through the service. Values are made up (示例); Wanzhou's targets are 万无废组〔2024〕1号.</summary>
public sealed class AttainmentTests
{
    private const string Wanzhou = "500101";

    private readonly FakeTimeProvider _clock = new(China(2024, 5, 1));

    [Fact]
    public async Task The_whole_list_of_Wanzhou_for_2024_says_where_each_target_stands()
    {
        await using var hub = await RunningHub.StartAsync(allowIllustrative: true, _clock);
        await SubmitAsync(hub, "demo-500101", "list", Sample());

        var answer = await GetAsync(hub, new GetAttainmentRequest { Region = Wanzhou, Period = "2024", IncludeIllustrative = true });

        Assert.Equal("2024-05-01", answer.Date);
        var all = answer.Attainments.ToList();
        var parts = all.Where(one => one.Target.PartOf.Length > 0).ToList();
        Assert.Equal((32, 13), (all.Count, parts.Count));
        Assert.All(parts, part => Assert.Equal("T03-1", part.Target.PartOf));
        Assert.Equal(["T03-1", .. parts.Select(part => part.Target.Id), "T04-1"], all.Take(15).Select(one => one.Target.Id));
        Assert.Equal(all.Select(one => one.Target.Id).Order(StringComparer.Ordinal), all.Select(one => one.Target.Id));
        Assert.All(all, one => Assert.True(one.Target.DepartmentsZh.Length > 0 && one.Target.Quote.Length > 0 && one.Target.Clause.Length > 0));

        var rule = all.Single(one => one.State == AttainmentState.NotAResult);
        Assert.Equal(("T20-2", null, false), (rule.Target.Id, rule.Cell, rule.DaysLeft is not null));
        var results = all.Where(one => one != rule && one.Target.PartOf.Length == 0).ToList();
        Assert.Equal(18, results.Count);
        Assert.Equal(["T07-3", "T07-4", "T08-1", "T16-3"], results.Where(one => one.State == AttainmentState.NotAttained).Select(one => one.Target.Id));
        Assert.Equal(["T03-1.CELL03"], parts.Where(one => one.State == AttainmentState.NotAttained).Select(one => one.Target.Id));
        Assert.DoesNotContain(all, one => one.State is AttainmentState.Unknown or AttainmentState.Unspecified);
        Assert.All(all.Where(one => one != rule), one =>
        {
            Assert.True(one.Cell.Illustrative);
            Assert.Contains("示例", one.MessageZh, StringComparison.Ordinal);
            Assert.Contains("illustrative", one.MessageEn, StringComparison.Ordinal);
        });

        var deadline = results.Single(one => one.Target.Id == "T04-1");
        Assert.Equal((AttainmentState.Attained, "2024-04-09", -21, null), (deadline.State, deadline.EventDay, deadline.DaysLeft, deadline.Path));
        var straw = results.Single(one => one.Target.Id == "T07-1");
        Assert.Equal(("90.40", "100.444444444444", 244, TargetPathState.NoBase), (straw.Cell.Value, straw.Percent, straw.DaysLeft, straw.Path.State));
        Assert.Equal("已达标：90.40 % ≥ 90 %【示例】", straw.MessageZh);
    }

    [Fact]
    public async Task Without_values_each_result_is_unknown_and_says_why()
    {
        await using var hub = await RunningHub.StartAsync(allowIllustrative: true, _clock);
        await SubmitAsync(hub, "demo-500101", "list", Sample());

        var answer = await GetAsync(hub, new GetAttainmentRequest { Region = Wanzhou });

        Assert.Equal(32, answer.Attainments.Count);
        Assert.All(answer.Attainments.Where(one => one.Target.Id != "T20-2"), one =>
        {
            Assert.Equal((AttainmentState.Unknown, "", ""), (one.State, one.Cell.Value, one.EventDay));
            Assert.Equal([VerdictReason.Missing], one.Cell.Reasons);
            Assert.Contains("缺报", one.MessageZh, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task As_of_an_instant_the_values_and_the_days_left_are_those_of_then()
    {
        var clock = new FakeTimeProvider(China(2024, 4, 1));
        await using var hub = await RunningHub.StartAsync(time: clock);
        var before = await PositionAsync(hub);
        clock.SetUtcNow(China(2024, 4, 9));
        await SubmitAsync(hub, "wanzhou", "first", Rows.Rate("2024", "90"), Event("2024-04-09"));
        var first = await PositionAsync(hub);
        clock.SetUtcNow(China(2024, 12, 30));
        await SubmitAsync(hub, "wanzhou", "second", Rows.Rate("2024", "92"));
        clock.SetUtcNow(China(2025, 1, 2));

        await StandsAsync(null, "2025-01-02", "92", AttainmentState.Attained, -2, -267);
        await StandsAsync(new AsOf { Position = first }, "2024-04-09", "90", AttainmentState.NotAttained, 266, 1);
        await StandsAsync(new AsOf { Position = before }, "2024-04-01", "", AttainmentState.Unknown, 274, 9);
        await StandsAsync(new AsOf { Time = China(2024, 6, 30).ToTimestamp() }, "2024-06-30", "90", AttainmentState.NotAttained, 184, -81);
        // A day is a day in China.
        await StandsAsync(new AsOf { Time = Utc(4, 9, 15, 59) }, "2024-04-09", "90", AttainmentState.NotAttained, 266, 1);
        await StandsAsync(new AsOf { Time = Utc(4, 9, 16, 0) }, "2024-04-10", "90", AttainmentState.NotAttained, 265, 0);

        async Task StandsAsync(AsOf? asOf, string date, string value, AttainmentState state, int left, int leftToDeadline)
        {
            var answer = await GetAsync(hub, new GetAttainmentRequest { Region = Wanzhou, AsOf = asOf });
            Assert.Equal(date, answer.Date);
            var film = Of(answer, "T07-4");
            Assert.Equal((value, state, left), (film.Cell.Value, film.State, film.DaysLeft));
            var deadline = Of(answer, "T04-1");
            Assert.Equal((value.Length == 0 ? "" : "2024-04-09", leftToDeadline), (deadline.EventDay, deadline.DaysLeft));
        }
    }

    [Fact]
    public async Task The_end_of_the_calendar_is_an_instant_like_any_other()
    {
        await using var hub = await RunningHub.StartAsync(time: _clock);
        var answer = await GetAsync(hub, new GetAttainmentRequest { AsOf = new AsOf { Time = DateTimeOffset.MaxValue.ToTimestamp() } });
        Assert.Equal("9999-12-31", answer.Date);
    }

    [Fact]
    public async Task Targets_are_those_of_then_too()
    {
        await using var hub = await RunningHub.StartAsync(time: _clock);
        var before = await PositionAsync(hub);
        await LoadAsync(hub, "N-1,500102,2024,ZW21-21,same,示例目标,>=,91,%,,,");
        Assert.Single((await GetAsync(hub, new GetAttainmentRequest { Region = "500102" })).Attainments);
        Assert.Empty((await GetAsync(hub, new GetAttainmentRequest { Region = "500102", AsOf = new AsOf { Position = before } })).Attainments);
    }

    [Fact]
    public async Task Without_a_region_the_targets_of_all_are_given_in_order_of_region()
    {
        await using var hub = await RunningHub.StartAsync(time: _clock);
        await LoadAsync(hub, "N-1,500240,2025,ZW21-21,same,示例目标,>=,91,%,,,", "N-2,500102,2024,ZW21-21,same,示例目标,>=,91,%,,,");
        Assert.Equal(["500101", "500102", "500240"], (await GetAsync(hub, new GetAttainmentRequest())).Attainments.Select(one => one.Target.Region).Distinct());
        Assert.Equal(["N-1"], (await GetAsync(hub, new GetAttainmentRequest { Period = "2025" })).Attainments.Select(one => one.Target.Id));
    }

    [Fact]
    public async Task Values_of_another_scope_and_of_what_is_only_related_never_count()
    {
        await using var hub = await RunningHub.StartAsync(time: _clock);
        await LoadAsync(hub, "N-1,500101,2024,ZW21-21,related,示例目标,>=,10,%,,,", "N-2,500101,2024,ZW21-21,none,示例目标,>=,10,%,,,");
        var urban = new Observation { Region = Wanzhou, Indicator = "ZW21-26", Scope = "WHOLE", Period = "2024", Value = "99" };
        await SubmitAsync(hub, "wanzhou", "values", Rows.Rate("2024", "99"), urban);

        var answer = await GetAsync(hub, new GetAttainmentRequest { Region = Wanzhou });

        foreach (var id in new[] { "N-1", "N-2" })
        {
            var shown = Of(answer, id);
            Assert.Equal((AttainmentState.RelatedOnly, "99", "", null), (shown.State, shown.Cell.Value, shown.Percent, shown.Path));
        }
        var recovery = Of(answer, "T08-1"); // for the urban scope
        Assert.Equal((AttainmentState.Unknown, ""), (recovery.State, recovery.Cell.Value));
        Assert.Contains(VerdictReason.Scope, recovery.Cell.Reasons);
    }

    [Fact]
    public async Task The_cell_of_a_target_is_the_cell_of_a_comparison_with_its_reasons()
    {
        await using var hub = await RunningHub.StartAsync(time: _clock);
        await SubmitAsync(hub, "wanzhou", "values", Rows.Rate("2024-Q1", "99"), new Observation { Region = Wanzhou, Indicator = "ZW21-19", Period = "2024", Value = "0.93", Unit = "1", Status = { "E" } });

        var answer = await GetAsync(hub, new GetAttainmentRequest { Region = Wanzhou });
        var compared = await hub.Metrics.CompareMetricsAsync(
            new CompareMetricsRequest { Indicators = { "ZW21-21", "ZW21-19" }, Regions = { Wanzhou }, Periods = { "2024" } }, cancellationToken: Cancelled);

        Assert.Equal(compared.Comparisons.Select(table => table.Cells.Single().Reasons), [Of(answer, "T07-4").Cell.Reasons, Of(answer, "T07-1").Cell.Reasons]);
        Assert.Equal((AttainmentState.Unknown, VerdictReason.Period), (Of(answer, "T07-4").State, Of(answer, "T07-4").Cell.Reasons[0]));
        var straw = Of(answer, "T07-1");
        Assert.Equal((AttainmentState.Attained, "93", "0.93", "1"), (straw.State, straw.Cell.Value, straw.Cell.SentValue, straw.Cell.SentUnit));
        Assert.Equal((Verdict.ComparableWithCaveat, true), (straw.Cell.Verdict, Assert.Single(straw.Cell.Targets).State == AttainmentState.Attained));
    }

    [Fact]
    public async Task A_confidential_value_of_another_organisation_leaves_it_unknown()
    {
        await using var hub = await RunningHub.StartAsync(time: _clock);
        var secret = Rows.Rate("2024", "92.75");
        var day = Event("2024-04-08");
        secret.Confidentiality = day.Confidentiality = "C";
        await SubmitAsync(hub, "wanzhou", "secret", secret, day);

        var theirs = await GetAsync(hub, new GetAttainmentRequest { Region = Wanzhou });
        Assert.DoesNotContain("92.75", theirs.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("2024-04-08", theirs.ToString(), StringComparison.Ordinal);
        foreach (var id in new[] { "T07-4", "T04-1" })
        {
            Assert.Equal(AttainmentState.Unknown, Of(theirs, id).State);
            Assert.Contains(VerdictReason.Confidential, Of(theirs, id).Cell.Reasons);
        }
        var own = await GetAsync(hub, new GetAttainmentRequest { Region = Wanzhou }, "wanzhou");
        Assert.Equal((AttainmentState.Attained, "92.75", "2024-04-08"), (Of(own, "T07-4").State, Of(own, "T07-4").Cell.Value, Of(own, "T04-1").EventDay));
    }

    /// <summary>G6 and its way, through the service.</summary>
    [Fact]
    public async Task G06_a_target_with_a_base_says_how_far_it_has_come()
    {
        await using var hub = await RunningHub.StartAsync(time: _clock);
        await LoadAsync(
            hub,
            "UP,500101,2025,ZW21-21,same,示例,>=,65,%,2020,50,",
            "NOW,500101,2023,ZW21-21,same,示例,>=,65,%,,,",
            "REPORTED,500101,2025,ZW21-21,same,示例,>=,65,%,2021,,",
            "DOWN,500101,2025,ZW21-03,same,示例,<=,0.90,%,2020,1.20,");
        await SubmitAsync(hub, "wanzhou", "values", Rows.Rate("2021", "52"), Rows.Rate("2023", "59"));

        var answer = await GetAsync(hub, new GetAttainmentRequest { Region = Wanzhou });

        var up = Of(answer, "UP");
        Assert.Equal((AttainmentState.Unknown, TargetPathState.Known), (up.State, up.Path.State));
        Assert.Equal(("2020", "50", "2023", "59"), (up.Path.BasePeriod, up.Path.BaseValue, up.Path.Period, up.Path.Value));
        Assert.Equal(("60", "59", true, "1.05286"), (up.Path.Share, up.Path.Expected, up.Path.OnTrack, up.Path.CagrRatio));
        Assert.Equal(("90.769230769231", TargetPathState.NoBase), (Of(answer, "NOW").Percent, Of(answer, "NOW").Path.State));
        Assert.Equal(("2021", "52", "53.846153846154"), (Of(answer, "REPORTED").Path.BasePeriod, Of(answer, "REPORTED").Path.BaseValue, Of(answer, "REPORTED").Path.Share));
        Assert.Equal((TargetPathState.NoValue, ""), (Of(answer, "DOWN").Path.State, Of(answer, "DOWN").Path.BasePeriod));
    }

    [Fact]
    public async Task Only_the_values_of_the_source_asked_for_count()
    {
        await using var hub = await RunningHub.StartAsync(allowIllustrative: true, _clock);
        await SubmitAsync(hub, "wanzhou", "real", Rows.Rate("2024", "90"));
        await SubmitAsync(hub, "demo-500101", "made", Rows.Rate("2024", "95"));

        Assert.Equal("90", await FilmAsync(new GetAttainmentRequest { IncludeIllustrative = true }));
        Assert.Equal("95", await FilmAsync(new GetAttainmentRequest { IncludeIllustrative = true, Source = "demo-500101" }));
        Assert.Equal("", await FilmAsync(new GetAttainmentRequest { Source = "demo-500101" }));

        async Task<string> FilmAsync(GetAttainmentRequest request) => Of(await GetAsync(hub, request), "T07-4").Cell.Value;
    }

    [Fact]
    public async Task Bad_questions_are_refused_with_the_field()
    {
        await using var hub = await RunningHub.StartAsync(time: _clock);
        Assert.Equal(32, (await GetAsync(hub, new GetAttainmentRequest { Region = "万州区" })).Attainments.Count);
        await RefusedAsync(new GetAttainmentRequest { Region = "500199" }, ErrorReason.RegionUnknown, "region");
        await RefusedAsync(new GetAttainmentRequest { Period = "2024-13" }, ErrorReason.PeriodMalformed, "period");
        await RefusedAsync(new GetAttainmentRequest { Source = "nobody" }, ErrorReason.OrganizationUnknown, "");
        await RefusedAsync(new GetAttainmentRequest { AsOf = new AsOf { Position = 999 } }, ErrorReason.AsOfOutOfRange, "as_of");

        await LoadAsync(hub, "LONG,500101,2024-01-01,HUB-HW-GEN,same,示例,<=,65,t,1960-01-01,50,");
        await RefusedAsync(new GetAttainmentRequest(), ErrorReason.QueryTooLarge, "");
        Assert.Equal(32, (await GetAsync(hub, new GetAttainmentRequest { Period = "2024" })).Attainments.Count); // as the refusal advises

        async Task RefusedAsync(GetAttainmentRequest request, ErrorReason reason, string field)
        {
            var refused = await Refused.ByAsync(() => GetAsync(hub, request));
            Assert.Equal((reason, field), (refused.Reason, refused.Field));
        }
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static DateTimeOffset China(int year, int month, int day) => new(year, month, day, 12, 0, 0, TimeSpan.FromHours(8));

    private static Timestamp Utc(int month, int day, int hour, int minute) => new DateTimeOffset(2024, month, day, hour, minute, 0, TimeSpan.Zero).ToTimestamp();

    private static Observation Event(string day) => new() { Region = Wanzhou, Indicator = "WZ24-04-1", Period = day, Value = "1" };

    private static Attainment Of(GetAttainmentResponse answer, string id) => answer.Attainments.Single(one => one.Target.Id == id);

    private static async Task<GetAttainmentResponse> GetAsync(RunningHub hub, GetAttainmentRequest request, string? caller = null) =>
        await hub.Metrics.GetAttainmentAsync(new GetAttainmentRequest(request) { IncludeMessages = true }, caller is null ? null : RunningHub.As(caller), cancellationToken: Cancelled);

    private static async Task<long> PositionAsync(RunningHub hub) =>
        (await hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled)).HeadPosition;

    private static async Task LoadAsync(RunningHub hub, params string[] targets)
    {
        const string Header = "target_id,region,period,indicator,relation,name_zh,comparator,value,unit,base_period,base_value,deadline";
        var table = new CatalogTable { Kind = CatalogTableKind.Targets, Name = "targets.csv", Csv = ByteString.CopyFromUtf8(string.Join('\n', targets.Prepend(Header)) + "\n") };
        var response = await hub.Admin.LoadCatalogAsync(new LoadCatalogRequest { Tables = { table } }, RunningHub.AsAdmin, cancellationToken: Cancelled);
        Assert.True(response.Loaded is not null, response.ToString());
    }

    private static async Task SubmitAsync(RunningHub hub, string organization, string id, params Observation[] rows)
    {
        var response = await hub.Reports.SubmitReportAsync(
            new SubmitReportRequest { Report = Rows.Name(id, organization), Rows = { rows } }, RunningHub.As(organization), cancellationToken: Cancelled);
        Assert.True(response.Committed is not null, response.ToString());
    }

    /// <summary>The illustrative report on Wanzhou, as the program carries it.</summary>
    private static Observation[] Sample()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "samples", "demo-500101-2024.csv"));
        Assert.Equal("region,indicator,scope,category,period,value,numerator,denominator,unit,status,note", lines[0]);
        return [.. lines[1..].Select(line => line.Split(',')).Select(fields => new Observation
        {
            Region = fields[0], Indicator = fields[1], Scope = fields[2], Category = fields[3], Period = fields[4], Value = fields[5],
            Numerator = fields[6], Denominator = fields[7], Unit = fields[8], Note = fields[10],
        })];
    }
}
