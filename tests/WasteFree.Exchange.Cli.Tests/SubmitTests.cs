using System.Text.Json;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

public sealed class SubmitTests : IAsyncLifetime
{
    private const string Header = "region,indicator,period,value,unit,note\n";
    private const string Org = "demo-500101";

    private HubForCli _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubForCli.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_file_is_submitted_and_the_same_file_again_gives_the_same_receipt()
    {
        var sample = Path.Combine(HubForCli.Samples, "yaan-hw-2022.csv");
        var first = await _hub.RunAsync("submit", sample, "--org", "yaan");
        var second = await _hub.RunAsync("submit", sample, "--org", "yaan");
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Equal(0, second.ExitCode);
        Assert.Contains("organizations/yaan/reports/f-", first.Out, StringComparison.Ordinal);
        Assert.Equal(first.Lines[1..4], second.Lines[1..4]);
        Assert.DoesNotContain("重复提交", first.Out, StringComparison.Ordinal);
        Assert.StartsWith("此前已提交 committed before", second.Out, StringComparison.Ordinal);
        Assert.Contains("nothing was stored now", second.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("--report", second.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_was_replaced_says_so_when_it_is_sent_again_and_how_to_send_it_anew()
    {
        var a = _hub.Write("a.csv", Header + "500101,ZW21-11,2023,1.0,t,示例\n500101,ZW21-11,2022,1.0,t,示例\n");
        await _hub.RunAsync("submit", a, "--org", Org);
        await _hub.RunAsync("submit", _hub.Write("b.csv", Header + "500101,ZW21-11,2023,2.0,t,示例\n"), "--org", Org);

        var words = await _hub.RunAsync("submit", a, "--org", Org);
        Assert.Equal(0, words.ExitCode);
        Assert.Contains("1 行的数值已不是现行数值", words.Out, StringComparison.Ordinal);
        Assert.Contains("No longer current: 1 of its values", words.Out, StringComparison.Ordinal);
        Assert.Contains("--report NEW-ID", words.Out, StringComparison.Ordinal);
        var json = await _hub.RunAsync("submit", a, "--org", Org, "--format", "json");
        var result = JsonDocument.Parse(json.Out).RootElement;
        Assert.Equal(
            ("committed", true, 1L),
            (result.GetProperty("outcome").GetString(), result.GetProperty("replayed").GetBoolean(), result.GetProperty("supersededRows").GetInt64()));
        Assert.Contains("--report NEW-ID", json.Error, StringComparison.Ordinal);
        var csv = await _hub.RunAsync("submit", a, "--org", Org, "--format", "csv");
        Assert.EndsWith(",outcome,replayed,superseded_rows", csv.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",committed,true,1", csv.Lines[1], StringComparison.Ordinal);

        var anew = await _hub.RunAsync("submit", a, "--org", Org, "--report", "anew");
        Assert.StartsWith("已提交 committed", anew.Out, StringComparison.Ordinal);
        Assert.Contains("1 revised, 1 unchanged", anew.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_was_withdrawn_is_no_success_when_it_is_sent_again()
    {
        var file = _hub.Write("a.csv", Header + "500101,ZW21-11,2023,1.0,t,示例\n");
        await _hub.RunAsync("submit", file, "--org", Org, "--report", "r1");
        await _hub.RunAsync("withdraw", "r1", "--org", Org, "--reason", "示例");

        foreach (var format in new[] { "table", "csv", "json" })
        {
            var again = await _hub.RunAsync("submit", file, "--org", Org, "--report", "r1", "--format", format);
            Assert.Equal(1, again.ExitCode);
            var said = format == "table" ? again.Out : again.Error;
            Assert.Contains("此报告已被撤回", said, StringComparison.Ordinal);
            Assert.Contains("This report was withdrawn", said, StringComparison.Ordinal);
            Assert.Contains("--report NEW-ID", said, StringComparison.Ordinal);
            if (format == "json") Assert.Equal("withdrawn", JsonDocument.Parse(again.Out).RootElement.GetProperty("outcome").GetString());
        }
        Assert.Single((await _hub.RunAsync("query", "--include-illustrative", "--format", "csv")).Lines);
        Assert.Equal(0, (await _hub.RunAsync("submit", file, "--org", Org, "--report", "r2")).ExitCode);
        Assert.Equal(2, (await _hub.RunAsync("query", "--include-illustrative", "--format", "csv")).Lines.Length);
    }

    [Fact]
    public async Task A_mended_file_is_another_report()
    {
        var one = await SubmitJsonAsync("a.csv", Header + "500101,ZW21-11,2023,1.0,t,示例\n");
        var two = await SubmitJsonAsync("a.csv", Header + "500101,ZW21-11,2023,2.0,t,示例\n");
        Assert.NotEqual(one.GetProperty("report").GetString(), two.GetProperty("report").GetString());
        Assert.Equal(1, two.GetProperty("counts").GetProperty("revised").GetInt64());
    }

    [Fact]
    public async Task The_same_name_with_other_content_is_refused_in_words()
    {
        var a = _hub.Write("a.csv", Header + "500101,ZW21-11,2023,1.0,t,示例\n");
        var b = _hub.Write("b.csv", Header + "500101,ZW21-11,2023,2.0,t,示例\n");
        Assert.Equal(0, (await _hub.RunAsync("submit", a, "--org", Org, "--report", "r1")).ExitCode);
        var refused = await _hub.RunAsync("submit", b, "--org", Org, "--report", "r1");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("REPORT_CONTENT_CONFLICT", refused.Error, StringComparison.Ordinal);
        Assert.Contains("更正须用新的报告名", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_of_the_hub_is_shown_by_file_line()
    {
        var file = _hub.Write("bad.csv",
            Header + "500101,ZW21-11,2023,1.0,t,\"two\nlines\"\n500101,ZW21-11,2021-W53,1,t,\n\n500101,NOPE,2023,1,t,\n500101,ZW21-11,2022,\"12,5\",t,\n");
        var findings = Path.Combine(_hub.Folder, "findings.csv");
        var run = await _hub.RunAsync("submit", file, "--org", Org, "--format", "json", "--findings", findings);
        Assert.Equal(1, run.ExitCode);
        using var result = JsonDocument.Parse(run.Out);
        Assert.Equal("refused", result.RootElement.GetProperty("outcome").GetString());
        Assert.Equal(
            [(4, "period"), (6, "indicator"), (7, "value")],
            result.RootElement.GetProperty("findings").EnumerateArray().Select(fault => (fault.GetProperty("line").GetInt32(), fault.GetProperty("field").GetString()!)));

        var lines = await File.ReadAllLinesAsync(findings, TestContext.Current.CancellationToken);
        Assert.Equal("line,row,rule,severity,field,observed,expected,message_zh,message_en", lines[0]);
        Assert.Equal(["4,1,", "6,2,", "7,3,"], lines[1..].Select(line => line[..4]));
        Assert.Equal("1", (await _hub.RunAsync("query", "--include-illustrative", "--format", "csv")).Lines.Length.ToString());
    }

    [Fact]
    public async Task With_a_fault_of_the_file_nothing_is_submitted_and_the_other_rows_are_still_checked()
    {
        var file = _hub.Write("both.csv", Header + "500101,ZW21-11,2021-W53,1,t,\n500101,ZW21-11,2023,1,t,x,y\n500101,ZW21-11,2022,1,m3,\n500101,ZW21-11,2020,1,t,\n");
        var run = await _hub.RunAsync("submit", file, "--org", Org, "--format", "csv");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["2,0,STR-5@1", "3,,CSV-2@1", "4,1,UNIT-1@1"], run.Lines[1..].Select(line => string.Join(',', line.Split(',')[..3])));
        Assert.Single((await _hub.RunAsync("query", "--include-illustrative", "--format", "csv")).Lines);
    }

    [Fact]
    public async Task A_table_shows_the_first_faults_and_says_how_many_there_are()
    {
        var rows = string.Concat(Enumerable.Range(0, 120).Select(year => $"500101,ZW21-11,{1901 + year},1,m3,\n"));
        var run = await _hub.RunAsync("submit", _hub.Write("many.csv", Header + rows), "--org", Org);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("and 70 more", run.Out, StringComparison.Ordinal);
        Assert.Contains("120", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_checks_and_stores_nothing()
    {
        var file = _hub.Write("dry.csv", Header + "500101,ZW21-11,2023,1.0,t,示例\n");
        var run = await _hub.RunAsync("submit", file, "--org", Org, "--dry-run");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("nothing was stored", run.Out, StringComparison.Ordinal);
        Assert.Single((await _hub.RunAsync("query", "--include-illustrative", "--format", "csv")).Lines);
    }

    [Fact]
    public async Task Quarantine_takes_the_good_rows_and_names_the_bad_ones()
    {
        var file = _hub.Write("q.csv", Header + "500101,ZW21-11,2023,1.0,t,示例\n500101,ZW21-11,2022,1,m3,\n");
        var run = await _hub.RunAsync("submit", file, "--org", Org, "--row-policy", "quarantine");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("UNIT-1", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await _hub.RunAsync("query", "--include-illustrative", "--format", "csv")).Lines.Length);
    }

    [Fact]
    public async Task A_GB18030_file_with_Chinese_names_is_understood()
    {
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        var path = Path.Combine(_hub.Folder, "gb.csv");
        await File.WriteAllTextAsync(path, "地区,指标,期间,数值,备注\n万州区,生活垃圾清运量,2023,12.50,示例\n",
            System.Text.Encoding.GetEncoding("GB18030"), TestContext.Current.CancellationToken);
        var run = await _hub.RunAsync("submit", path, "--org", Org);
        Assert.True(run.ExitCode == 0, run.Error + run.Out);
        var back = await _hub.RunAsync("query", "--include-illustrative", "--format", "csv");
        Assert.Contains("500101,ZW21-11,1.0,WHOLE,_T,2023,12.50,", back.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_is_refused()
    {
        var run = await _hub.RunAsync("submit", _hub.Write("empty.csv", ""), "--org", Org);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("文件为空", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_without_authority_is_refused_with_the_reason()
    {
        var file = _hub.Write("a.csv", Header + "510100,ZW21-11,2023,1.0,t,示例\n");
        var foreign = await _hub.RunAsync("submit", file, "--org", Org);
        Assert.Equal(1, foreign.ExitCode);
        Assert.Contains("MSG-2", foreign.Out, StringComparison.Ordinal);
        var nobody = await _hub.RunAsync("submit", file, "--org", "nobody-here");
        Assert.Equal(1, nobody.ExitCode);
        Assert.Contains("ORGANIZATION_UNKNOWN", nobody.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_rows_and_lines_are_counted_in_one_way_everywhere()
    {
        // Line 2 has two findings, line 3 one of the file check, line 4 one of the hub, line 5 none.
        var file = _hub.Write("counted.csv", Header + "500101,NOPE,2021-W53,1,t,\n500101,ZW21-11,2023,1,t,x,y\n500101,ZW21-11,2022,1,m3,\n500101,ZW21-11,2020,1,t,\n");
        var path = Path.Combine(_hub.Folder, "counted-findings.csv");
        var json = await _hub.RunAsync("submit", file, "--org", Org, "--dry-run", "--format", "json", "--findings", path);
        var text = await _hub.RunAsync("submit", file, "--org", Org, "--dry-run");

        using var result = JsonDocument.Parse(json.Out);
        var counts = result.RootElement.GetProperty("counts");
        Assert.Equal((4, 3, 4, 3), (
            counts.GetProperty("submitted").GetInt32(), counts.GetProperty("rejected").GetInt32(), counts.GetProperty("findings").GetInt32(),
            result.RootElement.GetProperty("linesWithFindings").GetInt32()));
        Assert.Equal(4, result.RootElement.GetProperty("findings").GetArrayLength());
        Assert.Equal(4, (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken)).Length - 1);
        Assert.Contains("4 findings on 3 lines", text.Error, StringComparison.Ordinal);
        Assert.Contains("4 in the file, 3 rejected", text.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "UTF-8")]
    [InlineData(true, "UTF-8 (BOM)")]
    public async Task How_the_file_was_read_is_said(bool mark, string encoding)
    {
        var start = mark ? "\uFEFF" : "";
        var good = _hub.Write("good.csv", start + Header + "500101,ZW21-11,2023,1.0,吨,示例\n");
        var bad = _hub.Write("bad.csv", start + Header + "500101,NOPE,2023,1.0,t,示例\n");

        Assert.Contains($"encoding      {encoding}\n", (await _hub.RunAsync("submit", good, "--org", Org, "--dry-run")).Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"encoding      {encoding}\n", (await _hub.RunAsync("submit", bad, "--org", Org)).Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"\"encoding\": \"{encoding}\"", (await _hub.RunAsync("submit", good, "--org", Org, "--format", "json")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_units_of_a_Chinese_table_are_taken()
    {
        var file = _hub.Write("units.csv",
            "地区,指标,期间,数值,单位,备注\n万州区,生活垃圾清运量,2024,45.2,万吨,示例\n万州区,危险废物产生量,2024,1200,吨,示例\n万州区,秸秆综合利用率,2024,90.4,％,示例\n"
            + "万州区,“无废城市”建设项目投资总额,2024,500,万元,示例\n万州区,开展“无废城市细胞”建设的单位数量,2024,12,个,示例\n");
        var run = await _hub.RunAsync("submit", file, "--org", Org);
        Assert.True(run.ExitCode == 0, run.Error + run.Out);
        Assert.Equal(0, (await _hub.RunAsync("submit", file, "--org", Org, "--format", "json")).ExitCode);

        var table = await _hub.RunAsync("compare", "--indicator", "生活垃圾清运量", "--regions", "万州区", "--period", "2024", "--unit", "亿吨", "--include-illustrative", "--format", "json");
        Assert.Contains("\"value\": \"0.00452\"", table.Out, StringComparison.Ordinal);
        Assert.Contains("10*8.t", table.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_csv_is_told_what_it_is()
    {
        var path = Path.Combine(_hub.Folder, "book.csv");
        await File.WriteAllBytesAsync(path, [(byte)'P', (byte)'K', 3, 4, 20, 0, 6, 0], TestContext.Current.CancellationToken);
        var run = await _hub.RunAsync("submit", path, "--org", Org, "--format", "csv");
        Assert.Equal((1, 2), (run.ExitCode, run.Lines.Length));
        Assert.Contains(".xlsx", run.Out, StringComparison.Ordinal);
    }

    private async Task<JsonElement> SubmitJsonAsync(string name, string text)
    {
        var run = await _hub.RunAsync("submit", _hub.Write(name, text), "--org", Org, "--format", "json");
        Assert.True(run.ExitCode == 0, run.Error + run.Out);
        return JsonDocument.Parse(run.Out).RootElement;
    }
}
