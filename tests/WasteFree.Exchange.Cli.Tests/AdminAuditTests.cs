using System.Text.Json;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary><c>wfx admin audit</c>: the log as an auditor reads it, and what it says when somebody changed it.</summary>
public sealed class AdminAuditTests : IAsyncLifetime
{
    private const string Org = "demo-500101";
    private const string Report = $"organizations/{Org}/reports/r1";

    private HubForCli _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubForCli.StartAsync();
        var file = _hub.Write("r1.csv", "region,indicator,period,value,note\n500101,ZW21-11,2019,424242,示例\n500101,ZW21-11,2020,2,示例\n");
        Assert.Equal(0, (await _hub.RunAsync("submit", file, "--org", Org, "--report", "r1")).ExitCode);
        Assert.Equal(0, (await _hub.RunAsync("query", "--indicator", "ZW21-11", "--org", "yaan", "--include-illustrative")).ExitCode);
        Assert.Equal(0, (await _hub.RunAsync("withdraw", "r1", "--org", Org, "--reason", "示例原因")).ExitCode);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task The_list_says_who_did_what_to_which_report_and_who_read()
    {
        var run = await _hub.RunAsync("admin", "audit", "list", "--format", "csv");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("position,record_time,organization,credential,roles,operation,resource,status,reason,row_count,call_count,previous_hash,salt,entry_hash,ledger_id,owners", run.Lines[0]);
        Assert.Equal(
            ["ReportService/WithdrawReport", "MetricService/StreamObservations", "ReportService/UploadReport", "hub/LoadCatalog", "hub/LoadCatalog", "hub/Start"],
            Actions(run));
        Assert.Contains($",{Org},development,", run.Lines[1], StringComparison.Ordinal);
        Assert.Contains($",{Report},OK,,2,1,", run.Lines[1], StringComparison.Ordinal);
        Assert.Contains("indicators=ZW21-11", run.Lines[2], StringComparison.Ordinal);
        // Neither a value nor a reason nor a key.
        Assert.DoesNotContain("424242", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("示例", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_filtered_and_comes_in_every_format()
    {
        Assert.Equal(["ReportService/WithdrawReport", "ReportService/UploadReport"], await ActionsAsync("--report", Report));
        Assert.Equal(["MetricService/StreamObservations"], await ActionsAsync("--of", "yaan"));
        Assert.Equal(["hub/Start"], await ActionsAsync("--operation", "hub/Start"));
        Assert.Empty(await ActionsAsync("--to", "2024-01-01"));
        Assert.Equal(6, (await ActionsAsync("--from", "2024-01-01T08:00:00")).Count);

        var json = await _hub.RunAsync("admin", "audit", "list", "--of", "yaan", "--format", "json");
        using var entries = JsonDocument.Parse(json.Out);
        Assert.Equal("MetricService/StreamObservations", Assert.Single(entries.RootElement.EnumerateArray()).GetProperty("operation").GetString());
        var table = await _hub.RunAsync("admin", "audit", "list");
        Assert.Contains("hub/Start", table.Out, StringComparison.Ordinal);
        // Six, and the six readings of the log before this one.
        Assert.Contains("12 条记录 entries", table.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_without_a_fault_is_told_with_its_head()
    {
        var words = await _hub.RunAsync("admin", "audit", "verify");
        Assert.True(words.ExitCode == 0, words.Error + words.Out);
        Assert.Contains("审计日志无误 no faults", words.Out, StringComparison.Ordinal);
        Assert.Contains("6 条记录 entries, 位置 position 6", words.Out, StringComparison.Ordinal);

        using var json = JsonDocument.Parse((await _hub.RunAsync("admin", "audit", "verify", "--format", "json")).Out);
        // The first look is an entry, too.
        Assert.Equal("7", json.RootElement.GetProperty("entryCount").GetString());
    }

    [Theory]
    [InlineData("UPDATE audit SET organization = 'yaan' WHERE position = 4", "ENTRY_CHANGED")]
    [InlineData("DELETE FROM audit WHERE position = 6", "HEAD_MISMATCH")]
    [InlineData("DELETE FROM audit WHERE position = 6; UPDATE audit_head SET (position, hash) = (SELECT position, hash FROM audit WHERE position = 5)", "SIGNATURE_INVALID")]
    public async Task What_was_tampered_with_is_named(string sql, string kind)
    {
        _hub.Change(sql);

        var run = await _hub.RunAsync("admin", "audit", "verify", "--format", "csv");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal([kind], run.Lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')[0]));
        // The ledger itself is as it was.
        Assert.Equal(0, (await _hub.RunAsync("admin", "verify")).ExitCode);
    }

    [Fact]
    public async Task An_export_ends_with_count_and_signed_head_and_says_when_the_log_is_not_whole()
    {
        var lines = await _hub.RunAsync("admin", "audit", "export");
        Assert.True(lines.ExitCode == 0, lines.Error);
        var rows = lines.Lines.Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var end = rows[^1].GetProperty("end");
        Assert.Equal(("6", "6"), (end.GetProperty("count").GetString(), end.GetProperty("head").GetProperty("position").GetString()));
        Assert.Equal(rows[0].GetProperty("entryHash").GetString(), end.GetProperty("head").GetProperty("entryHash").GetString());
        Assert.NotEmpty(end.GetProperty("head").GetProperty("signature").GetString()!);
        Assert.Equal(Enumerable.Range(1, 6).Reverse().Select(i => $"{i}"), rows[..^1].Select(row => row.GetProperty("position").GetString()!));

        var csv = await _hub.RunAsync("admin", "audit", "export", "--format", "csv");
        Assert.True(csv.ExitCode == 0, csv.Error);
        var last = csv.Lines.Last(line => line.Length > 0);
        Assert.StartsWith("end,count=7,position=7,entry_hash=", last, StringComparison.Ordinal);
        Assert.Equal(csv.Lines[0].Count(character => character == ','), last.Count(character => character == ','));

        _hub.Change("DELETE FROM audit WHERE position = 3");
        var broken = await _hub.RunAsync("admin", "audit", "export");
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("position 3 is missing", broken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_of_an_organisation_exports_what_concerns_it()
    {
        var run = await _hub.RunAsync("admin", "audit", "export", "--org", Org, "--format", "csv");

        Assert.True(run.ExitCode == 0, run.Error);
        // The reading of another organisation, which was told none of its rows, is not among them.
        Assert.Equal(
            ["ReportService/WithdrawReport", "ReportService/UploadReport"],
            run.Lines.Skip(1).Where(line => line.Length > 0 && !line.StartsWith("end,", StringComparison.Ordinal)).Select(Action));
        Assert.Contains("end,count=2,", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("entry_hash=", run.Out, StringComparison.Ordinal);
    }

    private static string Action(string line) => line.Split(',').First(cell => cell.StartsWith("hub/", StringComparison.Ordinal) || cell.Contains("Service/", StringComparison.Ordinal));

    /// <summary>Who read the log itself is left out.</summary>
    private static List<string> Actions(CliRun run) =>
        [.. run.Lines.Skip(1).Where(line => line.Length > 0).Select(Action).Where(action => !action.StartsWith("AuditService/", StringComparison.Ordinal))];

    private async Task<List<string>> ActionsAsync(params string[] filter)
    {
        var run = await _hub.RunAsync(["admin", "audit", "list", "--format", "csv", .. filter]);
        Assert.True(run.ExitCode == 0, run.Error);
        return Actions(run);
    }
}
