using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>Two MAJOR versions of a definition: nothing crosses from one to the other but by a declared bridge.</summary>
public sealed class BreakGoldenTests
{
    private const string Bridge = """
        indicator,from_major,to_major,regions,factor,overlap_period,source,approver
        T-BREAK,1,2,X,0.95/1.05,2021,示例对照测量,示例专家组
        """;

    [Fact]
    public async Task G05_Values_of_two_versions_are_not_comparable_without_a_bridge()
    {
        await using var hub = await MeasuredAsync();

        var table = await hub.TableAsync("T-BREAK", "2020", "X Y", InSecond);
        var cell = table.Cells[0];
        Assert.Equal(("2.0", "1.0", Verdict.NotComparable), (table.Indicator.Version, cell.Version, cell.Verdict));
        Assert.Equal([VerdictReason.Definition], cell.Reasons);
        Assert.Equal(("1.10", false), (cell.Value, cell.Rank > 0));
        Assert.DoesNotContain("E", cell.Status);
        Assert.Equal("", table.Aggregate.Value);

        // In the version that was in force there is nothing to object to.
        Assert.Equal(Verdict.Comparable, (await hub.TableAsync("T-BREAK", "2020", "X")).Cells[0].Verdict);

        var later = await hub.TableAsync("T-BREAK", "2021", "X Y", InSecond);
        Assert.All(later.Cells, other => Assert.Equal(Verdict.Comparable, other.Verdict));
    }

    [Fact]
    public async Task G05_A_bridge_brings_a_value_across_and_says_so()
    {
        await using var hub = await MeasuredAsync();
        await hub.LoadAsync(CatalogTableKind.Bridges, Bridge);

        var table = await hub.TableAsync("T-BREAK", "2020", "X Y", InSecond);

        var cell = table.Cells[0];
        Assert.Equal(("0.995238095238", true, "1.0"), (cell.Value, cell.Derived, cell.Version));
        Assert.Equal((Verdict.ComparableWithBridge, VerdictReason.Bridged), (cell.Verdict, cell.Reasons.Single()));
        Assert.Contains("E", cell.Status);
        Assert.Equal(1, cell.Rank);
        // The bridge is X's; Y was not measured in both.
        Assert.Equal([VerdictReason.Definition], table.Cells[1].Reasons);
    }

    [Fact]
    public async Task G05_The_bridged_value_is_stored_nowhere()
    {
        await using var hub = await MeasuredAsync();
        await hub.LoadAsync(CatalogTableKind.Bridges, Bridge);
        await hub.TableAsync("T-BREAK", "2020", "X", InSecond);

        var request = new QueryObservationsRequest { Filter = new ObservationFilter { Regions = { "X" }, Periods = { "2020" } } };
        var stored = Assert.Single((await hub.Hub.Metrics.QueryObservationsAsync(request, cancellationToken: TestContext.Current.CancellationToken)).Observations);

        Assert.Equal(("1.10", "1.0", "A"), (stored.Observation.Value, stored.Observation.Version, stored.Observation.Status.Single()));
    }

    [Fact]
    public async Task G05_Growth_crosses_a_break_by_the_bridge_only()
    {
        await using var hub = await MeasuredAsync();

        var absent = await GrowthAsync(hub, "2021");
        Assert.Equal(("2020", "", "", ""), (absent.BasePeriod, absent.BaseValue, absent.Change, absent.Percent));
        Assert.NotEmpty(absent.Reasons);
        Assert.All(absent.Reasons, reason => Assert.True(reason is VerdictReason.Definition or VerdictReason.Break, absent.ToString()));
        Words.AssertBoth(absent.MessageZh, absent.MessageEn + ".");
        // Within one version and without a break nothing is in its way: 0.90 after 0.95.
        Assert.Equal("-5.263157894737", (await GrowthAsync(hub, "2022")).Percent);

        await hub.LoadAsync(CatalogTableKind.Bridges, Bridge);
        var bridged = await GrowthAsync(hub, "2021");
        Assert.Equal(("2020", "0.995238095238", "-4.545454545455"), (bridged.BasePeriod, bridged.BaseValue, bridged.Percent));
        // 0.95 - 1.10 x 0.95 / 1.05
        Assert.Equal("-0.045238095238", bridged.Change);
        Assert.DoesNotContain("13.6", bridged.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task G05_A_flagged_break_ends_growth_within_one_version_too()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(
            MadeUp.Value("T-AMOUNT", "A", "2021", "10"), MadeUp.Value("T-AMOUNT", "A", "2022", "20", "B"), MadeUp.Value("T-AMOUNT", "A", "2023", "30"));

        var growths = await hub.CompareAsync(new CompareMetricsRequest
        {
            Indicators = { "T-AMOUNT" }, Regions = { "A" }, Periods = { "2022", "2023" }, Growth = { GrowthBasis.PreviousPeriod },
        });

        var (across, after) = (growths.Comparisons[0].Cells[0], growths.Comparisons[1].Cells[0]);
        Assert.Equal((Verdict.Comparable, "20"), (across.Verdict, across.Value));
        Assert.Equal(VerdictReason.Break, across.Reasons.Single());
        Words.AssertBoth(across.MessageZh, across.MessageEn + ".");
        Assert.Empty(after.Reasons);
        Assert.Equal(("", VerdictReason.Break), (across.Growth[0].Percent, across.Growth[0].Reasons.Single()));
        Assert.Equal("50", after.Growth[0].Percent);
    }

    [Fact]
    public async Task G05_A_break_between_the_two_ends_of_a_growth_is_seen()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(
            MadeUp.Value("T-AMOUNT", "A", "2022-06", "10"), MadeUp.Value("T-AMOUNT", "A", "2023-02", "20", "B"), MadeUp.Value("T-AMOUNT", "A", "2023-06", "30"));

        var cell = (await hub.TableAsync("T-AMOUNT", "2023-06", "A", request => request.Growth.Add(GrowthBasis.SamePeriodLastYear))).Cells.Single();

        var growth = cell.Growth.Single();
        Assert.Equal(("2022-06", "", VerdictReason.Break), (growth.BasePeriod, growth.Percent, growth.Reasons.Single()));
    }

    [Fact]
    public async Task G05_A_share_is_told_by_points_and_an_amount_by_per_cent()
    {
        await using var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(
            MadeUp.Value("T-RATE", "A", "2022", "80"), MadeUp.Value("T-RATE", "A", "2023", "82"),
            MadeUp.Value("T-PER-CNY", "A", "2022", "80"), MadeUp.Value("T-PER-CNY", "A", "2023", "82"));

        Assert.Equal((GrowthKind.Points, "2", "2.5", "2"), await ToldAsync("T-RATE", ""));
        Assert.Equal((GrowthKind.Points, "2", "2.5", "0.02"), await ToldAsync("T-RATE", "1"));
        Assert.Equal((GrowthKind.Relative, "", "2.5", "2"), await ToldAsync("T-PER-CNY", ""));

        async Task<(GrowthKind, string, string, string)> ToldAsync(string indicator, string unit)
        {
            var table = await hub.TableAsync(indicator, "2023", "A", request =>
            {
                request.Unit = unit;
                request.Growth.Add(GrowthBasis.PreviousPeriod);
            });
            var growth = table.Cells.Single().Growth.Single();
            return (growth.Kind, growth.Points, growth.Percent, growth.Change);
        }
    }

    /// <summary>The measurements of X in two versions, and Y in the second one.</summary>
    private static async Task<MetricHub> MeasuredAsync()
    {
        var hub = await MetricHub.StartAsync();
        await hub.SubmitAsync(
            MadeUp.Value("T-BREAK", "X", "2019", "1.20"), MadeUp.Value("T-BREAK", "X", "2020", "1.10"),
            MadeUp.Value("T-BREAK", "X", "2021", "0.95", "B"), MadeUp.Value("T-BREAK", "X", "2022", "0.90"),
            MadeUp.Value("T-BREAK", "Y", "2020", "0.70"), MadeUp.Value("T-BREAK", "Y", "2021", "0.80", "B"));
        return hub;
    }

    private static void InSecond(CompareMetricsRequest request) => request.Version = "2.0";

    private static async Task<CellGrowth> GrowthAsync(MetricHub hub, string period)
    {
        var table = await hub.TableAsync("T-BREAK", period, "X", request =>
        {
            request.Version = "2.0";
            request.Growth.Add(GrowthBasis.PreviousPeriod);
        });
        return Assert.Single(table.Cells.Single().Growth);
    }
}
