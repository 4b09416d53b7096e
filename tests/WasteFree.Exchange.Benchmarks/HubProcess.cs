using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;

namespace WasteFree.Exchange.Benchmarks;

/// <summary>A hub in a process of its own, on a free port and a data folder that goes with it, or one that stays.</summary>
internal sealed class HubProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _data;
    private readonly bool _staying;

    private HubProcess(string? folder)
    {
        _staying = folder is not null;
        _data = folder is null ? Directory.CreateTempSubdirectory("wastefree-benchmark-") : new DirectoryInfo(folder);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "wfx.dll"), "serve", "--urls", "http://127.0.0.1:0", "--data", _data.FullName, "--allow-illustrative"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
    }

    public string Address { get; private set; } = "";

    public string DataDirectory => _data.FullName;

    public int ProcessId => _process.Id;

    /// <summary>Resident memory, in KB.</summary>
    public long ResidentKilobytes => Status("VmRSS");

    /// <summary>Peak resident memory, in KB.</summary>
    public long PeakKilobytes => Status("VmHWM");

    /// <param name="folder">A data folder that stays; null: a new one.</param>
    public static async Task<HubProcess> StartAsync(string? folder = null)
    {
        var hub = new HubProcess(folder);
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object sender, DataReceivedEventArgs line)
        {
            var at = line.Data?.IndexOf("http://", StringComparison.Ordinal) ?? -1;
            if (at >= 0) address.TrySetResult(line.Data![at..].Trim());
        }

        hub._process.OutputDataReceived += Look;
        hub._process.ErrorDataReceived += Look;
        hub._process.BeginOutputReadLine();
        hub._process.BeginErrorReadLine();
        hub.Address = await address.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return hub;
    }

    public GrpcChannel Connect() => GrpcChannel.ForAddress(Address, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true },
    });

    public static Metadata As(string organization) => new() { { "wfx-organization", organization } };

    public void Terminate() => Process.Start("kill", ["-TERM", ProcessId.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

    public Task WaitAsync() => _process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (!_staying) _data.Delete(recursive: true);
    }

    private long Status(string name) =>
        long.Parse(File.ReadLines($"/proc/{ProcessId}/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
