using System.Text.Json;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

public sealed class CompareTests : IAsyncLifetime
{
    private HubForCli _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubForCli.StartWithSamplesAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_unit_and_a_growth_asked_for_are_shown()
    {
        var run = await _hub.RunAsync("compare", "--indicator", "HUB-HW-GEN", "--regions", "雅安市", "--period", "2023", "--unit", "10*4.t", "--growth", "previous,last-year");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Lines, line => line.Contains("环比 Growth", StringComparison.Ordinal) && line.Contains("同比", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.Contains("55.1953685112", StringComparison.Ordinal) && line.Contains("4.7925572344 %", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_share_changes_in_points_and_a_break_is_marked()
    {
        var rows = _hub.Write("rows.csv", "region,indicator,period,value,status,note\n500101,ZW21-20,2023,80,A,示例\n500101,ZW21-20,2024,82,A,示例\n500101,ZW21-21,2023,80,A,示例\n500101,ZW21-21,2024,70,B,示例\n");
        Assert.Equal(0, (await _hub.RunAsync("submit", rows, "--org", "demo-500101", "--report", "points")).ExitCode);
        string[] ask = ["--region", "500101", "--period", "2024", "--growth", "last-year", "--include-illustrative"];
        string[] compare = ["compare", "--indicator", "ZW21-20,ZW21-21", "--regions", .. ask[1..]];

        var table = await _hub.RunAsync(compare);
        Assert.Contains("+2 个百分点", table.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("2.5 %", table.Out, StringComparison.Ordinal);
        Assert.Contains("可比：序列中断", table.Out.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("— BREAK", table.Out, StringComparison.Ordinal);

        var csv = await _hub.RunAsync([.. compare, "--format", "csv"]);
        Assert.Contains(csv.Lines, line => line.Contains(",80,2,个百分点,", StringComparison.Ordinal));
        Assert.Contains(csv.Lines, line => line.Contains(",COMPARABLE,BREAK,B,", StringComparison.Ordinal));

        var why = await _hub.RunAsync(["explain", "--indicator", "ZW21-20", .. ask]);
        Assert.Contains("增长 +2 个百分点", why.Out, StringComparison.Ordinal);
        var broken = await _hub.RunAsync(["explain", "--indicator", "ZW21-21", .. ask]);
        Assert.Contains("[BREAK]", broken.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheme_has_all_its_members_and_names_who_is_left_out()
    {
        var run = await _hub.RunAsync("compare", "--indicator", "HUB-HW-GEN", "--scheme", "reporting-units", "--period", "2023", "--format", "csv");
        Assert.Equal(1 + 56 + 1, run.Lines.Length);
        Assert.StartsWith("aggregate,HUB-HW-GEN,危险废物产生量,2023,WHOLE,_T,,,551953.685112,t,", run.Lines[^1], StringComparison.Ordinal);
        Assert.Contains(",1,56,1.785714285714,", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheme_that_is_not_there_is_answered_with_the_nearest()
    {
        var run = await _hub.RunAsync("compare", "--indicator", "HUB-HW-GEN", "--scheme", "co-building-2021", "--period", "2023");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("CO-BUILDING-2022", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Regions_below_another_are_compared_by_its_name()
    {
        var run = await _hub.RunAsync("compare", "--indicator", "HUB-HW-GEN", "--children-of", "四川省", "--period", "2023", "--format", "json");
        using var answer = JsonDocument.Parse(run.Out);
        Assert.Contains(answer.RootElement.GetProperty("comparisons")[0].GetProperty("cells").EnumerateArray(), cell => cell.GetProperty("value").GetString() == "551953.685112");
    }

    [Fact]
    public async Task Together_is_sum_by_sum_with_both_sums_shown()
    {
        var run = await _hub.RunAsync("compare", "--indicator", "ZW21-19", "--regions", "500101,510100", "--period", "2024", "--include-illustrative");
        Assert.Contains("合计 Together: 96.4 % = 1253200 t / 1300000 t，2/2 个地区 regions", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--per", "dog", "--per 'dog'")]
    [InlineData("--growth", "previous,yesterday", "--growth 'yesterday'")]
    public async Task A_word_that_is_no_choice_is_answered_with_those_there_are(string option, string word, string named)
    {
        var run = await _hub.RunAsync("compare", "--indicator", "HUB-HW-GEN", "--regions", "511800", "--period", "2023", option, word);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Contains("use one of", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_is_explained_down_to_the_rows_that_were_sent()
    {
        var run = await _hub.RunAsync("explain", "--indicator", "HUB-HW-GEN", "--region", "雅安市", "--period", "2023", "--unit", "10*4.t", "--growth", "previous");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("数值 55.1953685112 10*4.t  HUB-HW-GEN 511800 2023 [CONVERTED]", run.Lines[0], StringComparison.Ordinal);
        Assert.Contains(run.Lines, line => line.EndsWith("organizations/yaan/reports/yaan-hw-2023 @ 4", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.EndsWith("organizations/yaan/reports/yaan-hw-2022 @ 3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Regions_as_one_are_explained_with_the_mark_on_what_is_made_up()
    {
        string[] ask = ["explain", "--indicator", "ZW21-19", "--regions", "500101,510100,511800", "--period", "2024", "--include-illustrative"];
        var table = await _hub.RunAsync(ask);
        Assert.Contains(table.Lines, line => line.Contains("organizations/demo-500101/reports/demo-500101-2024", StringComparison.Ordinal) && line.Contains("【示例】", StringComparison.Ordinal));
        Assert.Contains(table.Lines, line => line.Contains("未计入", StringComparison.Ordinal) && line.Contains("511800", StringComparison.Ordinal) && line.Contains("MISSING", StringComparison.Ordinal));

        var csv = await _hub.RunAsync([.. ask, "--format", "csv"]);
        Assert.StartsWith("depth,step,indicator,region,period,value,unit,exact,reasons,organization,mark,report,position,", csv.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("0,CELL,ZW21-19,,2024,96.4,%,", csv.Lines[1], StringComparison.Ordinal);
        Assert.Contains(csv.Lines, line => line.StartsWith("4,OBSERVATION,ZW21-19,500101,2024,271200,t,", StringComparison.Ordinal) && line.Contains(",示例,", StringComparison.Ordinal));

        var json = await _hub.RunAsync([.. ask, "--format", "json"]);
        using var answer = JsonDocument.Parse(json.Out);
        Assert.Equal("96.4", answer.RootElement.GetProperty("explanation").GetProperty("value").GetString());
    }
}
