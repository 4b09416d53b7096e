using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Metrics;

/// <summary>Comparisons through the service: who is real, what is missing, what is latest, what was known when.</summary>
public sealed class ComparingTests
{
    [Fact]
    public async Task Illustrative_values_are_left_out_unless_asked_for_and_never_stand_beside_real_ones()
    {
        await using var hub = await RunningHub.StartAsync(allowIllustrative: true);
        await SubmitAsync(hub, "wanzhou", "real", Rows.Rate("2023", "80"));
        var made = Rows.Rate("2023", "95");
        made.Region = "510100";
        await SubmitAsync(hub, "demo-510100", "made", made);

        var plain = (await CompareAsync(hub, Request("2023"))).Cells;
        Assert.Equal([("80", Verdict.Comparable, 1), ("", Verdict.NotComparable, 0)], plain.Select(cell => (cell.Value, cell.Verdict, cell.Rank)));
        Assert.Equal([VerdictReason.Missing], plain[1].Reasons);

        var both = (await CompareAsync(hub, Request("2023", illustrative: true))).Cells;
        Assert.Equal([("80", false), ("95", true)], both.Select(cell => (cell.Value, cell.Illustrative)));
        Assert.Equal(Verdict.NotComparable, both[1].Verdict);
        Assert.Contains(VerdictReason.Illustrative, both[1].Reasons);
        Assert.Contains("示例", both[1].MessageZh, StringComparison.Ordinal);

        var query = new QueryObservationsRequest();
        Assert.Single((await hub.Metrics.QueryObservationsAsync(query, cancellationToken: Cancelled)).Observations);
        query.Filter = new ObservationFilter { IncludeIllustrative = true };
        var records = (await hub.Metrics.QueryObservationsAsync(query, cancellationToken: Cancelled)).Observations;
        Assert.Equal([("demo-510100", true), ("wanzhou", false)], records.Select(record => (record.Organization, record.Illustrative)).Order());
    }

    [Fact]
    public async Task A_hub_without_the_switch_refuses_an_illustrative_organisation_that_its_store_knows()
    {
        var made = Rows.Rate("2023", "95");
        made.Region = "510100";
        var demo = await RunningHub.StartAsync(allowIllustrative: true);
        await SubmitAsync(demo, "demo-510100", "made", made);
        await using var hub = await demo.RestartAsync();

        var refused = await Refused.ByAsync(() => SubmitAsync(hub, "demo-510100", "more", made));

        Assert.Equal(ErrorReason.IllustrativeRefused, refused.Reason);
        Assert.Contains("--allow-illustrative", refused.MessageEn, StringComparison.Ordinal);
        Assert.DoesNotContain(Feature.IllustrativeData, (await hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled)).Features);
    }

    [Fact]
    public async Task Latest_is_the_newest_period_with_a_value_of_one_of_the_regions()
    {
        await using var hub = await RunningHub.StartAsync();
        Assert.Equal("", (await CompareAsync(hub, Request("latest"))).Period);
        await SubmitAsync(hub, "wanzhou", "old", Rows.Rate("2021", "70"), Rows.Rate("2022", "75"));

        var table = await CompareAsync(hub, Request("latest"));

        Assert.Equal("2022", table.Period);
        Assert.Equal(["75", ""], table.Cells.Select(cell => cell.Value));
        Assert.Equal((1, 2), (table.Ranked, table.Expected));
    }

    [Fact]
    public async Task A_target_stands_beside_the_value_and_says_whether_it_is_attained()
    {
        await using var hub = await RunningHub.StartAsync();
        await SubmitAsync(hub, "wanzhou", "target", Rows.Rate("2024", "91.0", "444", "487.9"));

        var cell = (await CompareAsync(hub, Request("2024"))).Cells[0];

        // 万无废组〔2024〕1号, task 7: at least 91 %.
        var target = Assert.Single(cell.Targets);
        Assert.Equal(("T07-4", "91", "%", TargetComparator.AtLeast, AttainmentState.Attained), (target.Id, target.Value, target.Unit, target.Comparator, target.State));
        await SubmitAsync(hub, "wanzhou", "target-missed", Rows.Rate("2024", "90.9"));
        Assert.Equal(AttainmentState.NotAttained, (await CompareAsync(hub, Request("2024"))).Cells[0].Targets[0].State);
    }

    [Fact]
    public async Task A_value_in_another_unit_is_converted_and_says_so()
    {
        await using var hub = await RunningHub.StartAsync();
        var row = Rows.Tonnes("2023", "12.5");
        row.Unit = "10*4.t";
        await SubmitAsync(hub, "yaan", "converted", row);

        var table = await CompareAsync(hub, new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "511800" }, Periods = { "2023" } });

        var cell = table.Cells.Single();
        Assert.Equal(("125000", "t", "12.5", "10*4.t"), (cell.Value, table.Unit, cell.SentValue, cell.SentUnit));
        Assert.Equal((Verdict.ComparableWithConversion, VerdictReason.Converted), (cell.Verdict, cell.Reasons.Single()));
    }

    [Fact]
    public async Task A_row_that_is_read_for_two_reasons_is_one_reporter()
    {
        await using var hub = await RunningHub.StartAsync();
        // A month that is a part of the quarter, and a reason why the missing quarter may say PERIOD.
        await SubmitAsync(hub, "yaan", "months", Rows.Tonnes("2023-01", "10"), Rows.Tonnes("2023-02", "12"));
        var quarter = new CompareMetricsRequest { Indicators = { "HUB-HW-GEN" }, Regions = { "511800" }, Periods = { "2023-Q1" }, RollUp = true };
        var cell = (await CompareAsync(hub, quarter)).Cells.Single();
        Assert.Equal([VerdictReason.Missing], cell.Reasons);
        Assert.Equal("22", cell.RollUp.PartialValue);

        // A population that is compared, and its own denominator.
        var people = new Observation { Region = "500101", Indicator = "AUX-POP", Period = "2023", Value = "1000" };
        await SubmitAsync(hub, "wanzhou", "people", people);
        var perCapita = new CompareMetricsRequest
        {
            Indicators = { "AUX-POP" }, Regions = { "500101" }, Periods = { "2023" }, Normalization = Normalization.PerCapita,
        };
        Assert.Equal("1", (await CompareAsync(hub, perCapita)).Cells.Single().Value);
    }

    /// <summary>G4.</summary>
    [Fact]
    public async Task As_of_an_instant_the_answer_is_what_was_known_then()
    {
        var clock = new FakeTimeProvider(Utc(4, 1));
        await using var hub = await RunningHub.StartAsync(time: clock);
        var provisional = Rows.Rate("2023", "100");
        provisional.Status.Add("P");
        var positions = new List<long>();
        await AtAsync(4, 10, () => SubmitAsync(hub, "wanzhou", "rev1", provisional));
        await AtAsync(5, 1, () => SubmitAsync(hub, "wanzhou", "rev2", Rows.Rate("2023", "104")));
        await AtAsync(6, 1, () => hub.Reports.WithdrawReportAsync(
            new WithdrawReportRequest { Name = Rows.Name("rev2", "wanzhou"), Reason = "示例" }, RunningHub.As("wanzhou"), cancellationToken: Cancelled).ResponseAsync);
        await AtAsync(6, 15, () => SubmitAsync(hub, "wanzhou", "rev4", Rows.Rate("2023", "103")));

        foreach (var (instant, value) in new[] { (Utc(4, 9), ""), (Utc(4, 20), "100"), (Utc(5, 1), "104"), (Utc(6, 10), ""), (Utc(7, 1), "103") })
            Assert.Equal(value, (await CompareAsync(hub, Request("2023", new AsOf { Time = instant.ToTimestamp() }))).Cells[0].Value);
        Assert.Equal("100", (await CompareAsync(hub, Request("2023", new AsOf { Time = (Utc(5, 1) - TimeSpan.FromMicroseconds(1)).ToTimestamp() }))).Cells[0].Value);
        foreach (var (position, value) in positions.Zip(["100", "104", "", "103"]))
            Assert.Equal(value, (await CompareAsync(hub, Request("2023", new AsOf { Position = position }))).Cells[0].Value);
        Assert.Equal("103", (await CompareAsync(hub, Request("2023"))).Cells[0].Value);
        Assert.Equal(["P"], (await CompareAsync(hub, Request("2023", new AsOf { Position = positions[0] }))).Cells[0].Status);

        async Task AtAsync(int month, int day, Func<Task> change)
        {
            clock.SetUtcNow(Utc(month, day));
            await change();
            positions.Add((await hub.Catalog.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Cancelled)).HeadPosition);
        }
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static DateTimeOffset Utc(int month, int day) => new(2024, month, day, 0, 0, 0, TimeSpan.Zero);

    private static CompareMetricsRequest Request(string period, AsOf? asOf = null, bool illustrative = false) => new()
    {
        IncludeMessages = true,
        Indicators = { "ZW21-21" }, Regions = { "500101", "510100" }, Periods = { period }, AsOf = asOf, IncludeIllustrative = illustrative,
    };

    private static async Task<V1.Comparison> CompareAsync(RunningHub hub, CompareMetricsRequest request) =>
        Assert.Single((await hub.Metrics.CompareMetricsAsync(request, cancellationToken: Cancelled)).Comparisons);

    private static async Task SubmitAsync(RunningHub hub, string organization, string id, params Observation[] rows)
    {
        var response = await hub.Reports.SubmitReportAsync(
            new SubmitReportRequest { Report = Rows.Name(id, organization), Rows = { rows } }, RunningHub.As(organization), cancellationToken: Cancelled);
        Assert.True(response.Committed is not null, response.ToString());
    }
}
