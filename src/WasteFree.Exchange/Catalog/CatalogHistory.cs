using System.Collections.Concurrent;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Catalog;

/// <summary>
/// The catalogue at any version. Snapshots never change, so that they are shared; the last few are kept.
/// </summary>
public sealed class CatalogHistory(IExchangeStore store)
{
    private const int Kept = 8;

    private readonly ConcurrentDictionary<long, CatalogSnapshot> _snapshots = [];

    /// <summary>The catalogue of a version, the ledger position of a load; 0: the empty one.</summary>
    public async Task<CatalogSnapshot> ReadAsync(long version, CancellationToken cancellationToken)
    {
        if (version == 0) return CatalogSnapshot.Empty;
        if (_snapshots.TryGetValue(version, out var known)) return known;
        var rows = await store.ReadCatalogAsync(version, cancellationToken).ConfigureAwait(false);
        var snapshot = CatalogReader.Read(version, rows);
        if (_snapshots.Count >= Kept && _snapshots.Keys.Order().First() is var oldest) _snapshots.TryRemove(oldest, out _);
        return _snapshots[version] = snapshot;
    }

    /// <summary>The catalogue as it is now; another hub on the same store may have loaded it.</summary>
    public async Task<CatalogSnapshot> ReadLatestAsync(CancellationToken cancellationToken)
    {
        var head = await store.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
        return await ReadAsync(head.CatalogVersion, cancellationToken).ConfigureAwait(false);
    }
}
