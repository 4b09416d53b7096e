using System.Data.Common;
using WasteFree.Exchange.Storage.SqlServer;
using WasteFree.Exchange.Tests.Shared;

namespace WasteFree.Exchange.Faults.Databases;

/// <summary>The database that the hubs of a stage share: what a hub is told about it, and a way past the hubs.</summary>
internal abstract class StageDatabase : IAsyncDisposable
{
    /// <summary>A file in the folder, or a database on the server where WASTEFREE_TEST_STORE asks for one.</summary>
    public static async Task<StageDatabase> CreateAsync(string folder) =>
        SqlServerForTests.IsAskedFor ? new StageSqlServer(await SqlServerTestDatabase.CreateAsync()) : new StageSqlite(folder);

    /// <summary>For a hub in this process; null: the file in its folder.</summary>
    public virtual SqlServerOptions? SqlServer => null;

    /// <summary>For <c>wfx serve</c>.</summary>
    public virtual IReadOnlyList<string> ServeOptions => [];

    /// <summary>For the environment of <c>wfx serve</c>.</summary>
    public virtual IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    /// <summary>After ORDER BY: at most @limit rows.</summary>
    public abstract string Limit { get; }

    /// <summary>A hub has made the tables.</summary>
    public abstract bool Exists { get; }

    /// <summary>A new connection past the hubs.</summary>
    public abstract DbConnection Open();

    /// <summary>What is read in it is one state of the database.</summary>
    public abstract DbTransaction BeginRead(DbConnection connection);

    /// <summary>Locks, for a while, what every commit needs: a backup, an administrator's shell.</summary>
    public abstract Task HoldAsync(TimeSpan time);

    /// <summary>Keeps a copy of the database as it is now.</summary>
    /// <returns>Its last position; null: copies are made by other means here.</returns>
    public abstract long? Copy();

    /// <summary>Puts the copy in the place of the database, which nobody has open.</summary>
    public abstract void PutBack();

    /// <summary>An error that passes when one looks again.</summary>
    public abstract bool IsPassing(DbException exception);

    /// <summary>What the database itself says of its pages: "ok", the fault, or null where it cannot be asked.</summary>
    public abstract string? CheckIntegrity();

    public abstract ValueTask DisposeAsync();
}
