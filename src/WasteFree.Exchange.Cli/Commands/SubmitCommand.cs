using System.CommandLine;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Receipts;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Cli.Submitting;
using WasteFree.Exchange.Client;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx submit FILE.csv --org ID</c>: sends a file of observations.</summary>
internal static class SubmitCommand
{
    /// <summary>
    /// Somebody waits. And whoever starts the same command again after the hub came back must find this one already at
    /// work, not asleep: it would wake later and fence the newer one out.
    /// </summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    public static Command Build(CommonOptions common)
    {
        var file = new Argument<FileInfo>("file") { Description = "Native CSV file", HelpName = "FILE.csv" }.AcceptExistingOnly();
        var report = new Option<string?>("--report") { Description = "Id of the report; default: from the content of the file", HelpName = "ID" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check everything, store nothing" };
        var findings = new Option<FileInfo?>("--findings") { Description = "Write every finding to this CSV file", HelpName = "F.csv" };
        var receipt = new Option<FileInfo?>("--receipt") { Description = "Write the receipt to this JSON file", HelpName = "receipt.json" };
        var encoding = new Option<string?>("--encoding") { Description = "Encoding of the file; default: found out" };
        encoding.AcceptOnlyFromAmong("utf-8", "gb18030");
        var policy = new Option<string>("--row-policy") { Description = "What one bad row does to the others", DefaultValueFactory = _ => "reject" };
        policy.AcceptOnlyFromAmong("reject", "quarantine");
        var restart = new Option<bool>("--restart") { Description = "Drop the rows of an unfinished attempt" };
        var giveUp = new Option<int>("--give-up") { Description = "Seconds to keep reconnecting without progress", HelpName = "SECONDS", DefaultValueFactory = _ => 60, CustomParser = WholeNumber.Between(int.MinValue, int.MaxValue, "--give-up: 请填秒数 write a number of seconds.") };

        var command = new Command("submit", "Send a CSV file of observations 提交数据文件") { file, report, dryRun, findings, receipt, encoding, policy, restart, giveUp };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            if (parse.GetValue(common.Org) is not { Length: > 0 } organization)
                return terminal.Usage("请用 --org 或 WFX_ORG 指明提交单位。 Say who submits with --org or WFX_ORG.");
            var format = parse.GetValue(common.Format);
            var submission = new Submission
            {
                Path = parse.GetRequiredValue(file).FullName,
                Organization = organization,
                Report = parse.GetValue(report),
                DryRun = parse.GetValue(dryRun),
                Restart = parse.GetValue(restart),
                Encoding = parse.GetValue(encoding),
                RowPolicy = parse.GetValue(policy) == "quarantine" ? RowPolicy.Quarantine : RowPolicy.RejectReport,
            };
            using var connection = common.Connect(parse, options => options with
            {
                LongestPause = LongestPause,
                GiveUpAfter = TimeSpan.FromSeconds(parse.GetValue(giveUp)),
            });
            await using var faults = FaultReport.Open(parse.GetValue(findings)?.FullName, format, parse.GetValue(common.Excel));
            try
            {
                var result = await submission.RunAsync(connection, faults, terminal, cancellationToken);
                if (result is SubmissionResult.Accepted { Outcome.Receipt: { } proof } && parse.GetValue(receipt)?.FullName is { } path)
                    ReceiptFile.Write(path, proof);
                SubmissionText.Write(result, faults, terminal, format);
                // A report that was withdrawn says nothing any more: whoever sends it again has not done what he meant.
                return result is SubmissionResult.Accepted { Outcome.State: not ReportState.Withdrawn } ? ExitCode.Done : ExitCode.Refused;
            }
            catch (ExchangeException)
            {
                faults.ShowTable(terminal.Notes);
                throw;
            }
        });
        return command;
    }
}
