using System.CommandLine;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Receipts;
using WasteFree.Exchange.Cli.Running;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx receipt</c>: fetches the proof of a commit, and checks one without a hub.</summary>
internal static class ReceiptCommand
{
    public static Command Build(CommonOptions common) =>
        new("receipt", "Proofs of committed reports 回执") { Show(common), Key(common), Verify(common) };

    private static Command Show(CommonOptions common)
    {
        var report = ReportArgument.Create();
        var output = Output("receipt.json");
        var command = new Command("show", "Write the receipt of a report 取回执") { report, output };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            if (ReportArgument.NameOf(parse, report, common) is not { } name) return ExitCode.Usage;
            using var connection = common.Connect(parse);
            var found = await connection.Client.GetReportAsync(name, cancellationToken);
            if (found.Receipt is not { } receipt)
            {
                common.Terminal.Note($"报告 {name} 未提交（{found.State.Code()}），没有回执。 The report is not committed and has no receipt.");
                return ExitCode.Refused;
            }
            if (parse.GetValue(output)?.FullName is { } path) ReceiptFile.Write(path, receipt);
            else common.Terminal.Out.WriteLine(Json.Of(receipt));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Key(CommonOptions common)
    {
        var output = Output("hub-key.pem");
        output.Required = true;
        var command = new Command("key", "Write the hub's public key 取服务公钥") { output };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            using var connection = common.Connect(parse);
            var info = await connection.Client.GetServerInfoAsync(cancellationToken);
            var key = info.LedgerKeys.First(key => key.Active);
            HubKey.Write(parse.GetRequiredValue(output)!.FullName, key.PublicKey.Span);
            common.Terminal.Note($"公钥 public key {key.KeyId} ({key.Algorithm})；请通过可信渠道核对 key id。 Compare the key id over a channel you trust.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Verify(CommonOptions common)
    {
        var receipt = new Argument<FileInfo>("receipt") { Description = "Receipt, as show or submit --receipt wrote it", HelpName = "receipt.json" }.AcceptExistingOnly();
        var rows = new Option<FileInfo>("--rows") { Description = "The native CSV file that was sent", HelpName = "FILE.csv", Required = true }.AcceptExistingOnly();
        var key = new Option<FileInfo>("--key") { Description = "The hub's public key in PEM", HelpName = "hub-key.pem", Required = true }.AcceptExistingOnly();
        var encoding = new Option<string?>("--encoding") { Description = "Encoding of the file; default: found out" };
        encoding.AcceptOnlyFromAmong("utf-8", "gb18030");
        var command = new Command("verify", "Check a receipt against the rows and the key, without a hub 离线验证回执") { receipt, rows, key, encoding };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var checks = await ReceiptCheck.RunAsync(
                ReceiptFile.Read(parse.GetRequiredValue(receipt).FullName),
                parse.GetRequiredValue(rows).FullName,
                parse.GetValue(encoding),
                HubKey.Read(parse.GetRequiredValue(key).FullName),
                cancellationToken);
            Write(checks, common.Terminal, parse.GetValue(common.Format));
            return checks.All(check => check.Holds) ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }

    private static void Write(IReadOnlyList<ReceiptCheck> checks, Terminal terminal, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                terminal.Out.WriteLine(Json.Of(new { valid = checks.All(check => check.Holds), checks }));
                break;
            case OutputFormat.Csv:
                CsvText.Write(terminal.Out, ["check", "holds", "said"], checks.Select(check => new[] { check.Name, check.Holds ? "true" : "false", check.Said }));
                break;
            default:
                foreach (var check in checks) terminal.Results.Say($"{(check.Holds ? "✓" : "✗")} {check.Name}: {check.Said}");
                terminal.Note(checks.All(check => check.Holds)
                    ? "回执有效：这些行由该密钥的服务完整收到。 Valid: the hub with this key received exactly these rows."
                    : "回执无效。 Not valid.");
                break;
        }
    }

    private static Option<FileInfo?> Output(string helpName) =>
        new("--output", "-o") { Description = "File to write", HelpName = helpName };
}
