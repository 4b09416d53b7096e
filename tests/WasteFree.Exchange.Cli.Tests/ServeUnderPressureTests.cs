using System.Net.Sockets;
using System.Text;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary>A hub as a process to which the machine grants little.</summary>
public sealed class ServeUnderPressureTests : IDisposable
{
    /// <summary>Some 100 more than the hub takes for itself.</summary>
    private const int Descriptors = 800;

    private const int Connections = 300;

    private static readonly byte[] Preface = Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0");

    private readonly string _folder = Directory.CreateTempSubdirectory("wfx-pressure-test-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_hub_with_few_descriptors_closes_what_it_cannot_serve_and_serves_again_when_there_is_room()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Descriptors are limited by prlimit of Linux.");
        var environment = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x18000000" };
        await using var hub = WfxProcess.StartWith(Descriptors, environment, "serve", "--urls", "http://127.0.0.1:0", "--data", _folder);
        var ready = await hub.ReadLineAsync();
        var address = new Uri(ready[ready.IndexOf("http", StringComparison.Ordinal)..]);

        var flood = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => ConnectAsync(address)));
        // As many as have no room are closed by the hub, the others stay.
        var reading = flood.Select(client => client is null ? Task.CompletedTask : UntilClosedAsync(client)).ToList();
        while (reading.Count(closed => closed.IsCompleted) < Connections - Descriptors / 4) await Task.Delay(50, Cancellation);
        Assert.Contains(reading, closed => !closed.IsCompleted);

        foreach (var client in flood) client?.Dispose();
        CliRun asked;
        var tries = 20;
        do
        {
            asked = await AskAsync(address);
        }
        while (asked.ExitCode != 0 && --tries > 0);
        Assert.Contains(asked.Lines, line => line.StartsWith("500101,", StringComparison.Ordinal));

        hub.Signal(WfxProcess.SigTerm);
        Assert.Equal(0, await hub.EndAsync());
        Assert.DoesNotContain("Too many open files", hub.Error, StringComparison.Ordinal);
        Assert.Contains("At one time the hub takes", hub.Error, StringComparison.Ordinal);
        Assert.Contains("384 MB of memory", hub.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_could_not_open_its_own_files_says_so_instead_of_starting()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Descriptors are limited by prlimit of Linux.");
        await using var hub = WfxProcess.StartWith(600, new Dictionary<string, string>(), "serve", "--urls", "http://127.0.0.1:0", "--data", _folder);
        Assert.Equal(1, await hub.EndAsync());
        Assert.Contains("LimitNOFILE", hub.Error, StringComparison.Ordinal);
    }

    private static Task<CliRun> AskAsync(Uri address) =>
        CliRun.OfAsync(new Dictionary<string, string>(), ["catalog", "regions", "--hub", address.ToString(), "--format", "csv"], Cancellation);

    private static async Task<TcpClient?> ConnectAsync(Uri address)
    {
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, Cancellation);
            await client.GetStream().WriteAsync(Preface, Cancellation);
            return client;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            client.Dispose();
            return null;
        }
    }

    private static async Task UntilClosedAsync(TcpClient client)
    {
        var buffer = new byte[1024];
        try
        {
            while (await client.GetStream().ReadAsync(buffer, Cancellation) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Closed by either side.
        }
    }
}
