using System.Diagnostics;
using System.Globalization;

namespace WasteFree.Exchange.Faults.Hubs;

/// <summary>What the system denies to a running process for a while, by <c>prlimit</c>: room on the disk, or descriptors. On Linux alone.</summary>
internal static class StarvedProcess
{
    public static bool IsPossible { get; } = OperatingSystem.IsLinux() && File.Exists("/usr/bin/prlimit");

    /// <summary>
    /// In front of a program that is to be starved: a file that may not grow is an error to it, as a full disk is, and no signal
    /// that ends it.
    /// </summary>
    public static IReadOnlyList<string> Mortal { get; } = IsPossible ? ["sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""] : [];

    /// <summary>No file of the process may grow beyond so many bytes.</summary>
    public static Task<bool> LimitFilesAsync(int process, long bytes) => LimitAsync(process, $"--fsize={bytes}:");

    public static Task<bool> FreeFilesAsync(int process) => LimitAsync(process, "--fsize=unlimited:");

    /// <summary>The process may have so many descriptors at one time; those that it has stay.</summary>
    public static Task<bool> LimitDescriptorsAsync(int process, int count) => LimitAsync(process, $"--nofile={count}:");

    /// <summary>How many descriptors the process has; 0: it is gone.</summary>
    public static int DescriptorsOf(int process)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Count();
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <returns>False: the process is gone.</returns>
    private static async Task<bool> LimitAsync(int process, string limit)
    {
        using var command = Process.Start(new ProcessStartInfo("prlimit", ["--pid", process.ToString(CultureInfo.InvariantCulture), limit]) { RedirectStandardError = true })!;
        await command.WaitForExitAsync();
        return command.ExitCode == 0;
    }
}
