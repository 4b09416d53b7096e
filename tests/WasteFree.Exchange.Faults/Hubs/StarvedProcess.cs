using System.Diagnostics;
using System.Globalization;

namespace WasteFree.Exchange.Faults.Hubs;

/// <summary>What the system denies to a process: room on the disk for a while (<c>prlimit</c>), or descriptors for as long as it lives. On Linux alone.</summary>
internal static class StarvedProcess
{
    public static bool IsPossible { get; } = OperatingSystem.IsLinux() && File.Exists("/usr/bin/prlimit");

    /// <summary>
    /// In front of a program that is to be starved: a file that may not grow is an error to it, as a full disk is, and no signal
    /// that ends it.
    /// </summary>
    public static IReadOnlyList<string> Mortal { get; } = IsPossible ? ["sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""] : [];

    /// <summary>The same, with so many descriptors at one time and no more.</summary>
    public static IReadOnlyList<string> WithDescriptors(int count) => ["sh", "-c", $"ulimit -n {count}; exec \"$0\" \"$@\""];

    /// <summary>No file of the process may grow beyond so many bytes.</summary>
    public static Task<bool> LimitFilesAsync(int process, long bytes) => LimitAsync(process, $"--fsize={bytes}:");

    public static Task<bool> FreeFilesAsync(int process) => LimitAsync(process, "--fsize=unlimited:");

    /// <returns>False: the process is gone.</returns>
    private static async Task<bool> LimitAsync(int process, string limit)
    {
        using var command = Process.Start(new ProcessStartInfo("prlimit", ["--pid", process.ToString(CultureInfo.InvariantCulture), limit]) { RedirectStandardError = true })!;
        await command.WaitForExitAsync();
        return command.ExitCode == 0;
    }
}
