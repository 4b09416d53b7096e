using System.Text.Json.Nodes;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

public sealed class ReceiptTests : IAsyncLifetime
{
    private HubForCli _hub = null!;
    private string _receipt = "";
    private string _key = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Sample => Path.Combine(HubForCli.Samples, "yaan-hw-2022.csv");

    public async ValueTask InitializeAsync()
    {
        _hub = await HubForCli.StartAsync();
        _receipt = Path.Combine(_hub.Folder, "receipt.json");
        _key = Path.Combine(_hub.Folder, "hub-key.pem");
        var submitted = await _hub.RunAsync("submit", Sample, "--org", "yaan", "--report", "r1", "--receipt", _receipt);
        Assert.True(submitted.ExitCode == 0, submitted.Error);
        Assert.Equal(0, (await _hub.RunAsync("receipt", "key", "-o", _key)).ExitCode);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_receipt_is_checked_without_a_hub_each_check_a_line()
    {
        var run = await VerifyAsync(_receipt, Sample, _key);
        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        Assert.Equal(
            ["✓ 文件可读 file", "✓ 行数 rows", "✓ 计数 counts", "✓ 摘要 digest", "✓ 账本条目 entry", "✓ 密钥 key", "✓ 签名 signature"],
            run.Lines.Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task The_receipt_of_a_report_can_be_fetched_later_and_is_the_same()
    {
        var later = Path.Combine(_hub.Folder, "later.json");
        Assert.Equal(0, (await _hub.RunAsync("receipt", "show", "r1", "--org", "yaan", "-o", later)).ExitCode);
        Assert.Equal(await File.ReadAllTextAsync(_receipt, Cancellation), await File.ReadAllTextAsync(later, Cancellation));
        var unknown = await _hub.RunAsync("receipt", "show", "nothing", "--org", "yaan");
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("REPORT_UNKNOWN", unknown.Error, StringComparison.Ordinal);
    }

    /// <summary>As <c>wfx</c> writes it, and as any protobuf library does: without the counts that are zero.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_recipe_of_the_contracts_README_gives_the_hash_of_the_entry(bool standardJson)
    {
        var receipt = V1.Receipt.Parser.ParseJson(await File.ReadAllTextAsync(_receipt, Cancellation));
        Assert.Equal(0, receipt.Counts.Revised);
        if (standardJson) await File.WriteAllTextAsync(_receipt, Google.Protobuf.JsonFormatter.Default.Format(receipt), Cancellation);

        Assert.Equal(Convert.ToHexStringLower(receipt.EntryHash.Span) + "  -", await RunRecipeAsync());
    }

    private async Task<string> RunRecipeAsync()
    {
        var readme = await File.ReadAllLinesAsync(Path.Combine(Readme.ReadmeTests.Root, "protos", "README.md"), Cancellation);
        var block = readme.SkipWhile(line => !line.StartsWith("In a shell, step 2", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.Length > 0);
        var script = string.Join('\n', block);
        Assert.Contains("sha256sum", script, StringComparison.Ordinal);
        using var bash = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            WorkingDirectory = _hub.Folder, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, error) = (bash.StandardOutput.ReadToEndAsync(Cancellation), bash.StandardError.ReadToEndAsync(Cancellation));
        await bash.WaitForExitAsync(Cancellation);
        Assert.True(bash.ExitCode == 0, await error);
        return (await output).Trim();
    }

    [Fact]
    public async Task A_GB18030_file_with_Chinese_names_is_read_as_submit_reads_it()
    {
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        var file = Path.Combine(_hub.Folder, "gb.csv");
        await File.WriteAllTextAsync(file, "地区,指标,期间,数值,备注\n万州区,生活垃圾清运量,2023,12.50,示例\n", System.Text.Encoding.GetEncoding("GB18030"), Cancellation);
        var submitted = await _hub.RunAsync("submit", file, "--org", "demo-500101", "--receipt", _receipt);
        Assert.True(submitted.ExitCode == 0, submitted.Error + submitted.Out);
        Assert.Equal(0, (await VerifyAsync(_receipt, file, _key)).ExitCode);
    }

    [Theory]
    [InlineData("counts.created", "\"1\"", "计数 counts", "账本条目 entry")]
    [InlineData("counts.submitted", "\"1\"", "行数 rows", "计数 counts", "账本条目 entry")]
    [InlineData("position", "\"99\"", "账本条目 entry")]
    [InlineData("report", "\"organizations/yaan/reports/r2\"", "账本条目 entry")]
    [InlineData("commitTime", "\"2020-01-01T00:00:00Z\"", "账本条目 entry")]
    [InlineData("digest", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"", "摘要 digest", "账本条目 entry")]
    [InlineData("previousHash", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"", "账本条目 entry")]
    [InlineData("previousHash", "\"\"", "账本条目 entry")]
    [InlineData("salt", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"", "账本条目 entry")]
    [InlineData("salt", "\"\"", "账本条目 entry")]
    [InlineData("ledgerId", "\"0\"", "账本条目 entry")]
    [InlineData("storedDigest", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"", "账本条目 entry")]
    [InlineData("hashAlgorithm", "\"SM3\"", "账本条目 entry")]
    [InlineData("digestRule", "\"DIGEST_RULE_STORED_SHA256\"", "账本条目 entry")]
    [InlineData("counts.findings", "\"9\"", "账本条目 entry")]
    [InlineData("entryHash", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"", "账本条目 entry", "签名 signature")]
    [InlineData("keyId", "\"0000000000000000\"", "账本条目 entry", "密钥 key")]
    [InlineData("signatureAlgorithm", "\"none\"", "账本条目 entry", "签名 signature")]
    [InlineData("signature", "\"AAAA\"", "签名 signature")]
    public async Task What_was_altered_in_a_receipt_is_named(string path, string value, params string[] failed)
    {
        var receipt = JsonNode.Parse(await File.ReadAllTextAsync(_receipt, Cancellation))!;
        var parts = path.Split('.');
        (parts.Length == 2 ? receipt[parts[0]]! : receipt)[parts[^1]] = JsonNode.Parse(value);
        var altered = _hub.Write("altered.json", receipt.ToJsonString());
        var run = await VerifyAsync(altered, Sample, _key);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(failed, run.Lines.Where(line => line[0] == '✗').Select(line => line[2..line.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task Other_rows_and_another_key_do_not_pass()
    {
        var lines = await File.ReadAllLinesAsync(Sample, Cancellation);
        var swapped = _hub.Write("swapped.csv", string.Join('\n', [lines[0], lines[2], lines[1], .. lines[3..]]) + "\n");
        Assert.Equal(["✗ 摘要 digest"], Failed(await VerifyAsync(_receipt, swapped, _key)));
        var shorter = _hub.Write("shorter.csv", string.Join('\n', lines[..^1]) + "\n");
        Assert.Equal(["✗ 行数 rows", "✗ 摘要 digest"], Failed(await VerifyAsync(_receipt, shorter, _key)));
        var broken = _hub.Write("broken.csv", string.Join('\n', lines) + "\n1,2\n");
        Assert.Equal(["✗ 文件可读 file"], Failed(await VerifyAsync(_receipt, broken, _key)));

        await using var other = await HubForCli.StartAsync();
        var key = Path.Combine(_hub.Folder, "other.pem");
        Assert.Equal(0, (await other.RunAsync("receipt", "key", "-o", key)).ExitCode);
        Assert.Equal(["✗ 密钥 key", "✗ 签名 signature"], Failed(await VerifyAsync(_receipt, Sample, key)));
    }

    [Fact]
    public async Task Files_that_are_no_receipt_or_no_key_are_said_plainly()
    {
        var text = _hub.Write("text", "no");
        var receipt = await VerifyAsync(text, Sample, _key);
        Assert.Equal(1, receipt.ExitCode);
        Assert.Contains("holds no receipt", receipt.Error, StringComparison.Ordinal);
        var key = await VerifyAsync(_receipt, Sample, text);
        Assert.Equal(1, key.ExitCode);
        Assert.Contains("holds no key", key.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await VerifyAsync(Path.Combine(_hub.Folder, "missing"), Sample, _key)).ExitCode);
    }

    private static string[] Failed(CliRun run)
    {
        Assert.Equal(1, run.ExitCode);
        return [.. run.Lines.Where(line => line[0] == '✗').Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)])];
    }

    /// <summary>With an address where nothing listens: a hub is not asked.</summary>
    private static Task<CliRun> VerifyAsync(string receipt, string rows, string key) => CliRun.OfAsync(
        new Dictionary<string, string> { ["WFX_HUB"] = "http://127.0.0.1:9" }, ["receipt", "verify", receipt, "--rows", rows, "--key", key], Cancellation);
}
