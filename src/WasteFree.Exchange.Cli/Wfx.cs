using System.CommandLine;
using WasteFree.Exchange.Cli.Commands;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Cli;

/// <summary>The program as a list of commands.</summary>
internal static class Wfx
{
    /// <summary>Time for a hub to drain after Ctrl-C or SIGTERM before the process is ended.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        var parse = Build(new CommonOptions(terminal)).Parse(args);
        if (parse.Errors.Count > 0)
        {
            foreach (var error in parse.Errors) terminal.Note(VisibleText.Lines(error.Message));
            terminal.Note($"用法 usage: {Path(parse.CommandResult.Command)} --help");
            return ExitCode.Usage;
        }
        var invocation = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = DrainTime,
        };
        return await parse.InvokeAsync(invocation, cancellationToken);
    }

    /// <summary>All commands with their options.</summary>
    public static RootCommand Build(CommonOptions common)
    {
        var root = new RootCommand("WasteFree.Exchange 无废城市指标交换: report and compare waste-free-city indicators")
        {
            common.Hub, common.Org, common.Format, common.Excel,
        };
        foreach (var option in common.Security.All) root.Options.Add(option);
        Command[] commands =
        [
            DemoCommand.Build(common),
            ServeCommand.Build(common),
            SubmitCommand.Build(common),
            QueryCommand.Build(common),
            HistoryCommand.Build(common),
            DiffCommand.Build(common),
            CompareCommand.Build(common),
            ExplainCommand.Build(common),
            AttainmentCommand.Build(common),
            WithdrawCommand.Build(common),
            RetractCommand.Build(common),
            AbortCommand.Build(common),
            WatchCommand.Build(common),
            ReceiptCommand.Build(common),
            AdminCommand.Build(common),
            CatalogCommand.Build(common),
            SampleCommand.Build(common),
            ProtosCommand.Build(common),
            TokenCommand.Build(common),
        ];
        foreach (var command in commands) root.Subcommands.Add(command);
        return root;
    }

    private static string Path(Symbol command) =>
        command is RootCommand ? "wfx" : $"{Path(command.Parents.First())} {command.Name}";
}
