using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests.Readme;

/// <summary>The runner of README commands itself, on small READMEs and a stand-in for <c>wfx</c> that writes down its calls.</summary>
public sealed class ReadmeRunnerTests : IDisposable
{
    // `refuse` fails, `crash` ends at once, `serve` and `demo` stay up.
    private const string StandIn = """
        #!/usr/bin/env bash
        echo "$*" >> calls
        echo $$ > last-pid.$1
        case "$*" in
            refuse*) exit 1 ;;
            *--exit) ;;
            *crash*) exit 3 ;;
            serve*) echo started; exec sleep 600 ;;
            demo*) echo "Press Ctrl+C to stop."; exec sleep 600 ;;
        esac
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ReadmeRunner _runner;
    private readonly string _standIn = Path.GetTempFileName();

    public ReadmeRunnerTests()
    {
        File.WriteAllText(_standIn, StandIn);
        _runner = new ReadmeRunner($"bash {_standIn}", Limit);
    }

    [Fact]
    public async Task Both_spellings_of_the_command_reach_wfx_in_order_and_in_one_session()
    {
        var (exitCode, output) = await RunAsync("""
            ## First
            ```sh
            dotnet run -c Release --project src/WasteFree.Exchange.Cli -- demo --exit
            period=2024
            wfx compare --indicator A \
                --period "$period"
            ```
            Words.
            ```sh
            wfx query > "out $period.csv" && test -f 'out 2024.csv'
            ```
            """);

        Assert.True(exitCode == 0, output);
        Assert.Equal(["demo --exit", "compare --indicator A --period 2024", "query"], Calls());
    }

    [Fact]
    public async Task Only_blocks_marked_sh_are_run_and_none_that_would_start_the_tests_again()
    {
        var (exitCode, output) = await RunAsync("""
            ```console
            $ wfx never
            ```
            ```json
            wfx never
            ```
            ```sh
            git clone https://example.org/x && cd x
            bash tests/all.sh
            wfx once
            ```
            """);

        Assert.True(exitCode == 0, output);
        Assert.Equal(["once"], Calls());
    }

    [Fact]
    public async Task A_folder_in_tmp_belongs_to_the_run_and_lasts_for_all_its_sections()
    {
        var name = Guid.NewGuid().ToString();

        var first = await RunAsync($"```sh\nmkdir /tmp/{name}\n```");
        var second = await RunAsync($"```sh\ntest -d /tmp/{name}\n```");

        Assert.True(first.ExitCode == 0 && second.ExitCode == 0, first.Output + second.Output);
        Assert.False(Directory.Exists($"/tmp/{name}"));
    }

    [Fact]
    public async Task A_command_that_fails_fails_its_section_and_is_named()
    {
        var (exitCode, output) = await RunAsync("```sh\nwfx refuse this\nwfx never\n```");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("README: this command failed: wfx refuse this", output);
        Assert.Equal(["refuse this"], Calls());
    }

    [Theory]
    [InlineData("wfx serve --urls http://127.0.0.1:5080 --data d", "serve --urls http://127.0.0.1:PORT --data d")]
    [InlineData("wfx serve --data d &", "serve --urls http://127.0.0.1:PORT --data d")]
    [InlineData("dotnet run -c Release --project src/WasteFree.Exchange.Cli -- demo  # stays up", "demo --urls http://127.0.0.1:PORT")]
    public async Task A_hub_that_stays_up_is_started_in_the_background_on_a_free_port_and_stopped_at_the_end(string command, string call)
    {
        var port = _runner.FreePort(ReadmeScript.DefaultPort);
        using var hub = new TcpListener(IPAddress.Loopback, port);
        hub.Start();

        var (exitCode, output) = await RunAsync($"```sh\n{command}\nwfx query --hub http://localhost:5080 \"$WFX_HUB\"\n```");

        Assert.True(exitCode == 0, output);
        Assert.Equal(
            [call.Replace("PORT", $"{port}"), $"query --hub http://127.0.0.1:{port} http://127.0.0.1:{port}"],
            Calls());
        Assert.NotEqual(ReadmeScript.DefaultPort, port);
        var hubProcess = File.ReadAllText(Path.Combine(_runner.WorkFolder, $"last-pid.{call.Split(' ')[0]}"));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(int.Parse(hubProcess)));
    }

    [Fact]
    public async Task A_hub_that_does_not_come_up_fails_its_section()
    {
        var (exitCode, output) = await RunAsync("```sh\nwfx serve crash\nwfx never\n```");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("the hub did not come up", output);
        Assert.DoesNotContain("never", Calls());
    }

    [Fact]
    public async Task A_command_that_never_ends_is_stopped_and_its_output_is_told()
    {
        using var runner = new ReadmeRunner($"bash {_standIn}", TimeSpan.FromSeconds(1));

        var (exitCode, output) = await runner.RunAsync(new ReadmeSection("", ["echo before", "read < <(exec sleep 600)"]), TestContext.Current.CancellationToken);

        Assert.NotEqual(0, exitCode);
        Assert.StartsWith("before", output);
        Assert.Contains("README: stopped after", output);
    }

    [Fact]
    public void A_section_is_a_heading_of_level_two_with_its_commands()
    {
        var sections = ReadmeDocument.Sections("# T\n```sh\na\n```\n## One\n### Sub\n```sh\nb\n# c\n```\n## Empty\n## Two\n```sh\n## d\n```\n");

        Assert.Equal(["", "One", "Two"], sections.Select(section => section.Title));
        Assert.Equal(["a", "b", "# c", "## d"], sections.SelectMany(section => section.Commands));
    }

    public void Dispose()
    {
        _runner.Dispose();
        File.Delete(_standIn);
    }

    private Task<(int ExitCode, string Output)> RunAsync(string readme) =>
        _runner.RunAsync(Assert.Single(ReadmeDocument.Sections(readme)), TestContext.Current.CancellationToken);

    private string[] Calls() => File.ReadAllLines(Path.Combine(_runner.WorkFolder, "calls"));
}
