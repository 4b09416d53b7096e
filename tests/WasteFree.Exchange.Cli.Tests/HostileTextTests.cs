using System.Text.Json;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary>No text of a hub, a file or a command line steers the terminal of whoever runs wfx, by whatever exit it leaves.</summary>
public sealed class HostileTextTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("catalog organizations")]
    [InlineData("query --indicator X")]
    [InlineData("compare --indicator X --regions 1 --period 2023")]
    [InlineData("watch --from earliest")]
    [InlineData("admin audit list")]
    [InlineData("admin audit verify")]
    [InlineData("admin verify")]
    public async Task What_a_hub_says_steers_no_terminal_in_any_format(string command)
    {
        await using var hub = await HostileHub.StartAsync(Cancellation);
        foreach (var format in new[] { "table", "csv", "json" })
        {
            var run = await CliRun.OfAsync(new Dictionary<string, string> { ["WFX_HUB"] = hub.Address }, [.. command.Split(' '), "--format", format], Cancellation);
            Assert.Contains("forged", run.Out + run.Error, StringComparison.Ordinal);
            RequireSteady(run.Out);
            RequireSteady(run.Error);
            // Notes are lines of this program: a hub makes up none of them.
            Assert.DoesNotContain(run.Error.Split('\n'), line => line.StartsWith('\u2713'));
            if (format == "json" && command.StartsWith("admin audit list", StringComparison.Ordinal))
                Assert.Equal(HostileHub.Text, JsonDocument.Parse(run.Out).RootElement[0].GetProperty("resource").GetString());
            if (format == "json" && command.StartsWith("admin verify", StringComparison.Ordinal))
                Assert.Equal(HostileHub.Text, JsonDocument.Parse(run.Out).RootElement.GetProperty("faults")[0].GetProperty("subject").GetString());
        }
    }

    [Fact]
    public async Task What_stands_on_the_command_line_and_in_a_file_steers_no_terminal()
    {
        var folder = Directory.CreateTempSubdirectory("wfx-hostile-test-");
        try
        {
            var file = Path.Combine(folder.FullName, "rows.csv");
            await File.WriteAllTextAsync(file, $"region,indicator,period,value,{HostileHub.Text.Replace('\n', ' ').Replace('\r', ' ').Replace("\0", "", StringComparison.Ordinal)}\n500101,X,2023,1,2\n", Cancellation);
            foreach (var args in new string[][] { ["submit", file, "--org", "yaan", "--dry-run"], ["query", "--period", HostileHub.Text], [HostileHub.Text], ["submit", HostileHub.Text + ".csv"] })
            {
                var run = await CliRun.OfAsync(new Dictionary<string, string> { ["WFX_HUB"] = "http://127.0.0.1:1" }, args, Cancellation);
                RequireSteady(run.Out);
                RequireSteady(run.Error);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void JSON_is_valid_and_whole_whatever_is_in_a_text()
    {
        var every = string.Concat(Enumerable.Range(0, 0xD800).Concat(Enumerable.Range(0xE000, 0x2000)).Select(value => (char)value)) + "\U00020000\U000E0100";
        var (plain, message) = (Json.Of(new { Text = every }), Json.LineOf(new WasteFree.Exchange.V1.AuditEntry { Resource = every }));
        RequireSteady(plain);
        RequireSteady(message);
        Assert.Equal(every, JsonDocument.Parse(plain).RootElement.GetProperty("text").GetString());
        Assert.Equal(every, JsonDocument.Parse(message).RootElement.GetProperty("resource").GetString());
    }

    [Fact]
    public void However_a_text_is_cut_into_writes_none_of_it_steers_and_line_ends_stay()
    {
        const string Lines = "a\r\nb\rc\n\u001bd\r\n";
        for (var cut = 0; cut <= Lines.Length; cut++)
        {
            var written = new StringWriter();
            using var steady = new SteadyWriter(written);
            steady.Write(Lines[..cut]);
            steady.Write(Lines[cut..].ToCharArray());
            Assert.Equal("a\r\nb<U+000D>c\n<U+001B>d\r\n", written.ToString());
        }
        var single = new StringWriter();
        using var characters = new SteadyWriter(single);
        foreach (var character in HostileHub.Text) characters.Write(character);
        characters.WriteLine();
        RequireSteady(single.ToString());
    }

    private static void RequireSteady(string text) =>
        Assert.DoesNotContain(text.Replace("\r\n", "\n", StringComparison.Ordinal), VisibleText.Steers);
}
