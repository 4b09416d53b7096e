using System.Diagnostics;
using System.Text.RegularExpressions;
using WasteFree.Exchange.Cli.Tests.Readme;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests.Guide;

/// <summary>A partner alone with the folder that <c>wfx protos</c> writes: each language of its guide leads to a receipt.</summary>
public sealed partial class GuideTests : IAsyncLifetime
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private HubForCli _hub = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hub = await HubForCli.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData("Python", "grpc_python_plugin")]
    [InlineData("Go", "protoc-gen-go-grpc")]
    [InlineData("Java", "grpc_java_plugin")]
    [InlineData("Ruby", "grpc_ruby_plugin")]
    [InlineData("Node.js", "npm")]
    public async Task The_guide_leads_from_nothing_to_a_receipt(string language, string tool)
    {
        var (folder, commands) = await PrepareAsync(language, tool);

        Assert.Equal("receipt 3", (await BashAsync(folder, commands)).Trim());
        Assert.Equal("receipt 3", (await BashAsync(folder, commands)).Trim());
    }

    [Theory]
    [InlineData("Python", "grpc_python_plugin", "large.py", "python3 first.py")]
    [InlineData("Go", "protoc-gen-go-grpc", "large.go", "go run example/first")]
    public async Task An_answer_larger_than_a_message_is_read_with_the_limits_that_a_library_has_by_itself(string language, string tool, string program, string run)
    {
        var (folder, commands) = await PrepareAsync(language, tool);
        var first = "first" + Path.GetExtension(program);
        File.Copy(Path.Combine(ReadmeTests.Root, "tests", "WasteFree.Exchange.Cli.Tests", "Guide", program), Path.Combine(folder, first), overwrite: true);

        Assert.Equal("cells 19758 more than one message", (await BashAsync(folder, commands.Replace(run, $"{run} {_hub.Address.Authority}", StringComparison.Ordinal))).Trim());
    }

    [Fact]
    public async Task Every_language_of_the_guide_is_tried()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(ReadmeTests.Root, "protos", "GUIDE.md"), Cancelled);
        var tried = typeof(GuideTests).GetMethod(nameof(The_guide_leads_from_nothing_to_a_receipt))!.GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Select(data => (string)((InlineDataAttribute)data).Data[0]!);
        Assert.Equal(guide.Split("\n## ").Skip(2).Select(section => section.Split('\n')[0]), tried);
    }

    /// <summary>Writes the folder and the language's first program, with the address of this hub, and gives the commands that follow.</summary>
    private async Task<(string Folder, string Commands)> PrepareAsync(string language, string tool)
    {
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, tool))), $"{tool} is not installed.");
        var folder = Path.Combine(_hub.Folder, "contracts");
        Assert.Equal(0, (await _hub.RunAsync("protos", folder)).ExitCode);
        var guide = await File.ReadAllTextAsync(Path.Combine(folder, "GUIDE.md"), Cancelled);
        var section = guide.Split("\n## ").Single(section => section.StartsWith(language + "\n", StringComparison.Ordinal)).Replace("127.0.0.1:5080", _hub.Address.Authority, StringComparison.Ordinal);
        Assert.Contains(_hub.Address.Authority, section, StringComparison.Ordinal);
        var blocks = Block().Matches(section).Select(match => match.Groups[1].Value).ToList();
        await File.WriteAllTextAsync(Path.Combine(folder, FileName().Match(section).Groups[1].Value), blocks[0], Cancelled);
        return (folder, blocks[1]);
    }

    private static async Task<string> BashAsync(string folder, string commands)
    {
        var start = new ProcessStartInfo("bash") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { "-euc", commands } };
        // Debian's packages are seen by Debian's interpreters, whatever else the machine has.
        start.Environment["PATH"] = "/usr/bin:" + start.Environment["PATH"];
        start.Environment["NODE_PATH"] = Path.Combine(ReadmeTests.Root, "tests", "contracts-tools", "node_modules");
        start.Environment["GOCACHE"] = Path.Combine(folder, "go-cache");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancelled), process.StandardError.ReadToEndAsync(Cancelled));
        try
        {
            await process.WaitForExitAsync(Cancelled).WaitAsync(Longest, Cancelled);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        Assert.True(process.ExitCode == 0, await error + await output);
        return await output;
    }

    [GeneratedRegex("^```\\w+\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^`([\\w.]+)`:$", RegexOptions.Multiline)]
    private static partial Regex FileName();
}
