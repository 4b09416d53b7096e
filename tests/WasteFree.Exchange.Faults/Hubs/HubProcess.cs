using System.Diagnostics;
using System.Globalization;
using System.Net;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Faults.Hubs;

/// <summary>A hub as it is run in earnest: <c>wfx serve</c> in a process of its own, on a free port.</summary>
internal sealed class HubProcess : IAsyncDisposable
{
    private const string Listening = "the hub listens on http://127.0.0.1:";

    /// <summary>128 + SIGKILL, as the runtime reports it.</summary>
    private const int KilledExitCode = 137;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Queue<string> _lastWords = new();

    private bool _killedFromOutside;

    private HubProcess(Process process) => _process = process;

    public IPEndPoint EndPoint { get; private set; } = new(IPAddress.Loopback, 0);

    public Uri Address => new($"http://{EndPoint}");

    public int Id => _process.Id;

    public bool WasKilled => _process.HasExited && _process.ExitCode == KilledExitCode;

    public bool IsAlive => !_process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>What the process last wrote to its error stream.</summary>
    public string LastWords
    {
        get { lock (_lastWords) return string.Join(Environment.NewLine, _lastWords); }
    }

    /// <summary>Largest resident set so far in bytes, as the system counts it; 0: the process is gone.</summary>
    public long PeakMemory
    {
        get
        {
            try
            {
                var line = File.ReadLines($"/proc/{Id}/status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
                return line is null ? 0 : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return 0;
            }
        }
    }

    /// <param name="stage">Whose folder and database it gets; the hubs of a stage share them.</param>
    /// <param name="failpoint">Where it shall die, <c>name:n</c>; null: nowhere.</param>
    /// <param name="tracer">A command that runs the hub, such as strace with its options; empty: none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The hub; it may have died at its failpoint before it listened.</returns>
    public static async Task<HubProcess> StartAsync(
        Stage stage, string? failpoint, IReadOnlyList<string> tracer, CancellationToken cancellationToken)
    {
        string[] command = [.. tracer, .. StarvedProcess.Mortal, "dotnet", Path.Combine(AppContext.BaseDirectory, "wfx.dll"), "serve",
            "--data", stage.Folder, "--urls", "http://127.0.0.1:0", "--allow-illustrative", .. stage.IsRestored ? ["--accept-restored"] : Array.Empty<string>(), .. stage.Database.ServeOptions];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in stage.Database.Environment) start.Environment[name] = value;
        start.Environment.Remove(Failpoint.Variable);
        if (failpoint is not null) start.Environment[Failpoint.Variable] = failpoint;
        // A hub lives for seconds here: what it would gain from profiling itself comes too late.
        start.Environment["DOTNET_TieredPGO"] = "0";
        var hub = new HubProcess(Process.Start(start)!);
        hub._process.ErrorDataReceived += (_, line) => hub.Remember(line.Data);
        hub._process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        try
        {
            await hub.ReadAddressAsync(limit.Token);
            return hub;
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    /// <summary>It died at its failpoint, not by a hand from outside.</summary>
    public bool WasKilledByItself => WasKilled && !_killedFromOutside;

    public void KillFromOutside()
    {
        _killedFromOutside = true;
        // A hub under a tracer is the tracer's child.
        _process.Kill(entireProcessTree: true);
    }

    /// <summary>SIGTERM: asks it to end in order.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadAddressAsync(CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at < 0) continue;
            EndPoint = new IPEndPoint(IPAddress.Loopback, int.Parse(line[(at + Listening.Length)..].TrimEnd('/'), CultureInfo.InvariantCulture));
            return;
        }
        await _process.WaitForExitAsync(cancellationToken);
        if (!WasKilled) throw new InvalidOperationException($"The hub ended with {ExitCode} before it listened: {LastWords}");
    }

    private void Remember(string? line)
    {
        if (line is null) return;
        lock (_lastWords)
        {
            if (_lastWords.Count == 40) _lastWords.Dequeue();
            _lastWords.Enqueue(line);
        }
    }
}
