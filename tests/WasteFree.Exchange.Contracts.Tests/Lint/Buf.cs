using System.Diagnostics;

namespace WasteFree.Exchange.Contracts.Tests.Lint;

/// <summary>The linter of the contracts, pinned in <c>tests/contracts-tools</c>.</summary>
internal static class Buf
{
    private const string Tools = "tests/contracts-tools";

    /// <summary>What it found in <paramref name="folder"/>, one finding a line; empty where all is well.</summary>
    public static async Task<string> LintAsync(string folder, CancellationToken cancellationToken)
    {
        Assert.SkipUnless(IsOnPath("node") && IsOnPath("npm"), "The linter of the contracts needs node and npm; this machine has none.");
        var command = Repository.PathOf($"{Tools}/node_modules/.bin/buf");
        Assert.True(File.Exists(command), $"The linter is not installed: npm ci --prefix {Tools} --ignore-scripts");

        using var process = Process.Start(new ProcessStartInfo(command, ["lint"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var findings = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);

        // 100 says that there are findings; anything else but 0 says that it did not lint.
        Assert.True(process.ExitCode is 0 or 100, $"buf ended with {process.ExitCode}: {await errors}");
        return findings;
    }

    private static bool IsOnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, command)));
}
