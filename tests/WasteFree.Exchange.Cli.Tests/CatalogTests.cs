using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

public sealed class CatalogTests : IAsyncLifetime
{
    private HubForCli _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubForCli.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData("indicators", "ZW21-19")]
    [InlineData("regions", "500101")]
    [InlineData("schemes", "CO-BUILDING-2022")]
    [InlineData("scheme-members", "500101")]
    [InlineData("categories", "HW08")]
    [InlineData("targets", "T07-1")]
    [InlineData("tasks", "T03-1")]
    [InlineData("organizations", "yaan")]
    [InlineData("mandates", "yaan")]
    public async Task Every_list_is_shown_in_every_format(string list, string contains)
    {
        foreach (var format in new[] { "table", "csv", "json" })
        {
            var run = await _hub.RunAsync("catalog", list, "--format", format);
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.Contains(contains, run.Out, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("regions", "511781", "county-level city")]
    [InlineData("regions", "CQX-WZJK", "functional area")]
    [InlineData("organizations", "wanzhou", "district")]
    [InlineData("tasks", "T03-1", "按职责分工")]
    public async Task A_list_shows_the_words_of_the_table(string list, string row, string word)
    {
        foreach (var format in new[] { "table", "csv" })
        {
            var run = await _hub.RunAsync(400, "catalog", list, "--format", format);
            Assert.Contains(run.Lines, line => line.Contains(row, StringComparison.Ordinal) && line.Contains(word, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_new_region_and_organisation_are_loaded_and_may_report_at_once()
    {
        var regions = _hub.Write("regions.csv", "code,name_zh,name_en,level,parent_code\nX-1,示例新区,Illustrative new area,functional area,500000\n");
        var organizations = _hub.Write("orgs.csv", "id,name_zh,name_en,kind,regions,illustrative\ndemo-x1,示例单位,Illustrative,demo,X-1,true\n");
        var loaded = await _hub.RunAsync("catalog", "load", "--regions", regions, "--organizations", organizations);
        Assert.True(loaded.ExitCode == 0, loaded.Error + loaded.Out);
        Assert.Contains("2 新增 created", loaded.Out, StringComparison.Ordinal);

        var file = _hub.Write("x.csv", "地区,指标,期间,数值\n示例新区,ZW21-11,2023,7.0\n");
        var sent = await _hub.RunAsync("submit", file, "--org", "demo-x1");
        Assert.True(sent.ExitCode == 0, sent.Error + sent.Out);
    }

    [Fact]
    public async Task Bridges_and_densities_are_loaded_and_listed()
    {
        var indicators = _hub.Write("indicators.csv", "code,version,name_zh,unit,kind,direction\nZW21-11,2.0,生活垃圾清运量,t,amount,lower\n");
        var bridges = _hub.Write("bridges.csv", "indicator,from_major,to_major,factor,overlap_period,source,approver\nZW21-11,1,2,0.95/1.05,2021,示例,示例\n");
        var densities = _hub.Write("densities.csv", "indicators,value,unit,source\nZW21-11,0.35,t/m3,示例\n");
        var loaded = await _hub.RunAsync("catalog", "load", "--indicators", indicators, "--bridges", bridges, "--densities", densities);
        Assert.True(loaded.ExitCode == 0, loaded.Error + loaded.Out);

        Assert.Equal("indicator,from_major,to_major,regions,factor,overlap_period,source,approver", (await _hub.RunAsync("catalog", "bridges", "--format", "csv")).Lines[0]);
        Assert.Equal("ZW21-11,1,2,*,0.95/1.05,2021,示例,示例", (await _hub.RunAsync("catalog", "bridges", "--format", "csv")).Lines[1]);
        Assert.Equal("ZW21-11,*,0.35,t/m3,示例", (await _hub.RunAsync("catalog", "densities", "--format", "csv")).Lines[1]);
        Assert.Contains("0.95/1.05", (await _hub.RunAsync("catalog", "bridges")).Out, StringComparison.Ordinal);
        Assert.Contains("\"densities\"", (await _hub.RunAsync("catalog", "densities", "--format", "json")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_row_refuses_the_whole_load_with_line_and_column()
    {
        var regions = _hub.Write("regions.csv", "code,name_zh,name_en,level,parent_code\nX-1,示例新区,,functional area,500000\nX-2,,,functional area,500000\n");
        var run = await _hub.RunAsync("catalog", "load", "--regions", regions, "--format", "csv");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Lines, line => line.StartsWith("regions.csv,3,name_zh,", StringComparison.Ordinal));
        Assert.DoesNotContain("X-1", (await _hub.RunAsync("catalog", "regions", "--format", "csv")).Out, StringComparison.Ordinal);
    }
}
