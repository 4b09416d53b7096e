using System.CommandLine;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary>The first and the last days of the calendar, and days that there are not, in every option that takes a date or a period.</summary>
public sealed class CalendarEndTests : IAsyncLifetime
{
    private static readonly string[] Instants =
    [
        "0001-01-01", "0001-01-02", "9999-12-30", "9999-12-31", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59", "0001-01-01T00:00:00",
        "0001-01-01T00:00:00Z", "0001-01-01T07:59:59", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00-14:00",
        "2024-02-29", "2024-02-30", "2023-02-29", "10000-01-01", "0000-01-01", "2024-13-01", "2024-06-30T24:00:00", "2024-06-30T23:59:60Z",
        "9223372036854775807", "9223372036854775808", "-1", "0", "T", "2024-05-01T", "Wed, 01 May 2024 08:00:00 GMT",
    ];

    private static readonly string[] Periods =
    [
        "1900", "2999", "9999", "0001", "10000", "1900-W01", "2999-W52", "0001-W01", "9999-W52", "1900-01-01", "2999-12-31", "9999-12-31", "0001-01-01",
        "2999-Q4", "2999-12", "1900-S1", "2024-02-30", "2024-W53", "2024-D366", "2023-D366",
    ];

    /// <summary>Each option, in a command that is otherwise right.</summary>
    private static readonly Dictionary<string, string> Commands = new()
    {
        ["compare --as-of"] = "compare --indicator ZW21-19 --regions 500101 --period 2023",
        ["compare --period"] = "compare --indicator HUB-HW-GEN --regions 511800 --growth previous,last-year --roll-up --per capita",
        ["explain --as-of"] = "explain --indicator ZW21-19 --region 500101 --period 2023",
        ["explain --period"] = "explain --indicator HUB-HW-GEN --region 511800 --growth previous,last-year --roll-up",
        ["attainment --as-of"] = "attainment --region 500101",
        ["attainment --period"] = "attainment --region 500101",
        ["query --as-of"] = "query --regions 500101",
        ["query --period"] = "query --regions 511800",
        ["query --from"] = "query --regions 511800",
        ["query --to"] = "query --regions 511800",
        ["history --as-of"] = "history --indicator HUB-HW-GEN --region 511800 --period 2023",
        ["history --period"] = "history --indicator HUB-HW-GEN --region 511800",
        ["diff --since"] = "diff --regions 500101",
        ["diff --as-of"] = "diff --since 1 --regions 500101",
        ["diff --period"] = "diff --since 1 --regions 500101",
        ["diff --from"] = "diff --since 1 --regions 500101",
        ["diff --to"] = "diff --since 1 --regions 500101",
        ["watch --since"] = "watch --until-caught-up",
        ["watch --period"] = "watch --until-caught-up --from earliest",
        ["watch --period-from"] = "watch --until-caught-up --from earliest",
        ["watch --period-to"] = "watch --until-caught-up --from earliest",
        ["admin audit list --from"] = "admin audit list",
        ["admin audit list --to"] = "admin audit list",
    };

    private HubForCli _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubForCli.StartWithSamplesAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public void Every_option_that_takes_a_date_or_a_period_is_tried()
    {
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null, _ => null, false, false);
        var options = Options(Wfx.Build(new CommonOptions(terminal)), "").Where(found => IsInstant(found.Option) || IsPeriod(found.Option));

        Assert.Equal(Commands.Keys.Order(StringComparer.Ordinal), options.Select(found => $"{found.Path} {found.Option.Name}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_is_answered_or_refused_in_a_line()
    {
        foreach (var (option, command) in Commands)
        {
            var name = option[(option.LastIndexOf(' ') + 1)..];
            var isPeriod = name.StartsWith("--period", StringComparison.Ordinal) || option is "query --from" or "query --to" or "diff --from" or "diff --to";
            foreach (var text in isPeriod ? Periods : Instants)
            {
                // A value that begins with a minus is given with an equals sign.
                var run = await _hub.RunAsync([.. command.Split(' '), $"{name}={text}"]);
                Assert.True(run.ExitCode is 0 or 1 or 2, $"{option} {text}: {run.ExitCode}: {run.Error}");
                Assert.True(run.ExitCode == 0 || run.Error.Length > 0, $"{option} {text}: says nothing");
                Assert.DoesNotContain("a fault of this program", run.Error, StringComparison.Ordinal);
                Assert.DoesNotContain("HUB_FAULT", run.Error, StringComparison.Ordinal);
                if (run.ExitCode == 2) Assert.InRange(run.Error.TrimEnd().Split('\n').Length, 1, 2); // what is wrong, and where help is
            }
        }
    }

    [Theory]
    [InlineData("compare --indicator HUB-HW-GEN --regions 511800 --period 2023 --as-of 9999-12-31")]
    [InlineData("compare --indicator HUB-HW-GEN --regions 511800 --period 2023 --as-of 9999-12-31T23:59:59.9999999Z")]
    [InlineData("query --regions 511800 --as-of 9999-12-31")]
    [InlineData("attainment --region 500101 --as-of 9999-12-31")]
    [InlineData("explain --indicator HUB-HW-GEN --region 511800 --period 2023 --as-of 9999-12-31")]
    [InlineData("history --indicator HUB-HW-GEN --region 511800 --period 2023 --as-of 9999-12-31")]
    [InlineData("diff --since 0001-01-01 --regions 511800")]
    [InlineData("diff --since 0001-01-01 --as-of 9999-12-31 --regions 511800")]
    [InlineData("watch --since 0001-01-01 --until-caught-up")]
    [InlineData("watch --since 9999-12-31 --until-caught-up")]
    [InlineData("admin audit list --from 0001-01-01 --to 9999-12-31")]
    public async Task The_ends_of_the_calendar_are_the_ends_of_the_ledger(string command)
    {
        var run = await _hub.RunAsync(command.Split(' '));
        Assert.True(run.ExitCode == 0, run.Error);
    }

    [Theory]
    [InlineData("compare --indicator ZW21-19 --regions 500101 --period 2023 --as-of 0001-01-01T00:00:00+14:00")]
    [InlineData("diff --since 9999-12-31T23:59:59-14:00 --regions 500101")]
    [InlineData("query --as-of 2024-02-30")]
    [InlineData("admin audit list --to 10000-01-01")]
    public async Task A_time_outside_the_calendar_is_bad_usage(string command)
    {
        var run = await _hub.RunAsync(command.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("请填", run.Error, StringComparison.Ordinal);
    }

    private static bool IsInstant(Option option) => option.HelpName?.Contains("DATE", StringComparison.Ordinal) == true;

    private static bool IsPeriod(Option option) => option.HelpName?.Contains("PERIOD", StringComparison.Ordinal) == true;

    private static IEnumerable<(string Path, Option Option)> Options(Command command, string path) =>
        command.Options.Select(option => (path, option))
            .Concat(command.Subcommands.SelectMany(child => Options(child, $"{path} {child.Name}".TrimStart())));
}
