using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Storage.SqlServer;
using WasteFree.Exchange.Tests.Shared;
using Xunit;

namespace WasteFree.Exchange.Server.Tests;

/// <summary>
/// What outlives a hub: its folder, and its database. That is a file in the folder, or, where WASTEFREE_TEST_STORE is
/// sqlserver, a database on the server that tests may use.
/// </summary>
internal sealed class HubFolder : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly SqlServerTestDatabase? _database;

    private HubFolder(DirectoryInfo folder, SqlServerTestDatabase? database) => (_folder, _database) = (folder, database);

    public string FullName => _folder.FullName;

    public SqlServerOptions? SqlServer => _database is null ? null : new SqlServerOptions { ConnectionString = _database.ConnectionString };

    /// <summary>Skips the test where there can be none.</summary>
    public static async Task<HubFolder> CreateAsync()
    {
        Assert.SkipWhen(SqlServerForTests.IsMissing, SqlServerForTests.Missing);
        return new HubFolder(Directory.CreateTempSubdirectory("wfx-test-"), SqlServerForTests.IsAskedFor ? await SqlServerTestDatabase.CreateAsync() : null);
    }

    /// <summary>What a fixture has made; where it could not, the test is skipped: a fixture cannot skip.</summary>
    public static T Require<T>(T? made) where T : class
    {
        Assert.SkipWhen(SqlServerForTests.IsMissing, SqlServerForTests.Missing);
        return made!;
    }

    /// <summary>Skips a test that is about the file.</summary>
    public static void RequireSqlite() => Assert.SkipWhen(SqlServerForTests.IsAskedFor, "It is about the database file of SQLite.");

    public HubOptions Options(bool allowIllustrative, TimeProvider? time) => new()
    {
        DataDirectory = FullName,
        SqlServer = SqlServer,
        Url = "http://127.0.0.1:0",
        AllowIllustrative = allowIllustrative,
        Time = time ?? TimeProvider.System,
    };

    /// <summary>A connection beside the hub.</summary>
    public DbConnection Connect()
    {
        DbConnection connection = SqlServer is { } server
            ? new SqlConnection(server.ConnectionString)
            : new SqliteConnection($"Data Source={Path.Combine(FullName, HubOptions.DatabaseFile)};Pooling=False");
        connection.Open();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        if (_database is not null) await _database.DisposeAsync();
    }
}
