using System.CommandLine;
using WasteFree.Exchange.Cli.Hosting;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.Cli.Running;
using WasteFree.Exchange.Server;
using WasteFree.Exchange.Tests.Shared;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary>A hub that ends by a fault of its own says so to whatever watches over it.</summary>
public sealed class HubFaultTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hub_whose_background_service_ends_by_itself_exits_with_70_and_says_which()
    {
        var data = Directory.CreateTempSubdirectory("wfx-fault-test-");
        try
        {
            var error = new StringWriter();
            var common = new CommonOptions(new Terminal(TextWriter.Null, error, _ => null, false, false));
            var command = new Command("serve");
            command.Runs(common, async (_, cancellationToken) =>
            {
                var options = new HubOptions { DataDirectory = data.FullName, Url = "http://127.0.0.1:0", Time = new FailingClock(TimeSpan.FromHours(1)) };
                await using var hub = await RunningHub.StartAsync(options, cancellationToken);
                await hub.UntilToldToEndAsync(cancellationToken);
                return ExitCode.Done;
            });

            var code = await command.Parse([]).InvokeAsync(cancellationToken: Cancelled);

            Assert.Equal(70, code);
            Assert.Contains("UploadExpiry", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
