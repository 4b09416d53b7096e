using WasteFree.Exchange.Cli.Sampling;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

public sealed class SampleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sample_is_accepted_by_a_hub_without_a_finding_and_comes_back_as_it_was()
    {
        await using var hub = await HubForCli.StartAsync();
        var file = Path.Combine(hub.Folder, "sample.csv");
        Assert.Equal(0, (await hub.RunAsync("sample", "--rows", "20000", "-o", file)).ExitCode);
        var sent = await hub.RunAsync("submit", file, "--org", "demo-500101", "--format", "csv");
        Assert.True(sent.ExitCode == 0, sent.Error + sent.Out);
        Assert.Contains(",20000,0,20000,0,0,0,0,", sent.Lines[1], StringComparison.Ordinal);

        var back = await hub.RunAsync("query", "--include-illustrative", "--format", "csv");
        var written = await File.ReadAllLinesAsync(file, Cancellation);
        Assert.Equal(
            written[1..].Order(StringComparer.Ordinal),
            back.Lines[1..].Select(line => line[..line.LastIndexOf(',')]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_rows_and_every_row_is_marked()
    {
        var one = await RunAsync("sample", "--rows", "500", "--seed", "7");
        var two = await RunAsync("sample", "--rows", "500", "--seed", "7");
        var other = await RunAsync("sample", "--rows", "500", "--seed", "8");
        Assert.Equal(one.Out, two.Out);
        Assert.NotEqual(one.Out, other.Out);
        Assert.All(one.Lines[1..], line => Assert.Contains(",示例,", line, StringComparison.Ordinal));
        Assert.Contains("--org demo-500101", one.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_rows_of_one_region_are_distinct()
    {
        var rows = new SampleRows(BuiltInSnapshot.Read(), "500101");
        var keys = rows.Take(1_000_000, seed: 1).Select(row => (row.Indicator, row.Scope, row.Category, row.Period)).ToHashSet();
        Assert.Equal(1_000_000, keys.Count);
        Assert.Equal(rows.Capacity, rows.Take(long.MaxValue, seed: 1).LongCount());
    }

    private static Task<CliRun> RunAsync(params string[] args) => CliRun.OfAsync(new Dictionary<string, string>(), args, Cancellation);
}
