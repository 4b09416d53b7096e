using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Feed;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server.Catalogs;

/// <summary>Loads tables over the catalogue, for administrators and for the first start alike.</summary>
internal sealed class CatalogDesk(IExchangeStore store, LedgerTail tail, HubOptions options)
{
    /// <summary>The load and the catalogue version after it.</summary>
    public async Task<(CatalogLoad Load, long Version)> LoadAsync(
        IReadOnlyList<CatalogTable> tables, bool validateOnly, AuditCall by, CancellationToken cancellationToken)
    {
        while (true)
        {
            var head = await store.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
            var current = await store.ReadCatalogAsync(head.Position, cancellationToken).ConfigureAwait(false);
            var load = CatalogLoader.Load(tables, current, options.AllowIllustrative);
            if (load.Changed.Count == 0 || validateOnly) return (load, head.CatalogVersion);
            // Another load may have come between: what was checked against the older catalogue is checked again.
            if (await store.AppendCatalogAsync(load.Changed, head.CatalogVersion, by, cancellationToken).ConfigureAwait(false) is not { } version) continue;
            tail.Signal();
            return (load, version);
        }
    }
}
