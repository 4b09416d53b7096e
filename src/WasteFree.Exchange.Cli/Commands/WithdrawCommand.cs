using System.CommandLine;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx withdraw REPORT --org ID --reason TEXT</c>: takes a committed report back.</summary>
internal static class WithdrawCommand
{
    public static Command Build(CommonOptions common)
    {
        var report = ReportArgument.Create();
        var reason = new Option<string>("--reason") { Description = "Why, for the record", HelpName = "TEXT", Required = true };
        var command = new Command("withdraw", "Withdraw a committed report 撤回报告") { report, reason };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            if (ReportArgument.NameOf(parse, report, common) is not { } name) return ExitCode.Usage;
            using var connection = common.Connect(parse);
            var answer = await connection.Client.WithdrawReportAsync(name, parse.GetRequiredValue(reason), cancellationToken);
            switch (parse.GetValue(common.Format))
            {
                case OutputFormat.Json:
                    terminal.Out.WriteLine(Json.Of(answer));
                    break;
                case OutputFormat.Csv:
                    CsvText.Write(terminal.Out, ["report", "position", "tombstones"],
                        [[answer.Report.Name, answer.Report.WithdrawPosition.ToString(), answer.Tombstones.ToString()]]);
                    break;
                default:
                    terminal.Results.Say($"已撤回 withdrawn  {answer.Report.Name}");
                    terminal.Results.Say($"  账本位置 position  {answer.Report.WithdrawPosition}");
                    terminal.Results.Say($"  失效的数值 values gone  {answer.Tombstones}");
                    break;
            }
            return ExitCode.Done;
        });
        return command;
    }
}
