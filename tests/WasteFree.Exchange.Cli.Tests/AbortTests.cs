using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

public sealed class AbortTests
{
    [Fact]
    public async Task Only_an_unfinished_upload_can_be_given_up_and_the_caller_must_be_named()
    {
        await using var hub = await HubForCli.StartAsync();
        var file = hub.Write("a.csv", "region,indicator,period,value,note\n500101,ZW21-11,2023,1.0,示例\n");
        Assert.Equal(0, (await hub.RunAsync("submit", file, "--org", "demo-500101", "--report", "r1")).ExitCode);

        var committed = await hub.RunAsync("abort", "r1", "--org", "demo-500101");
        Assert.Equal(1, committed.ExitCode);
        Assert.Contains("REPORT_STATE", committed.Error, StringComparison.Ordinal);
        var unknown = await hub.RunAsync("abort", "r2", "--org", "demo-500101");
        Assert.Contains("REPORT_UNKNOWN", unknown.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await hub.RunAsync("abort", "r1")).ExitCode);
    }

    [Fact]
    public async Task An_unfinished_upload_is_given_up()
    {
        await using var hub = await HubForCli.StartAsync();
        using var connection = new Client.ExchangeConnection(new Client.ConnectionOptions { Hub = hub.Address, Organization = "demo-500101" });
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var upload = new Client.ReportUpload { Report = "organizations/demo-500101/reports/r1", Rows = _ => BreakAsync(broken) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.Uploader.UploadAsync(upload, null, broken.Token));

        var run = await hub.RunAsync("abort", "r1", "--org", "demo-500101", "--format", "csv");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["report,state", "organizations/demo-500101/reports/r1,ABORTED"], run.Lines);
    }

    /// <summary>The hub has opened the upload when it asks for rows; then the sender goes away.</summary>
    private static async IAsyncEnumerable<V1.Observation> BreakAsync(CancellationTokenSource broken)
    {
        yield return new V1.Observation { Region = "500101", Indicator = "ZW21-11", Period = "2023", Value = "1", Note = "示例" };
        await broken.CancelAsync();
        broken.Token.ThrowIfCancellationRequested();
    }
}
