using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

public sealed class RegionTests : IAsyncLifetime
{
    private HubForCli _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubForCli.StartAsync();
        var regions = _hub.Write("regions.csv", """
            code,name_zh,parent_code,parts_complete
            X,示例城,,true
            X-1,南区,X,
            X-2,北区,X,
            Y,另一城（示例）,,
            Y-1,南区,Y,

            """);
        var organizations = _hub.Write("orgs.csv", "id,name_zh,kind,regions,illustrative\ndemo-any,示例单位,demo,*,true\n");
        var loaded = await _hub.RunAsync("catalog", "load", "--regions", regions, "--organizations", organizations);
        Assert.True(loaded.ExitCode == 0, loaded.Error + loaded.Out);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_name_that_passed_on_is_read_by_the_period_of_its_row()
    {
        var sent = await SubmitAsync("地区,指标,期间,数值,备注\n两江新区,危险废物产生量,2024,3,示例\n两江新区,危险废物产生量,2026-01,5,示例\n");
        Assert.True(sent.ExitCode == 0, sent.Error + sent.Out);
        var rows = (await _hub.RunAsync("query", "--regions", "两江新区", "--include-illustrative", "--format", "csv")).Lines;
        Assert.Equal(["500157", "CQX-LJXQ"], rows.Skip(1).Select(row => row.Split(',')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_name_of_several_regions_in_a_file_shows_where_each_lies()
    {
        var sent = await SubmitAsync("地区,指标,期间,数值\n南区,危险废物产生量,2024,3\n");
        Assert.Equal(1, sent.ExitCode);
        Assert.Contains("X-1 南区（示例城）", Unwrapped(sent.Out), StringComparison.Ordinal);
        Assert.Contains("Y-1 南区（另一城（示例））", Unwrapped(sent.Out), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Regions_of_one_name_are_told_apart_by_their_codes()
    {
        await SubmitAsync("region,indicator,period,value,note\nX-1,HUB-HW-GEN,2024,3,示例\nY-1,HUB-HW-GEN,2024,4,示例\n");
        foreach (var command in new[] { "compare --indicator HUB-HW-GEN --regions X-1,Y-1,X-2 --period 2024", "query --indicator HUB-HW-GEN --regions X-1,Y-1" })
        {
            var shown = (await _hub.RunAsync([.. command.Split(' '), "--include-illustrative"])).Out;
            Assert.Contains("南区 X-1", shown, StringComparison.Ordinal);
            Assert.Contains("南区 Y-1", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("北区 X-2", shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_region_is_made_of_its_declared_parts_and_explained_by_them()
    {
        await SubmitAsync("region,indicator,period,value,note\nX-1,HUB-HW-GEN,2024,3,示例\nX-2,HUB-HW-GEN,2024,4,示例\n");
        var row = (await _hub.RunAsync("compare", "--indicator", "HUB-HW-GEN", "--regions", "X", "--period", "2024", "--include-illustrative", "--format", "csv")).Lines[1];
        Assert.Contains(",7,t,true,", row, StringComparison.Ordinal);
        Assert.Contains("MADE_OF_PARTS", row, StringComparison.Ordinal);

        var tree = (await _hub.RunAsync("explain", "--indicator", "HUB-HW-GEN", "--region", "X", "--period", "2024", "--include-illustrative")).Out;
        Assert.Contains("X-1", tree, StringComparison.Ordinal);
        Assert.Contains("X-2", tree, StringComparison.Ordinal);

        var below = await _hub.RunAsync("compare", "--indicator", "HUB-HW-GEN", "--descendants-of", "X", "--period", "latest", "--include-illustrative");
        Assert.Contains("合计 Together: 7 t", below.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_regions_shows_their_time()
    {
        var rows = (await _hub.RunAsync("catalog", "regions", "--format", "csv")).Lines;
        foreach (var column in new[] { "valid_from", "valid_to", "successors", "former_codes", "former_names", "ground_changed", "parts_complete" })
            Assert.Contains(column, rows[0].Split(','));
        Assert.Contains(",2025-11-06,500157,", rows.Single(row => row.StartsWith("500105,", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private Task<CliRun> SubmitAsync(string csv) => _hub.RunAsync("submit", _hub.Write($"{Guid.NewGuid():N}.csv", csv), "--org", "demo-any");

    /// <summary>A table breaks its cells over lines.</summary>
    private static string Unwrapped(string table) => string.Concat(table.Split('\n').Select(line => line.Split('│') is { Length: > 2 } cells ? cells[^2].Trim() : ""));
}
