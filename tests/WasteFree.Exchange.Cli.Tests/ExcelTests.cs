using System.Text;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary>CSV for Excel: with a byte order mark wherever it is written.</summary>
public sealed class ExcelTests : IAsyncLifetime
{
    private const string Mark = "\uFEFF";

    private HubForCli _hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hub = await HubForCli.StartWithSamplesAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData("query --regions 511800")]
    [InlineData("query --regions 511800 --period 1999")] // a header only
    [InlineData("compare --indicator HUB-HW-GEN --regions 511800 --period 2023")]
    [InlineData("explain --indicator HUB-HW-GEN --region 511800 --period 2023")]
    [InlineData("attainment --region 500101")]
    [InlineData("history --indicator HUB-HW-GEN --region 511800 --period 2023")]
    [InlineData("diff --since 3 --regions 511800")]
    [InlineData("watch --from earliest --until-caught-up")]
    [InlineData("admin audit list")]
    [InlineData("admin verify")]
    [InlineData("admin audit verify")]
    [InlineData("catalog indicators")]
    [InlineData("catalog regions")]
    [InlineData("catalog targets")]
    [InlineData("sample --rows 3")]
    public async Task Csv_begins_with_one_mark_where_it_is_asked_for(string command)
    {
        var plain = await _hub.RunAsync([.. command.Split(' '), "--format", "csv"]);
        var marked = await _hub.RunAsync([.. command.Split(' '), "--format", "csv", "--excel"]);

        Assert.True(plain.ExitCode == 0 && marked.ExitCode == 0, plain.Error + marked.Error);
        Assert.StartsWith(Mark, marked.Out, StringComparison.Ordinal);
        Assert.False(marked.Out[1..].Contains(Mark, StringComparison.Ordinal) || plain.Out.Contains(Mark, StringComparison.Ordinal));
        if (!command.StartsWith("admin audit", StringComparison.Ordinal)) Assert.Equal(plain.Out, marked.Out[1..]); // the log holds the first run
    }

    [Theory]
    [InlineData("compare")]
    [InlineData("query")]
    [InlineData("watch")]
    [InlineData("submit")]
    [InlineData("admin audit list")]
    public async Task The_help_of_every_command_names_it(string command) =>
        Assert.Contains("--excel", (await _hub.RunAsync([.. command.Split(' '), "--help"])).Out, StringComparison.Ordinal);

    [Fact]
    public async Task A_refused_question_writes_no_mark()
    {
        var run = await _hub.RunAsync("compare", "--indicator", "ZW21-19", "--regions", "火星", "--period", "2024", "--format", "csv", "--excel");
        Assert.Equal((1, ""), (run.ExitCode, run.Out));
    }

    [Fact]
    public async Task Other_formats_have_none() =>
        Assert.StartsWith("[", (await _hub.RunAsync("query", "--regions", "511800", "--format", "json", "--excel")).Out, StringComparison.Ordinal);

    [Fact]
    public async Task The_findings_file_has_one_where_it_is_asked_for()
    {
        var bad = _hub.Write("bad.csv", "region,indicator,period,value\n500101,NOPE,2024,1\n");
        var (plain, marked) = (Path.Combine(_hub.Folder, "plain.csv"), Path.Combine(_hub.Folder, "marked.csv"));
        await _hub.RunAsync("submit", bad, "--org", "demo-500101", "--dry-run", "--findings", plain);
        await _hub.RunAsync("submit", bad, "--org", "demo-500101", "--dry-run", "--findings", marked, "--excel");

        var (without, with) = (await File.ReadAllBytesAsync(plain, Cancellation), await File.ReadAllBytesAsync(marked, Cancellation));
        Assert.Equal((byte)'l', without[0]);
        Assert.Equal([.. Encoding.UTF8.GetPreamble(), .. without], with);
    }

    [Fact]
    public async Task A_watch_that_goes_on_writes_no_mark_into_the_middle_of_its_file()
    {
        var place = Path.Combine(_hub.Folder, "place.token");
        string[] watch = ["watch", "--from", "earliest", "--resume", place, "--until-caught-up", "--include-illustrative", "--format", "csv", "--excel"];
        var first = await _hub.RunAsync(watch);
        await _hub.RunAsync("submit", _hub.Write("more.csv", "region,indicator,period,value,note\n500101,ZW21-11,2020,1,示例\n"), "--org", "demo-500101");
        var second = await _hub.RunAsync(watch);

        Assert.StartsWith(Mark, first.Out, StringComparison.Ordinal);
        Assert.NotEmpty(second.Out);
        Assert.DoesNotContain(Mark, second.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_written_for_Excel_loads_back()
    {
        var sample = Path.Combine(_hub.Folder, "sample.csv");
        Assert.Equal(0, (await _hub.RunAsync("sample", "--rows", "20", "-o", sample, "--excel")).ExitCode);
        Assert.Equal(Encoding.UTF8.GetPreamble(), (await File.ReadAllBytesAsync(sample, Cancellation))[..3]);
        Assert.Equal(0, (await _hub.RunAsync("submit", sample, "--org", "demo-500101")).ExitCode);

        var back = await _hub.RunAsync("query", "--source", "yaan", "--format", "csv", "--excel");
        var run = await _hub.RunAsync("submit", _hub.Write("back.csv", back.Out), "--org", "yaan", "--dry-run");
        Assert.True(run.ExitCode == 0, run.Error + run.Out);
        Assert.Contains("UTF-8 (BOM)", run.Out, StringComparison.Ordinal);
    }
}
