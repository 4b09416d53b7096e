using System.Diagnostics;
using System.Text;
using Xunit;

namespace WasteFree.Exchange.Cli.Tests;

/// <summary><c>wfx</c> as a process of its own: signals and exit codes are then those of the system.</summary>
internal sealed class WfxProcess : IAsyncDisposable
{
    public const string SigInt = "INT";
    public const string SigTerm = "TERM";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private bool _outputClosed;

    private WfxProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_error) _error.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
    }

    public string Error
    {
        get
        {
            lock (_error) return _error.ToString();
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static WfxProcess Start(params string[] args) => Start(new Dictionary<string, string>(), args);

    public static WfxProcess Start(IReadOnlyDictionary<string, string> environment, params string[] args) =>
        Start(new ProcessStartInfo("dotnet"), environment, args);

    /// <summary>A process that may open so many files.</summary>
    public static WfxProcess StartWith(int descriptors, IReadOnlyDictionary<string, string> environment, params string[] args) =>
        Start(new ProcessStartInfo("prlimit") { ArgumentList = { $"--nofile={descriptors}", "dotnet" } }, environment, args);

    /// <summary>With the rights that new files are not to have, as a shell sets them.</summary>
    public static WfxProcess StartUnder(string umask, params string[] args)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var arg in new[] { "-c", $"umask {umask}; exec dotnet \"$@\"", "sh", Path.Combine(AppContext.BaseDirectory, "wfx.dll") }.Concat(args)) start.ArgumentList.Add(arg);
        return new WfxProcess(Process.Start(start)!);
    }

    /// <summary>The next line of the result.</summary>
    public async Task<string> ReadLineAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync(Cancellation).AsTask().WaitAsync(LongestWait, Cancellation);
        return line ?? throw new InvalidOperationException($"wfx has ended: {Error}");
    }

    /// <summary>Reads no more, as <c>head</c> does.</summary>
    public void CloseOutput()
    {
        _outputClosed = true;
        _process.StandardOutput.Close();
    }

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{_process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>The exit code, once it ends.</summary>
    public async Task<int> EndAsync()
    {
        // A program whose output nobody takes waits for ever to write it.
        var rest = _outputClosed ? Task.FromResult("") : _process.StandardOutput.ReadToEndAsync(Cancellation);
        try
        {
            await rest.WaitAsync(LongestWait, Cancellation);
            await _process.WaitForExitAsync(Cancellation).WaitAsync(LongestWait, Cancellation);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"wfx does not end: process {(_process.HasExited ? "gone" : "there")}, output {(rest.IsCompleted ? "closed" : "open")}, it said: {Error}", e);
        }
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        _process.Dispose();
    }

    private static WfxProcess Start(ProcessStartInfo start, IReadOnlyDictionary<string, string> environment, string[] args)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "wfx.dll"));
        foreach (var arg in args) start.ArgumentList.Add(arg);
        return new WfxProcess(Process.Start(start)!);
    }
}
