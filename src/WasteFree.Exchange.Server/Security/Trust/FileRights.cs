namespace WasteFree.Exchange.Server.Security;

/// <summary>
/// What others on this machine may do with a file of the hub. On Windows a file has the rights of its folder, and nothing is
/// looked at.
/// </summary>
internal static class FileRights
{
    /// <exception cref="IOException">Everybody on this machine can read it; or it cannot be looked at.</exception>
    public static void RefuseReadable(string path)
    {
        if (Has(path, UnixFileMode.OtherRead))
            throw new IOException($"{path} 本机任何用户都可读；请运行 chmod 600。 Everybody on this machine can read it: run chmod 600 on it.");
    }

    /// <exception cref="IOException">Everybody on this machine can write it; or it cannot be looked at.</exception>
    public static void RefuseWritable(string path)
    {
        // In a folder such as /tmp, whose sticky bit is set, nobody replaces the files of others.
        if (Has(path, UnixFileMode.OtherWrite) && !(Directory.Exists(path) && Has(path, UnixFileMode.StickyBit)))
            throw new IOException($"{path} 本机任何用户都可写；请运行 chmod o-w。 Everybody on this machine can write it: run chmod o-w on it.");
    }

    /// <summary>As a number, to tell one state from another.</summary>
    public static int Of(string path) => OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(path);

    private static bool Has(string path, UnixFileMode right)
    {
        try
        {
            return ((UnixFileMode)Of(path) & right) != 0;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} 无法读取。 It cannot be read.", e);
        }
    }
}
