using System.Globalization;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>What the machine grants the process.</summary>
/// <param name="Descriptors">Files and sockets that it may still open; null: nobody says.</param>
/// <param name="MemoryBytes">Memory that its heap may take: of the machine, or of the container.</param>
internal sealed record MachineGrant(long? Descriptors, long MemoryBytes)
{
    private const string Limits = "/proc/self/limits";
    private const string Open = "/proc/self/fd";
    private const string Line = "Max open files";

    /// <summary>With more than so much of it alive the collector has hardly room to work in.</summary>
    public long FullHeapBytes { get; init; } = MemoryBytes / 100 * 85;

    public static MachineGrant Read() => new(DescriptorsLeft(), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>The limit in force, which .NET has raised as far as it may, less what is open.</summary>
    private static long? DescriptorsLeft()
    {
        if (!File.Exists(Limits)) return null;
        var line = File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal));
        if (line is null || !long.TryParse(line[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture, out var most)) return null;
        return most - Directory.EnumerateFileSystemEntries(Open).Count();
    }
}
