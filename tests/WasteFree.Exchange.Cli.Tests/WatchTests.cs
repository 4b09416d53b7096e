using System.Text.Json;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

public sealed class WatchTests : IAsyncLifetime
{
    private const string Header = "region,indicator,period,value,unit,note\n";
    private const string Org = "demo-500101";

    private HubForCli _hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Resume => Path.Combine(_hub.Folder, "place");

    public async ValueTask InitializeAsync() => _hub = await HubForCli.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Each_observation_is_one_line_of_json_with_what_happened()
    {
        await SubmitAsync("r1", "500101,ZW21-11,2023,1.0,t,示例\n500101,ZW21-11,2022,2.0,t,示例\n");
        Assert.Equal(0, (await _hub.RunAsync("withdraw", "r1", "--org", Org, "--reason", "示例")).ExitCode);
        var run = await WatchAsync("--from", "earliest", "--format", "json");
        var lines = run.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(
            ["1 CATALOG_CHANGED  True", "2 CATALOG_CHANGED  True", "3 REPORT_COMMITTED SET False", "3 REPORT_COMMITTED SET True", "4 REPORT_WITHDRAWN REMOVED False", "4 REPORT_WITHDRAWN REMOVED True"],
            lines.Select(line => $"{line.GetProperty("position").GetString()} {line.GetProperty("kind").GetString()} {(line.TryGetProperty("action", out var action) ? action.GetString() : "")} {line.GetProperty("last").GetBoolean()}"));
        Assert.Equal("1.0", lines[2].GetProperty("record").GetProperty("observation").GetProperty("value").GetString());
        Assert.True(lines[2].GetProperty("illustrative").GetBoolean());
        Assert.Contains("Caught up at position 4", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_has_the_same_columns_on_every_line_and_words_have_names()
    {
        await SubmitAsync("r1", "500101,ZW21-11,2023,1.0,t,示例\n");
        var csv = await WatchAsync("--from", "earliest", "--format", "csv");
        Assert.Equal(4, csv.Lines.Length);
        Assert.Equal(35, csv.Lines[0].Split(',').Length);
        Assert.All(csv.Lines, line => Assert.Equal(35, line.Split(',').Length));
        Assert.Contains(",REPORT_COMMITTED,SET,organizations/demo-500101/reports/r1,demo-500101,true,示例,,,,,,,500101,ZW21-11,1.0,WHOLE,_T,2023,1.0,", csv.Lines[3], StringComparison.Ordinal);

        var report = await WatchAsync("--from", "earliest", "--detail", "report", "--format", "csv");
        Assert.Contains(",REPORT_COMMITTED,,organizations/demo-500101/reports/r1,,true,示例,1,0,1,0,0,0,", report.Lines[3], StringComparison.Ordinal);

        var words = await WatchAsync("--from", "earliest");
        Assert.Contains("提交 committed  万州区  ZW21-11 生活垃圾清运量  全域  _T  2023  1.0 t  organizations/demo-500101/reports/r1  示例", words.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_spelling_is_marked_in_every_format()
    {
        await SubmitAsync("r1", "500101,ZW21-11,2023,12000,t,示例\n500101,ZW21-11,2022,90,t,示例\n");
        await SubmitAsync("r2", "500101,ZW21-11,2023,12,10*3.t,示例\n500101,ZW21-11,2022,91,t,示例\n");
        var csv = await WatchAsync("--from", "earliest", "--format", "csv");
        Assert.EndsWith(",spelling_only,affirmed_report,revision_position,retracted_position", csv.Lines[0], StringComparison.Ordinal);
        Assert.Equal(["false", "false", "true", "false"], csv.Lines[3..].Select(line => line.Split(',')[^4]));
        var json = await WatchAsync("--from", "earliest", "--format", "json");
        Assert.Equal(
            [false, false, true, false], json.Lines[2..].Select(line => JsonDocument.Parse(line).RootElement.TryGetProperty("spellingOnly", out var only) && only.GetBoolean()));
        var words = await WatchAsync("--from", "earliest");
        Assert.Equal([false, false, true, false], words.Lines[2..].Select(line => line.Contains("仅写法不同 spelling only", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_snapshot_comes_before_the_changes_and_since_leaves_out_what_came_before()
    {
        await SubmitAsync("r1", "500101,ZW21-11,2023,1.0,t,示例\n");
        await SubmitAsync("r2", "500101,ZW21-11,2023,2.0,t,示例\n");
        var snapshot = await WatchAsync("--from", "snapshot", "--format", "csv");
        Assert.Equal(2, snapshot.Lines.Length);
        Assert.StartsWith("4,", snapshot.Lines[1], StringComparison.Ordinal);
        Assert.Contains(",SNAPSHOT,SET,organizations/demo-500101/reports/r2,", snapshot.Lines[1], StringComparison.Ordinal);

        Assert.Single((await WatchAsync("--since", "3")).Lines);
        Assert.Empty((await WatchAsync("--since", "4")).Lines);
        Assert.Equal(4, (await WatchAsync("--since", "2020-01-01")).Lines.Length);
        Assert.Empty((await WatchAsync("--since", "2999-01-01")).Lines);
        Assert.Empty((await WatchAsync("--regions", "涪陵区", "--since", "3")).Lines);
    }

    [Fact]
    public async Task A_resume_file_goes_on_where_the_run_before_ended()
    {
        await SubmitAsync("r1", "500101,ZW21-11,2023,1.0,t,示例\n");
        var first = await WatchAsync("--from", "earliest", "--resume", Resume, "--format", "csv");
        Assert.Equal(4, first.Lines.Length);
        Assert.Empty((await WatchAsync("--from", "earliest", "--resume", Resume, "--format", "csv")).Lines);
        await SubmitAsync("r2", "500101,ZW21-11,2023,2.0,t,示例\n");
        var second = await WatchAsync("--from", "earliest", "--resume", Resume, "--format", "csv");
        Assert.Single(second.Lines);
        Assert.StartsWith("4,", second.Lines[0], StringComparison.Ordinal);

        // The place is one of this filter.
        var other = await WatchAsync("--resume", Resume, "--scope", "URBAN");
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("RESUME_TOKEN_INVALID", other.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Resume, "\n", Cancellation);
        var empty = await WatchAsync("--resume", Resume);
        Assert.Equal(1, empty.ExitCode);
        Assert.Contains("holds no token", empty.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_place_is_kept_only_after_the_lines_are_out()
    {
        await SubmitAsync("r1", "500101,ZW21-11,2023,1.0,t,示例\n");
        var terminal = new Output.Terminal(new BrokenPipe(), TextWriter.Null, _ => null, false, false);
        var exit = await Wfx.RunAsync(
            ["watch", "--hub", _hub.Address.ToString(), "--from", "earliest", "--include-illustrative", "--resume", Resume, "--until-caught-up"], terminal, Cancellation);
        Assert.Equal(1, exit);
        Assert.False(File.Exists(Resume));
    }

    [Fact]
    public async Task Ctrl_C_ends_a_watch_with_0_and_it_survives_a_restart_of_the_hub_before()
    {
        var data = Path.Combine(_hub.Folder, "other");
        var hub = WfxProcess.Start("serve", "--urls", "http://127.0.0.1:0", "--data", data);
        var ready = await hub.ReadLineAsync();
        var address = ready[ready.IndexOf("http", StringComparison.Ordinal)..].TrimEnd('/');
        await using var watch = WfxProcess.Start("watch", "--hub", address, "--from", "earliest", "--format", "json");
        Assert.Contains("\"CATALOG_CHANGED\"", await watch.ReadLineAsync(), StringComparison.Ordinal);

        hub.Signal(WfxProcess.SigTerm);
        Assert.Equal(0, await hub.EndAsync());
        await hub.DisposeAsync();
        await using var again = WfxProcess.Start("serve", "--urls", address, "--data", data);
        await again.ReadLineAsync();
        var sample = Path.Combine(HubForCli.Samples, "yaan-hw-2022.csv");
        Assert.Equal(0, (await CliRun.OfAsync(new Dictionary<string, string>(), ["submit", sample, "--org", "yaan", "--hub", address], Cancellation)).ExitCode);
        Assert.Contains("\"position\":\"2\",\"kind\":\"REPORT_COMMITTED\"", await watch.ReadLineAsync(), StringComparison.Ordinal);

        watch.Signal(WfxProcess.SigInt);
        Assert.Equal(0, await watch.EndAsync());
        Assert.DoesNotContain("   at ", watch.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_whose_reader_has_gone_ends_and_keeps_the_place_of_the_last_line_that_went_out()
    {
        await using var watch = WfxProcess.Start("watch", "--hub", _hub.Address.ToString(), "--from", "earliest", "--include-illustrative", "--resume", Resume, "--format", "csv");
        for (var line = 0; line < 3; line++) await watch.ReadLineAsync();
        watch.CloseOutput();
        await SubmitAsync("r1", "500101,ZW21-11,2023,1.0,t,示例\n");
        Assert.Equal(1, await watch.EndAsync());
        Assert.DoesNotContain("   at ", watch.Error, StringComparison.Ordinal);

        var rest = await WatchAsync("--resume", Resume, "--format", "csv");
        Assert.Contains(rest.Lines, line => line.Contains("organizations/demo-500101/reports/r1", StringComparison.Ordinal));
    }

    private Task<CliRun> WatchAsync(params string[] args) => _hub.RunAsync(["watch", "--include-illustrative", "--until-caught-up", .. args]);

    private async Task SubmitAsync(string report, string rows)
    {
        var run = await _hub.RunAsync("submit", _hub.Write(report + ".csv", Header + rows), "--org", Org, "--report", report);
        Assert.True(run.ExitCode == 0, run.Error + run.Out);
    }

    /// <summary>Takes lines and fails when they are to go out, as a full disk does.</summary>
    private sealed class BrokenPipe : StringWriter
    {
        public override Task FlushAsync(CancellationToken cancellationToken) => throw new IOException("broken");
    }
}
