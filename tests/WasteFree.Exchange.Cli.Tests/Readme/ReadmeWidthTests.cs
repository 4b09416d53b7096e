using System.Text.RegularExpressions;
using WasteFree.Exchange.Cli.Tests.Layout;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests.Readme;

/// <summary>What the commands of the root README show, on terminals of several widths.</summary>
public sealed partial class ReadmeWidthTests
{
    private static readonly int[] Widths = [40, 60, 80, 120, 200];

    [Fact]
    public async Task Every_command_of_the_readme_ends_and_shows_whole_numbers_at_every_width()
    {
        await using var hub = await HubForCli.StartAsync();
        foreach (var region in new[] { "500101", "510100", "510500" })
            Assert.Equal(0, (await hub.RunAsync("submit", Path.Combine(HubForCli.Samples, $"demo-{region}-2024.csv"), "--org", $"demo-{region}")).ExitCode);

        var commands = ReadmeDocument.Sections(ReadmeTests.Readme()).SelectMany(section => section.Commands).Where(IsShown).Distinct().ToList();
        Assert.True(commands.Count >= 15, string.Join('\n', commands));
        foreach (var command in commands)
        {
            string[] args = [.. Argument().Matches(command).Skip(1).Select(match => match.Value.Trim('\'').Replace("src/", $"{ReadmeTests.Root}/src/", StringComparison.Ordinal))];
            var wide = await hub.RunAsync(Shown.Wide, args);
            foreach (var width in Widths)
            {
                var run = await hub.RunAsync(width, args);
                Assert.True(run.ExitCode == wide.ExitCode && run.ExitCode == 0, $"{command}: {run.Error}");
                Shown.AssertWhole(wide.Out, run.Out, $"{command} at {width}");
                Shown.AssertWhole(wide.Error, run.Error, $"{command} at {width}");
                if (command.Contains("--format", StringComparison.Ordinal)) Assert.Equal(wide.Out, run.Out);
                else Shown.AssertFits(run.Lines, width);
                Shown.AssertFits(Shown.Lines(run.Error), width);
            }
        }
    }

    /// <summary>
    /// Those that write to the screen and answer the same when they are run again, with all that they need in one line. The audit
    /// log does not: each reading of it is an entry more.
    /// </summary>
    private static bool IsShown(string command) =>
        Reading().IsMatch(command) && command.IndexOfAny(['>', '|', '$', '&', '\n']) < 0 && !command.Contains("--resume", StringComparison.Ordinal);

    [GeneratedRegex(@"^wfx (submit src/\S+ --org|query|compare|attainment|explain|history|diff|watch|admin verify|catalog (?!load))")]
    private static partial Regex Reading();

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Argument();
}
