using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>Values by population and by product.</summary>
public sealed class PerCapitaGoldenTests
{
    private const string PerPersonDay = "kg/({person}.d)";

    [Fact]
    public async Task G07_A_value_per_person_and_day_uses_the_days_of_the_calendar()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(
            MadeUp.Value("T-AMOUNT", "A", "2023", "365000"), MadeUp.Value("T-AMOUNT", "B", "2023", "73000"), MadeUp.Value("T-AMOUNT", "A", "2024", "365000"));
        await hub.SubmitAsync(
            MadeUp.Value("AUX-POP", "A", "2023", "1000000"), MadeUp.Value("AUX-POP", "B", "2023", "500000"), MadeUp.Value("AUX-POP", "A", "2024", "1000000"));

        var table = await hub.TableAsync("T-AMOUNT", "2023", "A B", PerPerson);

        Assert.Equal(PerPersonDay, table.Unit);
        Assert.Equal([("1", 2), ("0.4", 1)], table.Cells.Select(cell => (cell.Value, cell.Rank)));
        Assert.All(table.Cells, cell => Assert.True(cell.Derived));
        Assert.Equal("0.8", table.Aggregate.Value);
        var by = table.Cells[0].NormalizedBy;
        Assert.Equal(("AUX-POP", "2023", "1000000", "{person}", MadeUp.Bureau), (by.Indicator, by.Period, by.Value, by.Unit, by.Organization));

        Assert.Equal("0.997267759563", (await hub.TableAsync("T-AMOUNT", "2024", "A", PerPerson)).Cells[0].Value);
    }

    [Fact]
    public async Task G07_A_month_is_divided_by_the_population_of_its_year_and_by_its_own_days()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2024-02", "29000"), MadeUp.Value("AUX-POP", "A", "2024", "1000000"));

        var cell = (await hub.TableAsync("T-AMOUNT", "2024-02", "A", PerPerson)).Cells.Single();

        Assert.Equal(("1", "2024"), (cell.Value, cell.NormalizedBy.Period));
    }

    [Fact]
    public async Task G07_Without_a_population_there_is_no_value_per_person()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(
            MadeUp.Value("T-AMOUNT", "A", "2023", "365000"), MadeUp.Value("T-AMOUNT", "B", "2023", "73000"), MadeUp.Value("T-AMOUNT", "C", "2023", "1"),
            MadeUp.Value("AUX-POP", "B", "2023", "500000"), MadeUp.Value("AUX-POP", "A", "2022", "1000000"), MadeUp.Value("AUX-POP", "C", "2023", "0"));

        var table = await hub.TableAsync("T-AMOUNT", "2023", "A B C", PerPerson);

        Assert.Equal(["", "0.4", ""], table.Cells.Select(cell => cell.Value));
        foreach (var cell in new[] { table.Cells[0], table.Cells[2] })
        {
            Assert.Equal(Verdict.NotComparable, cell.Verdict);
            Assert.Contains(VerdictReason.Denominator, cell.Reasons);
        }
        Assert.Equal(("0.4", 1), (table.Aggregate.Value, table.Aggregate.Used));
        Assert.Equal(["A", "C"], table.Aggregate.Excluded.Select(left => left.Region));
    }

    [Fact]
    public async Task G07_The_vintage_of_the_population_is_that_of_the_instant()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023", "365000"));
        await hub.SubmitAsync(MadeUp.Value("AUX-POP", "A", "2023", "1000000"));
        var census = await hub.PositionAsync();
        await hub.SubmitAsync(MadeUp.Value("AUX-POP", "A", "2023", "2000000"));

        var now = (await hub.TableAsync("T-AMOUNT", "2023", "A", PerPerson)).Cells.Single();
        var then = (await hub.TableAsync("T-AMOUNT", "2023", "A", request => { PerPerson(request); request.AsOf = At.Position(census); })).Cells.Single();

        Assert.Equal(("0.5", "2000000"), (now.Value, now.NormalizedBy.Value));
        Assert.Equal(("1", "1000000", census), (then.Value, then.NormalizedBy.Value, then.NormalizedBy.Position));
    }

    [Fact]
    public async Task G07_A_value_by_product_has_the_product_below_the_line()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023", "30"), MadeUp.Value("AUX-GDP", "A", "2023", "400"));

        var table = await hub.TableAsync("T-AMOUNT", "2023", "A", request => (request.Normalization, request.Unit) = (Normalization.PerGdp, "g/{CNY}"));

        // 30 t by 400 x 10^4 yuan.
        Assert.Equal("7.5", table.Cells.Single().Value);
        Assert.Equal("AUX-GDP", table.Cells.Single().NormalizedBy.Indicator);
    }

    private static void PerPerson(CompareMetricsRequest request) => (request.Normalization, request.Unit) = (Normalization.PerCapita, PerPersonDay);
}
