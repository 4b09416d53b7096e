using System.CommandLine;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx abort REPORT --org ID</c>: gives up an unfinished upload.</summary>
internal static class AbortCommand
{
    public static Command Build(CommonOptions common)
    {
        var report = ReportArgument.Create();
        var command = new Command("abort", "Give up an unfinished upload 放弃未完成的上传") { report };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            if (ReportArgument.NameOf(parse, report, common) is not { } name) return ExitCode.Usage;
            using var connection = common.Connect(parse);
            var aborted = await connection.Client.AbortReportAsync(name, cancellationToken);
            switch (parse.GetValue(common.Format))
            {
                case OutputFormat.Json:
                    terminal.Out.WriteLine(Json.Of(aborted));
                    break;
                case OutputFormat.Csv:
                    CsvText.Write(terminal.Out, ["report", "state"], [[aborted.Name, aborted.State.Code()]]);
                    break;
                default:
                    terminal.Results.Say($"已放弃 given up  {aborted.Name}；名称可再用 the name is free again");
                    break;
            }
            return ExitCode.Done;
        });
        return command;
    }
}
