using System.Data.Common;
using WasteFree.Exchange.Storage.Copying;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>An empty database of its own for one test; several stores may be opened on it, as several hubs would.</summary>
internal abstract class StoreDatabase : IAsyncDisposable
{
    public abstract IExchangeStore Open(TimeProvider time);

    /// <summary>The database as an end of a copy.</summary>
    public abstract StoreEnd End();

    /// <summary>A connection beside the store, to see what is really there.</summary>
    public abstract Task<DbConnection> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Why a test that needs the ability is skipped on this server; null: it has it.</summary>
    public virtual string? Lacks(Ability ability) => null;

    public abstract ValueTask DisposeAsync();
}

/// <summary>What not every server that speaks the language can do.</summary>
internal enum Ability
{
    /// <summary>JSON texts with quotes in them come out as they went in.</summary>
    QuotesInJson,
}
