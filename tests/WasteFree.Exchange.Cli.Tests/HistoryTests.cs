using System.Text.Json;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary><c>wfx history</c> and <c>wfx diff</c> on one history: sent, revised, withdrawn, sent again; all values are made up (示例).</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private static readonly string[] History = ["history", "--indicator", "HUB-HW-GEN", "--region", "511800", "--period", "2021"];

    private HubForCli _hub = null!;
    private long _start;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubForCli.StartAsync();
        _start = await SubmitAsync("first", "511800,HUB-HW-GEN,2021,100.50,P,一", "511800,HUB-HW-GEN,2020,7,,");
        await SubmitAsync("second", "511800,HUB-HW-GEN,2021,104,,二", "511800,HUB-HW-USED,2021,50,,");
        Assert.Equal(0, (await _hub.RunAsync("withdraw", "second", "--org", "yaan", "--reason", "示例 wrong")).ExitCode);
        await SubmitAsync("third", "511800,HUB-HW-GEN,2021,103,,", "511800,HUB-HW-GEN,2020,7.0,,");
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_history_as_a_table_shows_every_value_and_withdrawal()
    {
        var run = await _hub.RunAsync(History);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("雅安市  2021", run.Lines[0], StringComparison.Ordinal);
        var rows = run.Lines.Where(line => line.Contains("yaan", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, rows.Count);
        AssertHas(rows[0], $"{_start}", "100.50", "P", "first", $"{_start + 1}");
        AssertHas(rows[1], "104", "second", $"{_start + 2}");
        AssertHas(rows[2], "撤回 withdrawn", "second");
        AssertHas(rows[3], "103", "third");
        Assert.All(run.Lines, line => Assert.True(line.Length <= 118, line));
        Assert.Contains("4 条", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_as_csv_has_one_row_per_entry_with_the_native_columns()
    {
        var run = await _hub.RunAsync([.. History, "--format", "csv"]);
        Assert.Equal(
            "position,commit_time,withdrawn,superseded_position,superseded_time,report,organization,illustrative,mark,derived_value,withheld,"
            + "region,indicator,version,scope,category,period,value,numerator,denominator,unit,status,confidentiality,note,collection_method,evidence,numerator_unit,denominator_unit,"
            + "spelling_only,affirmed_report,retracted_position",
            run.Lines[0]);
        var rows = run.Lines[1..].Select(line => line.Split(',')).ToList();
        Assert.Equal([$"{_start}", $"{_start + 1}", $"{_start + 2}", $"{_start + 3}"], rows.Select(row => row[0]));
        Assert.Equal(["false", "false", "true", "false"], rows.Select(row => row[2]));
        Assert.Equal([$"{_start + 1}", $"{_start + 2}", $"{_start + 3}", ""], rows.Select(row => row[3]));
        Assert.Equal([.. rows.Skip(1).Select(row => row[1]), ""], rows.Select(row => row[4]));
        Assert.Equal(["100.50", "104", "", "103"], rows.Select(row => row[17]));
        Assert.Equal(["t", "t", "", "t"], rows.Select(row => row[20]));
        Assert.All(rows, row => Assert.Equal("2021", row[16]));
    }

    [Fact]
    public async Task A_history_as_json_is_an_array_up_to_the_instant_asked()
    {
        var run = await _hub.RunAsync(
            "history", "--indicator", "HUB-HW-GEN", "--region", "雅安市", "--period", "2021", "--as-of", $"{_start + 1}", "--format", "json");
        using var entries = JsonDocument.Parse(run.Out);
        Assert.Equal(
            ["100.50", "104"],
            entries.RootElement.EnumerateArray().Select(entry => entry.GetProperty("observation").GetProperty("observation").GetProperty("value").GetString()!));
        Assert.Equal("0", entries.RootElement[1].GetProperty("supersededPosition").GetString());
        Assert.Equal(4, run.Lines.Length);
    }

    [Fact]
    public async Task A_change_of_spelling_is_marked_in_a_history()
    {
        string[] ask = ["history", "--indicator", "HUB-HW-GEN", "--region", "511800", "--period", "2020"];
        var csv = await _hub.RunAsync([.. ask, "--format", "csv"]);
        Assert.Equal(["false", "true"], csv.Lines[1..].Select(line => line.Split(',')[^3]));
        Assert.Contains("仅写法不同", (await _hub.RunAsync(ask)).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("仅写法不同", (await _hub.RunAsync(History)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_was_repeated_leads_to_the_report_that_asserts_it_now()
    {
        await SubmitAsync("fourth", "511800,HUB-HW-GEN,2021,103,,");
        Assert.Equal(0, (await _hub.RunAsync("withdraw", "third", "--org", "yaan", "--reason", "示例")).ExitCode);
        const string asserting = "organizations/yaan/reports/fourth";

        Assert.Contains("affirmed by", (await _hub.RunAsync(History)).Out, StringComparison.Ordinal);
        Assert.EndsWith($",false,{asserting},", (await _hub.RunAsync([.. History, "--format", "csv"])).Lines[4], StringComparison.Ordinal);
        string[] explain = ["explain", "--indicator", "HUB-HW-GEN", "--region", "511800", "--period", "2021"];
        Assert.Contains("fourth @ " + (_start + 4), string.Concat((await _hub.RunAsync(explain)).Lines), StringComparison.Ordinal);
        Assert.Contains($",{asserting},{_start + 4}", (await _hub.RunAsync([.. explain, "--format", "csv"])).Out, StringComparison.Ordinal);
        Assert.EndsWith($",{asserting},,", (await _hub.RunAsync("diff", "--since", $"{_start + 2}", "--format", "csv", "--period", "2021")).Lines[1], StringComparison.Ordinal);
        var compared = await _hub.RunAsync("compare", "--indicator", "HUB-HW-GEN", "--regions", "511800", "--period", "2021", "--format", "csv");
        Assert.Contains($",{asserting}", compared.Lines[1], StringComparison.Ordinal);
        Assert.Contains(asserting, (await _hub.RunAsync("query", "--period", "2021", "--format", "json")).Out, StringComparison.Ordinal);
        var watched = await _hub.RunAsync("watch", "--from", "snapshot", "--until-caught-up", "--period", "2021", "--format", "csv");
        Assert.Contains($",false,{asserting},", watched.Lines[1], StringComparison.Ordinal);
        Assert.Contains($"affirmed by {asserting}", (await _hub.RunAsync("watch", "--from", "snapshot", "--until-caught-up", "--period", "2021")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Illustrative_histories_are_left_out_unless_asked_for_and_marked()
    {
        var submit = await _hub.RunAsync("submit", Path.Combine(HubForCli.Samples, "demo-500101-2024.csv"), "--org", "demo-500101");
        Assert.Equal(0, submit.ExitCode);
        string[] ask = ["history", "--indicator", "ZW21-19", "--region", "500101", "--period", "2024"];
        Assert.DoesNotContain("demo-500101", (await _hub.RunAsync(ask)).Out, StringComparison.Ordinal);
        Assert.Contains("demo-500101 示例", (await _hub.RunAsync([.. ask, "--include-illustrative"])).Out, StringComparison.Ordinal);
        Assert.Empty((await _hub.RunAsync([.. ask, "--include-illustrative", "--source", "wanzhou", "--format", "csv"])).Lines[1..]);
    }

    [Fact]
    public async Task Differences_as_a_table_show_before_and_after()
    {
        var run = await _hub.RunAsync("diff", "--since", $"{_start}");
        Assert.True(run.ExitCode == 0, run.Error);
        var rows = run.Lines.Where(line => line.Contains("雅安市", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, rows.Count);
        AssertHas(rows[0], "2020", "7 t", "7.0 t", "仅写法不同");
        AssertHas(rows[1], "2021", "100.50 t", "103 t");
        Assert.Contains($"{_start} → {_start + 3}", run.Error, StringComparison.Ordinal);
        Assert.Contains("2 处差异 differences，其中 1 处数量未变，仅写法不同 spelling only", run.Error, StringComparison.Ordinal);

        var withdrawn = await _hub.RunAsync("diff", "--since", $"{_start}", "--as-of", $"{_start + 1}", "--indicator", "HUB-HW-USED");
        Assert.Contains("新增 added", withdrawn.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Differences_as_csv_have_one_row_per_key()
    {
        var run = await _hub.RunAsync("diff", "--since", $"{_start + 1}", "--format", "csv");
        Assert.StartsWith("change,fields,region,indicator,scope,category,period,organization,illustrative,mark,before_version,before_value,", run.Lines[0], StringComparison.Ordinal);
        var header = run.Lines[0].Split(',').ToList();
        var rows = run.Lines[1..].Select(line => line.Split(',')).ToList();
        Assert.Equal(["RESPELLED", "CHANGED", "REMOVED"], rows.Select(row => row[0]));
        Assert.Equal(["value", "value note", ""], rows.Select(row => row[1]));
        Assert.Equal(["7", "104", "50"], rows.Select(row => row[header.IndexOf("before_value")]));
        Assert.Equal(["7.0", "103", ""], rows.Select(row => row[header.IndexOf("after_value")]));
        Assert.Equal([$"{_start}", $"{_start + 1}", $"{_start + 1}"], rows.Select(row => row[header.IndexOf("before_position")]));
        Assert.All(rows, row => Assert.Equal(header.Count, row.Length));
    }

    [Fact]
    public async Task Differences_as_json_are_an_array()
    {
        var run = await _hub.RunAsync("diff", "--since", $"{_start}", "--period", "2020", "--format", "json");
        using var differences = JsonDocument.Parse(run.Out);
        var difference = Assert.Single(differences.RootElement.EnumerateArray());
        Assert.Equal("[]\n", (await _hub.RunAsync("diff", "--since", $"{_start}", "--period", "2019", "--format", "json")).Out);
        Assert.True(difference.GetProperty("spellingOnly").GetBoolean());
        Assert.Equal("7.0", difference.GetProperty("after").GetProperty("observation").GetProperty("value").GetString());
        Assert.Equal(3, run.Lines.Length);
    }

    [Fact]
    public async Task Since_a_date_means_the_changes_of_that_day_too()
    {
        var today = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).AddMinutes(-5);
        var since = await _hub.RunAsync("diff", "--since", today.ToString("yyyy-MM-dd"), "--format", "csv");
        Assert.Equal(2, since.Lines.Length - 1);
        Assert.All(since.Lines[1..], line => Assert.StartsWith("ADDED,", line, StringComparison.Ordinal));
        Assert.Single((await _hub.RunAsync("diff", "--since", today.AddDays(2).ToString("yyyy-MM-dd"), "--format", "csv")).Lines);
    }

    [Theory]
    [InlineData("diff --since 3 --as-of 2", "SINCE_AFTER_AS_OF")]
    [InlineData("diff --since 999999", "AS_OF_OUT_OF_RANGE")]
    [InlineData("history --indicator NOPE --region 511800 --period 2021", "INDICATOR_UNKNOWN")]
    [InlineData("history --indicator HUB-HW-GEN --region 511800 --period 2021-W53", "PERIOD_MALFORMED")]
    public async Task What_the_hub_refuses_ends_with_1_and_its_reason(string command, string reason)
    {
        foreach (var format in new[] { "table", "csv", "json" })
        {
            var run = await _hub.RunAsync([.. command.Split(' '), "--format", format]);
            Assert.Equal(1, run.ExitCode);
            Assert.Contains(reason, run.Error, StringComparison.Ordinal);
            Assert.Empty(run.Out);
        }
    }

    [Theory]
    [InlineData("diff")]
    [InlineData("diff --since yesterday")]
    [InlineData("history --indicator HUB-HW-GEN --region 511800")]
    [InlineData("history --indicator HUB-HW-GEN --period 2021 --region")]
    public async Task Bad_usage_ends_with_2_and_says_why_on_stderr(string command)
    {
        var run = await _hub.RunAsync(command.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.Error);
        Assert.Empty(run.Out);
    }

    private static void AssertHas(string line, params string[] parts) =>
        Assert.All(parts, part => Assert.True(line.Contains(part, StringComparison.Ordinal), $"No {part} in: {line}"));

    private async Task<long> SubmitAsync(string report, params string[] rows)
    {
        var file = _hub.Write($"{report}.csv", $"region,indicator,period,value,status,note\n{string.Join('\n', rows)}\n");
        var run = await _hub.RunAsync("submit", file, "--org", "yaan", "--report", report, "--format", "json");
        Assert.True(run.ExitCode == 0, run.Error + run.Out);
        using var receipt = JsonDocument.Parse(run.Out);
        return receipt.RootElement.GetProperty("position").GetInt64();
    }
}
