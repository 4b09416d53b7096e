using System.Data.Common;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>An empty database of its own for one test; several stores may be opened on it, as several hubs would.</summary>
internal abstract class StoreDatabase : IAsyncDisposable
{
    public abstract IExchangeStore Open(TimeProvider time);

    /// <summary>A connection beside the store, to see what is really there.</summary>
    public abstract Task<DbConnection> ConnectAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
