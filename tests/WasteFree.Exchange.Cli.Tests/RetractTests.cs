using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary><c>wfx retract</c>, and what others see of it from then on.</summary>
public sealed class RetractTests
{
    private const string Org = "demo-500101";

    [Fact]
    public async Task A_retracted_value_is_gone_from_every_list_and_said_to_be_retracted()
    {
        await using var hub = await HubForCli.StartAsync();
        var file = hub.Write("a.csv", "region,indicator,period,value,note\n500101,ZW21-11,2023,424242,示例\n");
        Assert.Equal(0, (await hub.RunAsync("submit", file, "--org", Org, "--report", "r1")).ExitCode);
        Assert.Equal(0, (await hub.RunAsync("submit", file, "--org", Org, "--report", "r2")).ExitCode);

        var csv = await hub.RunAsync("retract", "r1", "--org", Org, "--reason", "示例", "--format", "csv");
        Assert.True(csv.ExitCode == 0, csv.Error);
        Assert.Equal("report,withdraw_position,retract_position,withheld_rows", csv.Lines[0]);
        Assert.EndsWith(",1", csv.Lines[1], StringComparison.Ordinal);
        var words = await hub.RunAsync("retract", "r2", "--org", Org, "--reason", "示例");
        Assert.Contains("已封存 retracted  organizations/demo-500101/reports/r2", words.Out, StringComparison.Ordinal);
        Assert.Contains("1 rows repeated values of earlier reports", words.Error, StringComparison.Ordinal);

        string[] key = ["--indicator", "ZW21-11", "--region", "500101", "--period", "2023", "--include-illustrative"];
        var history = await hub.RunAsync(["history", .. key]);
        Assert.Contains("已封存 retracted", history.Out, StringComparison.Ordinal);
        var watch = await hub.RunAsync("watch", "--from", "earliest", "--include-illustrative", "--until-caught-up");
        Assert.Contains("删去副本 drop copies", watch.Out, StringComparison.Ordinal);
        foreach (var run in new[] { history, watch, await hub.RunAsync("watch", "--from", "earliest", "--include-illustrative", "--until-caught-up", "--format", "json") })
        {
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.DoesNotContain("424242", run.Out, StringComparison.Ordinal);
        }
        var own = await hub.RunAsync(["history", .. key, "--org", Org]);
        Assert.Contains("424242 已封存 retracted", own.Out, StringComparison.Ordinal);
    }
}
