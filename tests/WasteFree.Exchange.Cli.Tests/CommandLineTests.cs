using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

public sealed class CommandLineTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("frobnicate")]
    [InlineData("compare --indicator ZW21-19")]
    [InlineData("compare --indicator A --regions B --period 2024 --as-of yesterday")]
    [InlineData("submit no-such-file.csv --org yaan")]
    [InlineData("sample --rows 0")]
    [InlineData("sample --rows 10 --region 511800")]
    [InlineData("sample --rows 999999999")]
    [InlineData("catalog")]
    [InlineData("catalog load")]
    [InlineData("catalog regions --format xml")]
    [InlineData("catalog regions --hub not-an-address")]
    [InlineData("withdraw r1 --reason x")]
    [InlineData("serve --data /tmp/x --urls http://0.0.0.0:0")]
    [InlineData("serve --data /tmp/x --urls http://192.168.1.1:80")]
    [InlineData("serve --data /tmp/x --urls https://127.0.0.1:0")]
    [InlineData("serve")]
    [InlineData("serve --data /tmp/x --max-database-size 5XB")]
    [InlineData("serve --data /tmp/x --max-database-size 0GB")]
    [InlineData("serve --data /tmp/x --max-database-size 9999999999TB")]
    public async Task Bad_usage_ends_with_2_and_says_why_on_stderr(string command)
    {
        var run = await RunAsync(command);
        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.Error);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task Unsafe_addresses_are_refused_with_the_reason()
    {
        var run = await RunAsync("serve --data /tmp/x --urls http://0.0.0.0:0");
        Assert.Contains("Without TLS and authentication", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("catalog regions")]
    [InlineData("query")]
    [InlineData("compare --indicator ZW21-19 --regions 500101 --period 2024")]
    [InlineData("withdraw r1 --org yaan --reason x")]
    public async Task A_hub_that_is_not_there_ends_with_3(string command)
    {
        var run = await RunAsync($"{command} --hub http://127.0.0.1:1");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("http://127.0.0.1:1", run.Error, StringComparison.Ordinal);
        Assert.Contains("无法连接", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("2024-Q1")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    public async Task A_year_of_targets_that_is_none_is_a_usage_error_that_says_what_to_write(string year)
    {
        var run = await RunAsync($"attainment --year {year} --hub http://127.0.0.1:1");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"--year '{year}': 请填年份，例如 2024；季度、月份请用 --period。 Write a year such as 2024;", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sample --rows x", "--rows: 至少1行 at least 1.")]
    [InlineData("sample --rows 0", "--rows: 至少1行 at least 1.")]
    [InlineData("sample --rows 99999999999999999999", "--rows: 至少1行 at least 1.")]
    [InlineData("sample --rows 1 --seed x", "--seed: 请填整数 write a whole number.")]
    [InlineData("submit a.csv --give-up x", "--give-up: 请填秒数 write a number of seconds.")]
    [InlineData("token sign --minutes x", "--minutes: 1–")]
    public async Task A_number_among_the_options_that_is_none_is_a_usage_error_in_plain_words(string command, string says)
    {
        var run = await RunAsync(command);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_goes_to_stdout_and_lists_every_command()
    {
        var run = await RunAsync("--help");
        Assert.Equal(0, run.ExitCode);
        foreach (var command in new[] { "demo", "serve", "submit", "query", "compare", "attainment", "withdraw", "catalog", "sample", "protos" })
            Assert.Contains($"\n  {command} ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_contracts_are_written_out_whole()
    {
        var folder = Directory.CreateTempSubdirectory("wfx-protos-");
        try
        {
            Assert.Equal(0, (await RunAsync($"protos {folder.FullName}")).ExitCode);
            var names = Directory.EnumerateFiles(folder.FullName, "*.proto", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder.FullName, path)).ToArray();
            Assert.Contains(Path.Combine("wastefree", "exchange", "v1", "report_service.proto"), names);
            Assert.Contains(Path.Combine("wastefree", "exchange", "v1", "observation.proto"), names);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<CliRun> RunAsync(string command) => CliRun.OfAsync(
        new Dictionary<string, string>(), command.Split(' ', StringSplitOptions.RemoveEmptyEntries), Cancellation);
}
