namespace WasteFree.Exchange.Server.Security;

/// <summary>Files of the security folder: readable by their owner alone, and put in place whole.</summary>
public static class PrivateFile
{
    /// <summary>Makes a folder, for its owner alone, where there is none.</summary>
    public static DirectoryInfo MakeFolder(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    /// <summary>Writes a file that is not there yet.</summary>
    /// <exception cref="IOException">It is there, or cannot be written.</exception>
    public static void Create(string path, string text)
    {
        Write(path, text, FileMode.CreateNew);
    }

    /// <summary>Writes a file in place of the one that may be there.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Replace(string path, string text)
    {
        var next = $"{path}.{Environment.ProcessId}.new";
        Write(next, text, FileMode.Create);
        File.Move(next, path, overwrite: true);
    }

    private static void Write(string path, string text, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var writer = new StreamWriter(path, options);
            writer.Write(text);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} 无法写入。 It cannot be written: {e.Message}", e);
        }
    }
}
