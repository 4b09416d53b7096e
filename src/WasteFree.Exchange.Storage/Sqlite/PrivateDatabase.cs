namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>
/// The files of a database are their owner's alone: SQLite gives its log and shared memory the rights of the database, so
/// that is made before SQLite makes it. On Windows a file has the rights of its folder.
/// </summary>
internal static class PrivateDatabase
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>To be called before the first connection; whether the file can be used at all SQLite says.</summary>
    public static void Ensure(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            if (!File.Exists(path)) new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner }).Dispose();
            // Not by opening it: closing a file lets go of the locks that SQLite holds on it in this process.
            foreach (var file in new[] { path, path + "-wal", path + "-shm" }.Where(File.Exists)) File.SetUnixFileMode(file, Owner);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another hub has just made it, or it is another user's.
        }
    }
}
