using System.CommandLine;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx retract REPORT --org ID --reason TEXT</c>: nobody else is told the values of a report any more, at any instant.</summary>
internal static class RetractCommand
{
    public static Command Build(CommonOptions common)
    {
        var report = ReportArgument.Create();
        var reason = new Option<string>("--reason") { Description = "Why, for the record; told to nobody else", HelpName = "TEXT", Required = true };
        var command = new Command("retract", "Withdraw a report and withhold its values from all others at every instant 封存报告") { report, reason };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            if (ReportArgument.NameOf(parse, report, common) is not { } name) return ExitCode.Usage;
            using var connection = common.Connect(parse);
            var answer = await connection.Client.RetractReportAsync(name, parse.GetRequiredValue(reason), cancellationToken);
            switch (parse.GetValue(common.Format))
            {
                case OutputFormat.Json:
                    terminal.Out.WriteLine(Json.Of(answer));
                    break;
                case OutputFormat.Csv:
                    CsvText.Write(terminal.Out, ["report", "withdraw_position", "retract_position", "withheld_rows"],
                        [[answer.Report.Name, answer.Report.WithdrawPosition.ToString(), answer.Report.RetractPosition.ToString(), answer.WithheldRows.ToString()]]);
                    break;
                default:
                    terminal.Results.Say($"{Words.Retracted}  {answer.Report.Name}");
                    terminal.Results.Say($"  账本位置 position  {answer.Report.RetractPosition}");
                    terminal.Results.Say($"  不再示人的数值 values withheld  {answer.WithheldRows}");
                    break;
            }
            if (answer.Report.Counts.Unchanged > 0)
                terminal.Note($"另有 {answer.Report.Counts.Unchanged} 行重复了更早报告的数值，这些数值仍以该报告示人；如须封存，请一并封存该报告。 "
                    + $"{answer.Report.Counts.Unchanged} rows repeated values of earlier reports, which stay told as those reports': retract these, too, if they must not be.");
            return ExitCode.Done;
        });
        return command;
    }
}
