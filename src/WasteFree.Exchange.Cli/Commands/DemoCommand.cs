using System.CommandLine;
using WasteFree.Exchange.Cli.Demo;
using WasteFree.Exchange.Cli.Hosting;
using WasteFree.Exchange.Cli.NativeCsv;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Client;
using WasteFree.Exchange.Server;

namespace WasteFree.Exchange.Cli.Commands;

/// <summary><c>wfx demo</c>: a hub with the sample reports in it, streamed in as a partner would.</summary>
internal static class DemoCommand
{
    private const string FreePort = "http://127.0.0.1:0";

    public static Command Build(CommonOptions common)
    {
        var exit = new Option<bool>("--exit") { Description = "End after the tables" };
        var urls = HubAddress.Option();
        var data = new Option<DirectoryInfo?>("--data") { Description = "Keep the data in this folder; default: a temporary one, removed at the end", HelpName = "DIR" };
        var command = new Command("demo", "Start a hub with sample data and compare 演示") { exit, urls, data };
        command.Runs(common, async (parse, cancellationToken) =>
        {
            var kept = parse.GetValue(data)?.FullName;
            var folder = kept ?? Directory.CreateTempSubdirectory("wfx-demo-").FullName;
            try
            {
                var options = new HubOptions
                {
                    DataDirectory = folder,
                    // A demonstration that ends by itself needs no address that anybody knows.
                    Url = parse.GetValue(exit) && parse.GetResult(urls) is (null or { Implicit: true }) ? FreePort : parse.GetRequiredValue(urls),
                    AllowIllustrative = true,
                };
                await using var hub = await RunningHub.StartAsync(options, cancellationToken);
                common.Terminal.Results.Say($"演示服务 demo hub on {hub.Address}");
                await ShowAsync(hub.Address, common, cancellationToken);
                if (parse.GetValue(exit)) return ExitCode.Done;

                NextSteps.Show(common.Terminal, hub.Address);
                await hub.UntilToldToEndAsync(cancellationToken);
                return ExitCode.Done;
            }
            finally
            {
                if (kept is null) Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static async Task ShowAsync(Uri address, CommonOptions common, CancellationToken cancellationToken)
    {
        await SampleReports.StreamInAsync(address, common.Terminal, cancellationToken);
        using var connection = new ExchangeConnection(new ConnectionOptions { Hub = address });
        var names = await CatalogNames.ReadAsync(connection.Client, cancellationToken);
        await YaanTable.ShowAsync(connection.Client, names, common.Terminal, cancellationToken);
        await PartnerTables.ShowAsync(connection.Client, names, common.Terminal, cancellationToken);
        await TargetTable.ShowAsync(connection.Client, common.Terminal, cancellationToken);
    }
}
