using System.Data.Common;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Storage.Copying;
using WasteFree.Exchange.Storage.Sqlite;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Tests.Sqlite;

/// <summary>A file in a folder of its own.</summary>
internal sealed class SqliteDatabase : StoreDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wfx-store-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "exchange.db");

    public override IExchangeStore Open(TimeProvider time) => new SqliteStore(Path, time);

    public override StoreEnd End() => new SqliteEnd(Path);

    public override async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public override ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
