using System.CommandLine;
using WasteFree.Exchange.Cli.Hosting;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Server;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx serve</c>: runs a hub until it is told to end.</summary>
internal static class ServeCommand
{
    public static Command Build(CommonOptions common)
    {
        var urls = HubAddress.Option();
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of the database; made when it is missing", HelpName = "DIR", Required = true };
        var illustrative = new Option<bool>("--allow-illustrative") { Description = "Take illustrative organisations (示例) and their data" };
        var key = new Option<FileInfo?>("--signing-key")
        {
            Description = "Key that signs receipts: a P-256 private key, PKCS#8 PEM, the same for every hub of a store; default: signing-key.pem in the data folder, made when it is missing",
            HelpName = "FILE",
        };
        var command = new Command("serve", "Run a hub 运行服务") { urls, data, key, illustrative };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var terminal = common.Terminal;
            var options = new HubOptions
            {
                DataDirectory = parse.GetRequiredValue(data).FullName,
                Url = parse.GetRequiredValue(urls),
                SigningKeyFile = parse.GetValue(key)?.FullName,
                AllowIllustrative = parse.GetValue(illustrative),
            };
            try
            {
                await using var hub = await RunningHub.StartAsync(options, cancellationToken);
                terminal.Out.WriteLine($"服务已启动 the hub listens on {hub.Address}");
                terminal.Note($"数据目录 data in {options.DataDirectory}；按 Ctrl-C 结束 ends with Ctrl-C.");
                await hub.UntilToldToEndAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Told to end while it was still starting: that too is an end as asked for.
            }
            terminal.Note("服务已停止 the hub has ended.");
            return ExitCode.Done;
        });
        return command;
    }
}
