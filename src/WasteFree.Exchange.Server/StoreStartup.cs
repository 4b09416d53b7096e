using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Server.Catalogs;
using WasteFree.Exchange.Server.Ledger;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Server;

/// <summary>
/// Before the first call: the schema is brought up to date, and an empty store gets the built-in catalogue. What an
/// administrator has loaded since is never overwritten.
/// </summary>
internal sealed partial class StoreStartup(IExchangeStore store, KnownStore known, CatalogDesk desk, TokenSeal tokens, HubOptions options, ILogger<StoreStartup> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.MigrateAsync(cancellationToken).ConfigureAwait(false);
        var taken = await known.CheckAsync(cancellationToken).ConfigureAwait(false);
        if (taken.Count > 0) await store.AppendAuditAsync(taken, cancellationToken).ConfigureAwait(false);
        // A log has an entry, signed by the key of this start: a verification takes an empty one for a fault.
        await store.AppendAuditAsync([AuditEntry.Of(AuditCall.OfHub("Start"), "")], cancellationToken).ConfigureAwait(false);
        var head = await store.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
        if (head.CatalogVersion == 0) await LoadAsync(BuiltInCatalog.Tables, cancellationToken).ConfigureAwait(false);
        // Made now, it is in every copy of the database: a token is then told as rewound, not as somebody else's.
        await tokens.LoadKeyAsync(store, cancellationToken).ConfigureAwait(false);
        if (options.AllowIllustrative) await LoadAsync(BuiltInCatalog.IllustrativeTables, cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task LoadAsync(IReadOnlyList<CatalogTable> tables, CancellationToken cancellationToken)
    {
        var (load, version) = await desk.LoadAsync(tables, validateOnly: false, AuditCall.OfHub("LoadCatalog"), cancellationToken).ConfigureAwait(false);
        if (load.Faults.Count > 0) throw new InvalidOperationException($"The built-in catalogue is at fault: {load.Faults[0]}");
        if (load.Changed.Count > 0) LogLoaded(logger, load.Changed.Count, version);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded {Rows} catalogue rows as version {Version}.")]
    private static partial void LogLoaded(ILogger logger, int rows, long version);
}
