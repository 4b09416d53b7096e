using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace WasteFree.Exchange.Cli.Tests.Readme;

/// <summary>Runs sections of a README one after another, in one folder and with one home, against a given <c>wfx</c>.</summary>
internal sealed class ReadmeRunner : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("wastefree-readme-");
    private readonly Dictionary<int, int> _ports = [];
    private readonly TimeSpan _limit;
    private readonly string _temporary;

    /// <param name="wfx">Command that stands for <c>wfx</c> and for <c>dotnet run … --project src/WasteFree.Exchange.Cli … --</c>.</param>
    /// <param name="limit">How long a section may take.</param>
    public ReadmeRunner(string wfx, TimeSpan limit)
    {
        _limit = limit;
        WorkFolder = _root.CreateSubdirectory("work").FullName;
        _root.CreateSubdirectory("home");
        _temporary = _root.CreateSubdirectory("tmp").FullName;
        var shims = _root.CreateSubdirectory("bin").FullName;
        WriteScript(Path.Combine(shims, "wfx"), $"exec {wfx} \"$@\"\n");
        WriteScript(Path.Combine(shims, "dotnet"), $"""
            if [[ $1 == run && " $* " == *" src/WasteFree.Exchange.Cli "* ]]; then
                while [[ $1 != -- ]]; do shift; done
                shift
                exec {wfx} "$@"
            fi
            exec {DotnetPath} "$@"

            """);
    }

    /// <summary>Where the commands run.</summary>
    public string WorkFolder { get; }

    /// <summary>The dotnet that runs these tests, past any shim.</summary>
    public static string DotnetPath { get; } = FindOnPath("dotnet").First();

    public static bool IsOnPath(string command) => FindOnPath(command).Any();

    /// <summary>The free port that stands for a port of the text, the same one each time.</summary>
    public int FreePort(int port)
    {
        if (!_ports.TryGetValue(port, out var free))
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            _ports[port] = free = ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        return free;
    }

    /// <summary>Exit code, and all that was written.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(ReadmeSection section, CancellationToken cancellationToken)
    {
        var script = Path.Combine(_root.FullName, "section.sh");
        await File.WriteAllTextAsync(script, ReadmeScript.Of(section, FreePort, _temporary), cancellationToken);
        var start = new ProcessStartInfo("bash", ["-c", "exec bash \"$1\" 2>&1", "bash", script])
        {
            WorkingDirectory = WorkFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var home = Path.Combine(_root.FullName, "home");
        start.Environment["PATH"] = Path.Combine(_root.FullName, "bin") + Path.PathSeparator + start.Environment["PATH"];
        start.Environment["HOME"] = home;
        start.Environment["XDG_DATA_HOME"] = Path.Combine(home, "data");
        start.Environment["WFX_HUB"] = $"http://127.0.0.1:{FreePort(ReadmeScript.DefaultPort)}";

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_limit);
        // A command that waits for ever is stopped, and what it wrote is still told.
        await using var stop = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return (process.ExitCode, limit.IsCancellationRequested ? $"{output}\nREADME: stopped after {_limit}" : output);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static IEnumerable<string> FindOnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, command))
            .Where(File.Exists);

    private static void WriteScript(string path, string text)
    {
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{text}");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
