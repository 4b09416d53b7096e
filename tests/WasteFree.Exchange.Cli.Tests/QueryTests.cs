using System.Text.Json;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

public sealed class QueryTests : IAsyncLifetime
{
    private HubForCli _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubForCli.StartWithSamplesAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_comparison_in_json_shows_values_as_they_were_sent()
    {
        var run = await _hub.RunAsync(
            "compare", "--indicator", "HUB-HW-GEN", "--category", "_T", "--regions", "511800", "--period", "2022,2023", "--format", "json");
        Assert.Equal(0, run.ExitCode);
        using var answer = JsonDocument.Parse(run.Out);
        Assert.Equal(
            ["526710.770", "551953.685112"],
            answer.RootElement.GetProperty("comparisons").EnumerateArray().Select(table => table.GetProperty("cells")[0].GetProperty("value").GetString()!));
    }

    [Fact]
    public async Task Illustrative_values_are_left_out_unless_asked_for_and_then_marked()
    {
        string[] ask = ["compare", "--indicator", "秸秆综合利用率", "--regions", "万州区,511800", "--period", "2024"];
        var without = await _hub.RunAsync(ask);
        Assert.Equal(0, without.ExitCode);
        Assert.Equal(2, without.Lines.Count(line => line.Contains("缺数据 (MISSING)", StringComparison.Ordinal)));
        Assert.DoesNotContain("示例", without.Out, StringComparison.Ordinal);

        var with = await _hub.RunAsync([.. ask, "--include-illustrative"]);
        Assert.Contains(with.Lines, line => line.Contains("万州区", StringComparison.Ordinal) && line.Contains("90.40", StringComparison.Ordinal)
            && line.Contains("≥ 90 % 达标", StringComparison.Ordinal) && line.Contains("示例", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_table_fits_its_width_and_ranks_the_regions()
    {
        var run = await _hub.RunAsync("compare", "--indicator", "ZW21-19", "--regions", "500101,510100", "--period", "latest", "--include-illustrative");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Lines, line => line.Contains("成都市", StringComparison.Ordinal) && line.Contains("1/2", StringComparison.Ordinal));
        Assert.All(run.Lines, line => Assert.True(line.Length <= 118, line));
    }

    [Fact]
    public async Task Flat_csv_has_one_line_per_cell_and_one_for_the_regions_as_one()
    {
        var run = await _hub.RunAsync("compare", "--indicator", "HUB-HW-GEN,HUB-HW-USED", "--regions", "511800,500101", "--period", "2022", "--format", "csv");
        Assert.Equal(1 + 2 * (2 + 1), run.Lines.Length);
        Assert.StartsWith("row,indicator,indicator_name,period,", run.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("cell,HUB-HW-GEN,", run.Lines[1], StringComparison.Ordinal);
        Assert.Contains(",526710.770,t,", run.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith("aggregate,HUB-HW-GEN,", run.Lines[3], StringComparison.Ordinal);
        Assert.EndsWith("left out: MISSING: 500101", run.Lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_submitted_comes_back_digit_for_digit()
    {
        var run = await _hub.RunAsync("query", "--source", "yaan", "--period", "2022", "--format", "csv");
        Assert.StartsWith("region,indicator,version,scope,category,period,value,numerator,denominator,unit,status,confidentiality,note", run.Lines[0], StringComparison.Ordinal);
        var sent = (await File.ReadAllLinesAsync(Path.Combine(HubForCli.Samples, "yaan-hw-2022.csv"), TestContext.Current.CancellationToken))[1..]
            .Select(line => line.Split(',')).Select(fields => string.Join(',', fields[..5]));
        var back = run.Lines[1..].Select(line => line.Split(',')).Select(f => string.Join(',', f[0], f[1], f[4], f[5], f[6]));
        Assert.Equal(sent.Order(StringComparer.Ordinal), back.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Csv_of_illustrative_rows_is_marked_and_names_its_source_when_asked()
    {
        var run = await _hub.RunAsync("query", "--regions", "Wanzhou", "--include-illustrative", "--with-source", "--excel", "--format", "csv");
        Assert.StartsWith("\uFEFFregion,", run.Out, StringComparison.Ordinal);
        Assert.EndsWith(",organization,illustrative,mark", run.Lines[0], StringComparison.Ordinal);
        Assert.Equal(31, run.Lines.Length - 1);
        Assert.All(run.Lines[1..], line => Assert.EndsWith(",demo-500101,true,示例", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Json_of_a_query_is_an_array()
    {
        var run = await _hub.RunAsync("query", "--indicator", "HUB-HW-GEN", "--category", "_T", "--format", "json");
        using var rows = JsonDocument.Parse(run.Out);
        Assert.Equal(2, rows.RootElement.GetArrayLength());
        Assert.Equal("526710.770", rows.RootElement[0].GetProperty("observation").GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_table_of_a_query_shows_names()
    {
        var run = await _hub.RunAsync("query", "--indicator", "HUB-HW-GEN", "--category", "_T", "--from", "2023");
        Assert.Contains(run.Lines, line => line.Contains("雅安市", StringComparison.Ordinal) && line.Contains("551953.685112", StringComparison.Ordinal));
        Assert.DoesNotContain("526710.770", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_of_a_position_before_a_report_it_is_not_there()
    {
        var receipt = await _hub.RunAsync("submit", Path.Combine(HubForCli.Samples, "yaan-hw-2023.csv"), "--org", "yaan", "--report", "yaan-hw-2023", "--format", "json");
        var position = JsonDocument.Parse(receipt.Out).RootElement.GetProperty("position").GetInt64();
        var before = await _hub.RunAsync("query", "--source", "yaan", "--period", "2023", "--as-of", (position - 1).ToString(), "--format", "csv");
        var at = await _hub.RunAsync("query", "--source", "yaan", "--period", "2023", "--as-of", position.ToString(), "--format", "csv");
        Assert.Single(before.Lines);
        Assert.Equal(76, at.Lines.Length);
    }

    [Fact]
    public async Task A_withdrawn_report_takes_its_values_with_it()
    {
        var run = await _hub.RunAsync("withdraw", "yaan-hw-2023", "--org", "yaan", "--reason", "示例 test");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("75", run.Out, StringComparison.Ordinal);
        Assert.Single((await _hub.RunAsync("query", "--source", "yaan", "--period", "2023", "--format", "csv")).Lines);
    }

    [Theory]
    [InlineData("compare --indicator ZW21-19 --regions 鼓楼区 --period 2024")]
    [InlineData("query --regions 鼓楼区")]
    [InlineData("watch --regions 鼓楼区 --until-caught-up")]
    public async Task A_name_of_several_codes_is_bad_usage_and_lists_them(string command)
    {
        var regions = _hub.Write("regions.csv", "code,name_zh,name_en\nX-1,鼓楼区,Drum Tower\nX-2,鼓楼区,Gulou\n");
        Assert.Equal(0, (await _hub.RunAsync("catalog", "load", "--regions", regions)).ExitCode);

        var run = await _hub.RunAsync(command.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("NAME_AMBIGUOUS", run.Error, StringComparison.Ordinal);
        Assert.Contains("X-1 鼓楼区, X-2 鼓楼区", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Theory]
    [InlineData("compare --indicator NOPE --regions 500101 --period 2024", "INDICATOR_UNKNOWN")]
    [InlineData("compare --indicator ZW21-19 --regions 999999 --period 2024", "REGION_UNKNOWN")]
    [InlineData("compare --indicator ZW21-19 --regions 500101 --period 2021-W53", "PERIOD_MALFORMED")]
    [InlineData("query --as-of 999999", "AS_OF_OUT_OF_RANGE")]
    [InlineData("withdraw nothing --org yaan --reason x", "REPORT_UNKNOWN")]
    public async Task What_the_hub_refuses_ends_with_1_and_its_reason(string command, string reason)
    {
        var run = await _hub.RunAsync(command.Split(' '));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }
}
