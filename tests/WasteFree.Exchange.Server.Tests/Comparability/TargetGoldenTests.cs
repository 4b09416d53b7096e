using WasteFree.Exchange.V1;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Comparability;

/// <summary>Values against targets, and the way there.</summary>
public sealed class TargetGoldenTests
{
    private const string Header = "target_id,region,period,indicator,relation,name_zh,comparator,value,unit,base_period,base_value\n";

    [Fact]
    public async Task G06_A_rising_target_tells_the_share_of_its_path_and_the_speed_of_it()
    {
        await using var hub = await MetricHub.StartAsync(At.Clock(2024, 3, 1));
        await hub.LoadAsync(CatalogTableKind.Targets, Header
            + "UP-2023,A,2023,T-RATE,same,示例目标,>=,65,%,,\n"
            + "UP-2025,A,2025,T-RATE,same,示例目标,>=,65,%,2020,50\n");
        await hub.SubmitAsync(MadeUp.Value("T-RATE", "A", "2020", "50"), MadeUp.Value("T-RATE", "A", "2023", "59"));

        var byId = await AttainmentsAsync(hub);

        var now = byId["UP-2023"];
        Assert.Equal((AttainmentState.NotAttained, "90.769230769231", "59"), (now.State, now.Percent, now.Cell.Value));
        Assert.Equal((TargetPathState.NoBase, "", ""), (now.Path.State, now.Path.Share, now.Path.Expected));
        var later = byId["UP-2025"];
        Assert.Equal(AttainmentState.Unknown, later.State);
        AssertPath(later.Path, "2020", "50", "2023", "59", share: "60", expected: "59", onTrack: true, cagr: "1.05286");
        // To the end of 2025, from 1 March 2024 at +08:00.
        Assert.Equal(670, later.DaysLeft);
    }

    [Fact]
    public async Task G06_A_falling_target_counts_the_other_way()
    {
        await using var hub = await MetricHub.StartAsync(At.Clock(2026, 3, 1));
        await hub.LoadAsync(CatalogTableKind.Targets, Header
            + "DOWN,A,2025,T-AMOUNT,same,示例目标,<=,0.90,t,2020,1.20\n"
            + "REACHED,B,2025,T-AMOUNT,same,示例目标,<=,0.90,t,2020,1.20\n");
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023", "1.05"), MadeUp.Value("T-AMOUNT", "B", "2025", "0.90"));

        var byId = await AttainmentsAsync(hub);

        AssertPath(byId["DOWN"].Path, "2020", "1.20", "2023", "1.05", share: "50", expected: "1.02", onTrack: false, cagr: "0.778617");
        Assert.Equal(("", AttainmentState.Attained), (byId["DOWN"].Percent, byId["REACHED"].State));
        Assert.Equal("100", byId["REACHED"].Path.Share);
        Assert.True(byId["DOWN"].DaysLeft < 0, "2025 has passed.");
    }

    [Fact]
    public async Task G06_A_target_of_zero_has_a_straight_way_and_no_rate_of_growth()
    {
        await using var hub = await MetricHub.StartAsync(At.Clock(2024, 3, 1));
        await hub.LoadAsync(CatalogTableKind.Targets, Header + "ZERO,A,2025,T-AMOUNT,same,示例目标：原生垃圾零填埋,<=,0,t,2020,30\n");
        await hub.SubmitAsync(MadeUp.Value("T-AMOUNT", "A", "2023", "12"));

        AssertPath((await AttainmentsAsync(hub))["ZERO"].Path, "2020", "30", "2023", "12", share: "60", expected: "12", onTrack: true, cagr: "");
    }

    [Fact]
    public async Task G06_The_value_reported_for_the_base_period_is_the_base_where_none_is_stated()
    {
        await using var hub = await MetricHub.StartAsync(At.Clock(2024, 3, 1));
        await hub.LoadAsync(CatalogTableKind.Targets, Header + "UP,A,2025,T-RATE,same,示例目标,>=,65,%,2020,\n");
        await hub.SubmitAsync(MadeUp.Value("T-RATE", "A", "2023", "59"));
        Assert.NotEqual(TargetPathState.Known, (await AttainmentsAsync(hub))["UP"].Path.State);

        await hub.SubmitAsync(MadeUp.Value("T-RATE", "A", "2020", "50"));
        Assert.Equal((TargetPathState.Known, "60"), ((await AttainmentsAsync(hub))["UP"].Path.State, (await AttainmentsAsync(hub))["UP"].Path.Share));
    }

    [Fact]
    public async Task G06_A_base_that_attains_the_target_already_leaves_no_way_and_only_the_target_counts()
    {
        await using var hub = await MetricHub.StartAsync(At.Clock(2024, 3, 1));
        await hub.LoadAsync(CatalogTableKind.Targets, Header
            + "FALLEN,A,2025,T-RATE,same,示例目标,>=,65,%,2020,70\n"
            + "BETTER,B,2025,T-RATE,same,示例目标,>=,65,%,2020,70\n"
            + "LOW,A,2025,T-AMOUNT,same,示例目标,<=,1.20,t,2020,0.90\n");
        await hub.SubmitAsync(MadeUp.Value("T-RATE", "A", "2023", "64.1"), MadeUp.Value("T-RATE", "B", "2023", "66"), MadeUp.Value("T-AMOUNT", "A", "2023", "1.10"));

        var byId = await AttainmentsAsync(hub);

        // The line from 70 down to 65 would say 118 % of the way, and that 66 is behind.
        AssertHeld(byId["FALLEN"].Path, "70", "64.1", "65", held: false);
        AssertHeld(byId["BETTER"].Path, "70", "66", "65", held: true);
        AssertHeld(byId["LOW"].Path, "0.90", "1.10", "1.2", held: true);
    }

    [Fact]
    public async Task The_targets_of_a_year_are_those_of_its_parts_too_and_events_due_in_it()
    {
        await using var hub = await MetricHub.StartAsync(At.Clock(2024, 3, 1));
        await hub.LoadAsync(CatalogTableKind.Targets, "target_id,region,period,deadline,indicator,relation,name_zh,comparator,value,unit,kind\n"
            + "H1,A,2024-S1,,T-RATE,same,示例目标,>=,65,%,\nMONTH,A,2024-12,,T-RATE,same,示例目标,>=,65,%,\nNEXT,A,2025-Q1,,T-RATE,same,示例目标,>=,65,%,\n"
            + "Q1,A,2024-Q1,,T-RATE,same,示例目标,>=,65,%,\nREPORT,A,2024-Q4,2025-01-15,T-COUNT,same,示例目标,<=,1,{unit},event\nYEAR,A,2024,,T-RATE,same,示例目标,>=,65,%,\n");

        Assert.Equal("H1 MONTH Q1 REPORT YEAR", await IdsAsync("2024"));
        Assert.Equal("Q1", await IdsAsync("2024-Q1"));
        Assert.Equal("MONTH REPORT", await IdsAsync("2024-Q4"));
        Assert.Equal("NEXT REPORT", await IdsAsync("2025"));

        var refused = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => IdsAsync("2024-13"));
        Assert.Equal(Grpc.Core.StatusCode.InvalidArgument, refused.StatusCode);

        async Task<string> IdsAsync(string period)
        {
            var answer = await hub.Hub.Metrics.GetAttainmentAsync(new GetAttainmentRequest { Within = period, Region = "A" }, cancellationToken: TestContext.Current.CancellationToken);
            return string.Join(' ', answer.Attainments.Select(one => one.Target.Id));
        }
    }

    [Fact]
    public async Task G06_A_related_target_and_a_value_of_another_scope_never_attain()
    {
        await using var hub = await MetricHub.StartAsync(At.Clock(2024, 3, 1));
        await hub.LoadAsync(CatalogTableKind.Targets, Header + "NEAR,A,2023,T-RATE,related,示例目标,>=,65,%,,\nSAME,A,2023,T-RATE,same,示例目标,>=,65,%,,\n");
        var urban = MadeUp.Value("T-RATE", "A", "2023", "99");
        urban.Scope = "URBAN";
        await hub.SubmitAsync(urban);

        Assert.Equal(AttainmentState.Unknown, (await AttainmentsAsync(hub))["SAME"].State);
        await hub.SubmitAsync(MadeUp.Value("T-RATE", "A", "2023", "99"));
        var byId = await AttainmentsAsync(hub);
        Assert.Equal((AttainmentState.RelatedOnly, AttainmentState.Attained), (byId["NEAR"].State, byId["SAME"].State));
    }

    private static async Task<Dictionary<string, Attainment>> AttainmentsAsync(MetricHub hub)
    {
        var answer = await hub.Hub.Metrics.GetAttainmentAsync(new GetAttainmentRequest(), cancellationToken: TestContext.Current.CancellationToken);
        return answer.Attainments.ToDictionary(attainment => attainment.Target.Id);
    }

    private static void AssertHeld(TargetPath path, string baseValue, string value, string target, bool held)
    {
        Assert.Equal(TargetPathState.BaseAttains, path.State);
        Assert.Equal(("2020", baseValue, "2023", value), (path.BasePeriod, path.BaseValue, path.Period, path.Value));
        Assert.Equal(("", target, held, ""), (path.Share, path.Expected, path.OnTrack, path.CagrRatio));
    }

    private static void AssertPath(
        TargetPath path, string basePeriod, string baseValue, string period, string value, string share, string expected, bool onTrack, string cagr)
    {
        Assert.Equal(TargetPathState.Known, path.State);
        Assert.Equal((basePeriod, baseValue, period, value), (path.BasePeriod, path.BaseValue, path.Period, path.Value));
        Assert.Equal((share, expected, onTrack, cagr), (path.Share, path.Expected, path.OnTrack, path.CagrRatio));
    }
}
