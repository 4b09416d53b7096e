using System.Text.Json;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary>Wanzhou's targets of 2024 and the illustrative report on them (示例).</summary>
public sealed class AttainmentTests : IAsyncLifetime
{
    private HubForCli _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubForCli.StartAsync();
        var sent = await _hub.RunAsync("submit", Path.Combine(HubForCli.Samples, "demo-500101-2024.csv"), "--org", "demo-500101", "--report", "sample");
        Assert.True(sent.ExitCode == 0, sent.Error + sent.Out);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task The_table_shows_goal_value_state_clause_and_departments_of_each_target_and_counts_them()
    {
        var run = await _hub.RunAsync("attainment", "--region", "万州区", "--year", "2024", "--include-illustrative");
        Assert.True(run.ExitCode == 0, run.Error);
        AssertRow("T07-1 农作物秸秆综合利用率", "≥ 90 %", "90.40", " 达标 ", "示例");
        AssertRow("T07-4 农膜回收率", "≥ 91 %", "90.83", "未达标", "示例");
        AssertRow("T04-1 成效自评估报送区无废办", "≤ 2024-04-10", "2024-04-09", " 达标 ", "示例");
        AssertRow("│   T03-1.CELL03 ", "≥ 5 {unit}", "未达标"); // a part, under its whole
        AssertRow("│ T20-2 ", "≥ 50 t/a", "—", "规则，不计");
        Assert.Contains("第7项「农作物秸秆综合利用率达90%以上」", run.Out, StringComparison.Ordinal);
        Assert.Contains("区农业农村委、区乡村振兴局、区供销合作社", run.Out, StringComparison.Ordinal);
        Assert.Equal(
            "目标 targets 18：达标 attained 14，未达标 not attained 4，无法判定 unknown 0；"
            + "分项 parts 13：达标 attained 12，未达标 not attained 1，无法判定 unknown 0；不计 not counted 1 【示例】",
            run.Lines[^1]);
        Assert.All(run.Lines[..^1], line => Assert.True(line.Length <= 118, line));

        void AssertRow(params string[] texts) =>
            Assert.Contains(run.Lines, line => texts.All(text => line.Contains(text, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Illustrative_values_are_left_out_unless_asked_for()
    {
        var run = await _hub.RunAsync("attainment", "--region", "500101", "--period", "2024");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Lines, line => line.Contains("T07-1 ", StringComparison.Ordinal) && line.Contains("无法判定：缺数据", StringComparison.Ordinal));
        Assert.StartsWith("目标 targets 18：达标 attained 0，未达标 not attained 0，无法判定 unknown 18；", run.Lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("示例", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_has_one_marked_line_per_target()
    {
        var run = await _hub.RunAsync("attainment", "--region", "Wanzhou", "--include-illustrative", "--format", "csv");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(1 + 32, run.Lines.Length);
        Assert.StartsWith("target,part_of,region,region_name,period,", run.Lines[0], StringComparison.Ordinal);
        var straw = run.Lines.Single(line => line.StartsWith("T07-1,", StringComparison.Ordinal));
        Assert.Contains(",≥,90,%,90.40,,ATTAINED,,100.444444444444,", straw, StringComparison.Ordinal);
        Assert.Contains(",NO_BASE,", straw, StringComparison.Ordinal);
        Assert.Contains(",区农业农村委、区乡村振兴局、区供销合作社,万无废组〔2024〕1号,第7项,农作物秸秆综合利用率达90%以上,demo-500101,示例,", straw, StringComparison.Ordinal);
        Assert.Contains(run.Lines, line => line.StartsWith("T20-2,", StringComparison.Ordinal) && line.Contains(",NOT_A_RESULT,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Json_is_the_answer_of_the_hub()
    {
        var run = await _hub.RunAsync("attainment", "--region", "万州区", "--year", "2024", "--include-illustrative", "--format", "json");
        using var answer = JsonDocument.Parse(run.Out);
        var attainments = answer.RootElement.GetProperty("attainments");
        Assert.Equal(32, attainments.GetArrayLength());
        Assert.Equal("ATTAINMENT_STATE_ATTAINED", attainments[0].GetProperty("state").GetString());
        Assert.Equal("48", attainments[0].GetProperty("cell").GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_way_from_a_base_is_shown_where_one_is_known()
    {
        const string Header = "target_id,region,period,indicator,relation,name_zh,comparator,value,unit,base_period,base_value\n";
        var targets = _hub.Write("targets.csv", Header + "X-1,500101,2025,ZW21-19,same,示例目标,>=,95,%,2020,85\nX-2,500102,2025,ZW21-19,same,示例目标,>=,95,%,,\n");
        Assert.Equal(0, (await _hub.RunAsync("catalog", "load", "--targets", targets)).ExitCode);

        var run = await _hub.RunAsync("attainment", "--year", "2025", "--include-illustrative");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("2024 走完 54 %", run.Out, StringComparison.Ordinal);
        Assert.Contains("90.40，应为 93", run.Out, StringComparison.Ordinal);
        Assert.Contains("落后进度", run.Out, StringComparison.Ordinal);
        Assert.Contains(run.Lines, line => line.Contains("X-1 示例目标", StringComparison.Ordinal) && line.Contains("│ 示例 │", StringComparison.Ordinal)); // the way is measured at a made-up value
        Assert.Contains("涪陵区 目标达成", run.Out, StringComparison.Ordinal);
        Assert.All(run.Lines, line => Assert.True(line.Length <= 118, line));
    }

    [Fact]
    public async Task A_base_that_attains_the_target_shows_no_share_of_a_way_and_whether_the_target_is_held()
    {
        const string Header = "target_id,region,period,indicator,relation,name_zh,comparator,value,unit,base_period,base_value\n";
        var targets = _hub.Write("targets.csv", Header
            + "X-1,500101,2024,ZW21-19,same,示例目标,>=,91,%,2020,94.4\n" // 90.40 misses it: the line downward would say 118 %
            + "X-2,500101,2025,ZW21-19,same,示例目标,>=,85,%,2020,99\n"); // 90.40 is better: the line downward would say behind
        Assert.Equal(0, (await _hub.RunAsync("catalog", "load", "--targets", targets)).ExitCode);

        var run = await _hub.RunAsync("attainment", "--region", "500101", "--include-illustrative");

        Assert.Contains("基期 94.4 已达目标", run.Out, StringComparison.Ordinal);
        Assert.Contains("未保持", run.Out, StringComparison.Ordinal);
        Assert.Contains("保持达标", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("走完", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("落后", run.Out, StringComparison.Ordinal);
        var csv = await _hub.RunAsync("attainment", "--region", "500101", "--include-illustrative", "--format", "csv");
        Assert.Contains(csv.Lines, line => line.StartsWith("X-1,", StringComparison.Ordinal) && line.Contains(",BASE_ATTAINS,2020,94.4,2024,90.40,,91,false,,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_year_takes_the_targets_of_its_quarters_and_months()
    {
        var targets = _hub.Write("targets.csv", "target_id,region,period,indicator,relation,name_zh,comparator,value,unit\n"
            + "X-Q1,500101,2024-Q1,ZW21-19,same,示例目标,>=,80,%\nX-M,500101,2024-03,ZW21-19,same,示例目标,>=,80,%\nX-S,500101,2025-S1,ZW21-19,same,示例目标,>=,80,%\n");
        Assert.Equal(0, (await _hub.RunAsync("catalog", "load", "--targets", targets)).ExitCode);

        Assert.Equal("X-M X-Q1", await IdsAsync("--year", "2024"));
        Assert.Equal("X-S", await IdsAsync("--year", "2025"));
        Assert.Equal("X-Q1", await IdsAsync("--period", "2024-Q1"));

        async Task<string> IdsAsync(params string[] period)
        {
            var run = await _hub.RunAsync(["attainment", "--region", "500101", "--format", "csv", .. period]);
            return string.Join(' ', run.Lines.Select(line => line.Split(',')[0]).Where(id => id.StartsWith("X-", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_deadline_is_shown_as_its_date_wherever_a_target_is_shown()
    {
        // An indicator that is an event makes an event of its target, whatever kind the row says.
        var targets = _hub.Write("targets.csv", "target_id,region,period,deadline,indicator,relation,name_zh,comparator,value,unit\nX-E,500102,2024,2024-07-15,WZ24-04-1,same,示例目标,<=,1,1\n");
        Assert.Equal(0, (await _hub.RunAsync("catalog", "load", "--targets", targets)).ExitCode);
        string[] compare = ["compare", "--indicator", "WZ24-04-1", "--regions", "万州区,涪陵区", "--period", "2024"];
        foreach (var command in new string[][] { compare, [.. compare, "--format", "csv"], ["catalog", "targets"], ["attainment"], ["attainment", "--format", "csv"] })
        {
            var run = await _hub.RunAsync(command);
            Assert.Equal(0, run.ExitCode);
            Assert.DoesNotContain("1 1", run.Out, StringComparison.Ordinal);
            var separator = command.Contains("csv") && command[0] == "attainment" ? "≤," : "≤ ";
            Assert.Contains(separator + "2024-04-10", run.Out, StringComparison.Ordinal);
            Assert.Contains(separator + "2024-07-15", run.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task As_of_a_position_before_the_report_nothing_is_known()
    {
        var run = await _hub.RunAsync("attainment", "--region", "500101", "--include-illustrative", "--as-of", "2");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("达标 attained 0", run.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("attainment --region 999999", 1, "REGION_UNKNOWN")]
    [InlineData("attainment --period 2021-W53", 1, "PERIOD_MALFORMED")]
    [InlineData("attainment --year 20", 1, "PERIOD_MALFORMED")]
    [InlineData("attainment --source nobody", 1, "ORGANIZATION_UNKNOWN")]
    [InlineData("attainment --as-of 999999", 1, "AS_OF_OUT_OF_RANGE")]
    [InlineData("attainment --year this", 2, "--year")]
    [InlineData("attainment --year 2024 --period 2024", 2, "--year")]
    public async Task What_is_wrong_with_a_question_is_said_and_nothing_is_written(string command, int exitCode, string word)
    {
        var run = await _hub.RunAsync(command.Split(' '));
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(word, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }
}
