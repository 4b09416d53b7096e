using System.CommandLine;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Querying;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Cli.Watching;
using WasteFree.Exchange.Client;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx watch</c>: follows every change, through restarts of the hub, until it is told to end.</summary>
internal static class WatchCommand
{
    public static Command Build(CommonOptions common)
    {
        var start = new Option<string>("--from") { Description = "Start now, at the earliest change, or with a snapshot", DefaultValueFactory = _ => "now" };
        start.AcceptOnlyFromAmong("now", "earliest", "snapshot");
        var since = AsOfText.Option("--since", "Start after this ledger position or time, or with this day (+08:00)", wholeDay: false);
        var resume = new Option<FileInfo?>("--resume") { Description = "Keep the place in this file, and go on there when it exists", HelpName = "FILE" };
        var detail = new Option<string>("--detail") { Description = "One line per report, or per observation", DefaultValueFactory = _ => "observations" };
        detail.AcceptOnlyFromAmong("report", "observations");
        var caughtUp = new Option<bool>("--until-caught-up") { Description = "End when everything that has happened so far is written" };
        var filter = new FilterOptions();

        var command = new Command("watch", "Follow every change 订阅变更") { start, since, resume, detail, caughtUp };
        foreach (var option in filter.All) command.Add(option);
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            // It has been reached once, for the names: from then on a hub that is away comes back.
            using var connection = common.Connect(parse, options => options with { GiveUpAfter = TimeSpan.MaxValue });
            var names = await CatalogNames.ReadAsync(connection.Client, cancellationToken);

            var file = parse.GetValue(resume) is { } info ? new ResumeFile(info.FullName) : null;
            var token = file?.Read();
            if (token is not null)
            {
                terminal.Note("从续订文件继续 goes on from the file of --resume.");
                terminal.GoOn();
            }
            var subscription = new WatchSubscription
            {
                ResumeToken = token,
                Since = parse.GetValue(since),
                StartAt = parse.GetValue(start) switch
                {
                    "earliest" => WatchStart.Earliest,
                    "snapshot" => WatchStart.Snapshot,
                    _ => WatchStart.Now,
                },
                Filter = filter.Read(parse),
                Detail = parse.GetValue(detail) == "report" ? WatchDetail.Report : WatchDetail.Observations,
                Interruptions = new InterruptionNotes(terminal),
            };
            await using var writer = WatchWriter.Create(parse.GetValue(common.Format), terminal, names, withHeader: token is null);
            var changes = connection.Client.WatchAsync(subscription, cancellationToken);
            try
            {
                await FollowAsync(changes, subscription.Detail, writer, file, parse.GetValue(caughtUp), terminal, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // This is how a watch ends.
            }
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task FollowAsync(
        IAsyncEnumerable<WatchResponse> changes, WatchDetail detail, WatchWriter writer, ResumeFile? file, bool untilCaughtUp,
        Terminal terminal, CancellationToken cancellationToken)
    {
        await foreach (var message in changes)
        {
            foreach (var line in WatchLine.Of(message, detail)) writer.Write(line);
            await writer.FlushAsync(cancellationToken);
            if (message.ResumeToken.Length > 0) file?.Write(message.ResumeToken);
            switch (message.MessageCase)
            {
                case WatchResponse.MessageOneofCase.SnapshotEnd:
                    terminal.Note($"现有数据 {message.SnapshotEnd.Count} 条，截至账本位置 {message.SnapshotEnd.Position}。 {message.SnapshotEnd.Count} current values at position {message.SnapshotEnd.Position}.");
                    break;
                case WatchResponse.MessageOneofCase.FellBehind:
                    terminal.Note($"落后于账本（{message.FellBehind.Position} / {message.FellBehind.HeadPosition}），从数据库追赶，不会遗漏。 Behind the ledger; catching up, nothing is lost.");
                    break;
                case WatchResponse.MessageOneofCase.CaughtUp:
                    terminal.Note($"已到账本末尾，位置 {message.CaughtUp.Position}。 Caught up at position {message.CaughtUp.Position}.");
                    if (untilCaughtUp) return;
                    break;
            }
        }
    }

    private sealed class InterruptionNotes(Terminal terminal) : IProgress<WatchInterruption>
    {
        public void Report(WatchInterruption value) => terminal.Note(
            $"连接中断，{value.RetryIn.TotalSeconds:F1} 秒后续订。 Interrupted, goes on in {value.RetryIn.TotalSeconds:F1} s: {value.Trouble.Message}");
    }
}
