using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>What error codes mean, in one place.</summary>
internal static class SqliteErrors
{
    /// <summary>The file system found its checksum wrong (SQLITE_IOERR_DATA), or is damaged itself (SQLITE_IOERR_CORRUPTFS).</summary>
    private static readonly HashSet<int> OfFileSystem = [raw.SQLITE_IOERR | (32 << 8), raw.SQLITE_IOERR | (33 << 8)];

    /// <summary>The file does not hold what was written to it.</summary>
    public static bool IsDamage(Exception? exception) =>
        exception is SqliteException e && (e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB || OfFileSystem.Contains(e.SqliteExtendedErrorCode));
}
