namespace WasteFree.Exchange.Storage;

/// <summary>Folders that are their owner's alone. On Windows a folder has the rights of the one above.</summary>
public static class PrivateFolder
{
    /// <summary>Makes a folder where there is none, and those above it alike; one that was there before keeps its rights.</summary>
    /// <param name="path">Absolute, or relative to the working folder.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static DirectoryInfo Make(string path)
    {
        if (Directory.Exists(path)) return new DirectoryInfo(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } above) Make(above);
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
