using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demonstration_shows_real_figures_illustrative_comparisons_and_targets_and_ends()
    {
        var run = await CliRun.OfAsync(new Dictionary<string, string>(), ["demo", "--exit"], TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0, run.Error);
        foreach (var shown in new[]
        {
            "526710.770", "551953.685112", "558377.532", "538943.801307", // Ya'an, real
            "万州区", "成都市", "涪陵区", "排名 Rank", "5/6", "≥ 90 % 达标", "未达标", "可比", "不可比", "示例", // illustrative
            "Wanzhou's 18 targets", "万无废组〔2024〕1号", "区农业农村委", // targets
        })
            Assert.Contains(shown, run.Out, StringComparison.Ordinal);
        Assert.All(run.Lines, line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public async Task With_a_data_folder_it_can_be_run_again_on_the_same_data()
    {
        var folder = Directory.CreateTempSubdirectory("wfx-demo-test-");
        try
        {
            for (var run = 0; run < 2; run++)
            {
                var demo = await CliRun.OfAsync(
                    new Dictionary<string, string>(), ["demo", "--exit", "--data", folder.FullName], TestContext.Current.CancellationToken);
                Assert.True(demo.ExitCode == 0, demo.Error);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
