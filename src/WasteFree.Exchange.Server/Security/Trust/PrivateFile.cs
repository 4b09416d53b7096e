using System.Text;

namespace WasteFree.Exchange.Server.Security;

/// <summary>Files of the security folder: readable by their owner alone, and put in place whole.</summary>
public static class PrivateFile
{
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);

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
        var next = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            Write(next, text, FileMode.CreateNew);
            File.Move(next, path, overwrite: true);
        }
        catch
        {
            File.Delete(next);
            throw;
        }
    }

    /// <summary>Holds a file that others hold one after another, in this process or another one; it stays when it is let go.</summary>
    /// <exception cref="IOException">It is held by somebody else for longer than that, or cannot be written.</exception>
    public static IDisposable Lock(string path, TimeSpan patience)
    {
        var options = Options(FileMode.OpenOrCreate, FileAccess.ReadWrite);
        options.Share = FileShare.None;
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (UnauthorizedAccessException e)
            {
                throw Unwritable(path, e);
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
            {
                if (TimeProvider.System.GetElapsedTime(began) > patience)
                    throw new IOException($"{path} 一直被占用；请等另一条命令结束后再试。 It is held by another command: try again when that has ended.", e);
                Thread.Sleep(LockPause);
            }
        }
    }

    private static void Write(string path, string text, FileMode mode)
    {
        try
        {
            using var file = new FileStream(path, Options(mode, FileAccess.Write));
            file.Write(Encoding.UTF8.GetBytes(text));
            // What was said to be done is there after a power failure, too.
            file.Flush(flushToDisk: true);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unwritable(path, e);
        }
    }

    private static FileStreamOptions Options(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static IOException Unwritable(string path, Exception e) => new($"{path} 无法写入。 It cannot be written: {e.Message}", e);
}
