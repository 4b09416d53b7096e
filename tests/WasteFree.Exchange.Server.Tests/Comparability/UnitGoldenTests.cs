using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>Units and the calendar they meet.</summary>
public sealed class UnitGoldenTests
{
    [Theory]
    [InlineData("T-AMOUNT", "2023", "12.5", "10*4.t", "", "125000")]
    [InlineData("T-AMOUNT", "2024-02", "45", "t/d", "", "1305")]
    [InlineData("T-AMOUNT", "2023-02", "45", "t/d", "", "1260")]
    [InlineData("T-AMOUNT", "2024-02", "1305", "t", "t/d", "45")]
    [InlineData("T-AMOUNT", "2024", "1", "t/d", "", "366")]
    [InlineData("T-AMOUNT", "2023", "1", "t/d", "", "365")]
    [InlineData("T-AMOUNT", "2024-Q1", "1", "t/d", "", "91")]
    [InlineData("T-AMOUNT", "2020-W53", "1", "t/d", "", "7")]
    [InlineData("T-PER-CNY", "2023", "0.09", "t/(10*4.{CNY})", "g/{CNY}", "9")]
    [InlineData("T-RATE", "2023", "73.2", "%", "1", "0.732")]
    public async Task G02_A_value_is_converted_exactly_and_says_so(string indicator, string period, string value, string unit, string tableUnit, string expected)
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Value(indicator, "A", period, value, unit: unit));

        var table = await hub.TableAsync(indicator, period, "A", request => request.Unit = tableUnit);

        var cell = table.Cells.Single();
        Assert.Equal((expected, value, unit), (cell.Value, cell.SentValue, cell.SentUnit));
        Assert.Equal((Verdict.ComparableWithConversion, VerdictReason.Converted), (cell.Verdict, cell.Reasons.Single()));
        if (tableUnit.Length > 0) Assert.Equal(tableUnit, table.Unit);
    }

    [Fact]
    public async Task G02_Volume_and_mass_become_one_another_through_a_declared_density_only()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023", "120"), MadeUp.Value("T-AMOUNT", "B", "2023", "60"));

        var without = await hub.TableAsync("T-AMOUNT", "2023", "A B", request => request.Unit = "m3");

        Assert.All(without.Cells, cell => Assert.Equal((Verdict.NotComparable, VerdictReason.Unit), (cell.Verdict, cell.Reasons[0])));
        Assert.Equal([("", "120", "t"), ("", "60", "t")], without.Cells.Select(cell => (cell.Value, cell.SentValue, cell.SentUnit)));
        Assert.All(without.Cells, cell => Assert.False(cell.Rank > 0));
        Assert.Equal(("", 0, 2), (without.Aggregate.Value, without.Aggregate.Used, without.Aggregate.Expected));

        var undeclared = await hub.PositionAsync();
        await hub.LoadAsync(CatalogTableKind.Densities, "indicators,value,unit,source\nT-AMOUNT,0.6,t/m3,示例密度\n");
        var with = await hub.TableAsync("T-AMOUNT", "2023", "A B", request => request.Unit = "m3");
        Assert.Equal([("200", 2), ("100", 1)], with.Cells.Select(cell => (cell.Value, cell.Rank)));
        Assert.All(with.Cells, cell => Assert.Equal(Verdict.ComparableWithConversion, cell.Verdict));
        Assert.Equal("300", with.Aggregate.Value);

        // The density belongs to the instant: before it was declared there was none.
        var before = await hub.TableAsync("T-AMOUNT", "2023", "A B", request => (request.Unit, request.AsOf) = ("m3", At.Position(undeclared)));
        Assert.Equal(Verdict.NotComparable, before.Cells[0].Verdict);
    }

    [Fact]
    public async Task G13_Periods_are_those_of_the_calendar_and_of_ISO_8601()
    {
        await using var hub = await MetricHub.StartAsync(time: At.Clock(2027, 6, 1));
        string[] valid = ["2024", "2024-S1", "2024-Q1", "2024-03", "2024-W01", "2020-W53", "2026-W53", "2024-D060", "2024-D010", "2024-D366"];
        foreach (var period in valid) await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", period, "1"));
        foreach (var period in new[] { "2021-W53", "2023-D366", "2024-W00", "2024-Q5", "2024-13", "2023-02-29" })
        {
            var rejected = (await hub.TrySubmitAsync(MadeUp.Bureau, "bad", MadeUp.Value("T-AMOUNT", "A", period, "1"))).Rejected;
            Assert.Equal(("STR-5@1", "period"), (rejected.Findings.Single().Rule, rejected.Findings.Single().Field));
            var refused = await Refused.ByAsync(() => hub.TableAsync("T-AMOUNT", period, "A"));
            Assert.Equal((ErrorReason.PeriodMalformed, "periods[0]"), (refused.Reason, refused.Field));
        }

        Assert.Equal("2024-02-29", (await hub.TableAsync("T-AMOUNT", "2024-D060", "A")).Period);
        Assert.Equal("1", (await hub.TableAsync("T-AMOUNT", "2024-02-29", "A")).Cells[0].Value);
        Assert.Equal("2024-01-10", (await hub.TableAsync("T-AMOUNT", "2024-D010", "A")).Period);
    }

    [Fact]
    public async Task G13_A_period_ends_before_the_first_day_of_the_next()
    {
        await using var hub = await MetricHub.StartAsync();
        foreach (var period in new[] { "2023-12-31", "2024-01-01", "2024-03-31", "2024-04-01", "2023-W52", "2024-W01", "2024-W02" })
            await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", period, "1"));

        // [2024-01-01, 2024-04-01), and the week that starts with it.
        Assert.Equal(["2024-01-01", "2024-03-31", "2024-W01", "2024-W02"], await WithinAsync(hub, "2024-Q1", "2024-Q1"));
        Assert.Equal(["2024-01-01", "2024-W01"], await WithinAsync(hub, "2024-W01", "2024-W01"));
    }

    private static async Task<IEnumerable<string>> WithinAsync(MetricHub hub, string from, string to)
    {
        var request = new QueryObservationsRequest { Filter = new ObservationFilter { PeriodFrom = from, PeriodTo = to } };
        var page = await hub.Hub.Metrics.QueryObservationsAsync(request, cancellationToken: TestContext.Current.CancellationToken);
        return page.Observations.Select(record => record.Observation.Period).Order(StringComparer.Ordinal);
    }
}
