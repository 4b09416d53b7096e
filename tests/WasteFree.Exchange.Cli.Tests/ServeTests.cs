using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using WasteFree.Exchange.Cli.Output;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

public sealed class ServeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wfx-serve-test-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_hub_says_its_address_when_it_is_ready_and_ends_with_0()
    {
        using var told = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var output = new LineWriter();
        var terminal = new Terminal(output, TextWriter.Null, _ => null, false, false);
        var serving = Wfx.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--data", Path.Combine(_folder, "new", "data")], terminal, told.Token);

        var ready = await output.Lines.ReadAsync(Cancellation);
        var address = ready[ready.IndexOf("http", StringComparison.Ordinal)..].TrimEnd('/');
        var asked = await CliRun.OfAsync(new Dictionary<string, string>(), ["catalog", "regions", "--hub", address, "--format", "csv"], Cancellation);
        Assert.Equal(0, asked.ExitCode);
        Assert.Contains(asked.Lines, line => line.StartsWith("500101,万州区,Wanzhou,", StringComparison.Ordinal));

        await told.CancelAsync();
        Assert.Equal(0, await serving);
    }

    [Fact]
    public async Task A_port_in_use_is_said_plainly()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var run = await ServeAsync($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}", _folder);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is in use", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_said_plainly()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", Cancellation);
        var run = await ServeAsync("http://127.0.0.1:0", Path.Combine(file, "data"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("cannot be written", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_damaged_is_said_with_what_to_do_for_the_store_in_use()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "exchange.db"), new string('x', 8_192), Cancellation);
        var run = await ServeAsync("http://127.0.0.1:0", _folder);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("put the last backup in its place", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("connection string", run.Error, StringComparison.Ordinal);
    }

    private static Task<CliRun> ServeAsync(string url, string data) =>
        CliRun.OfAsync(new Dictionary<string, string>(), ["serve", "--urls", url, "--data", data], Cancellation);

    /// <summary>Hands over each line as it is written.</summary>
    private sealed class LineWriter : TextWriter
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
        private readonly StringBuilder _line = new();

        public ChannelReader<string> Lines => _lines.Reader;

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            if (value != '\n')
            {
                _line.Append(value);
                return;
            }
            _lines.Writer.TryWrite(_line.ToString());
            _line.Clear();
        }
    }
}
