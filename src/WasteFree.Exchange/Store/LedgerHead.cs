namespace WasteFree.Exchange.Store;

/// <summary>The end of the ledger.</summary>
/// <param name="Position">Last position; 0 for an empty ledger.</param>
/// <param name="CommittedAt">Instant of that position.</param>
/// <param name="CatalogVersion">Position of the last catalogue load; 0: none.</param>
public sealed record LedgerHead(long Position, DateTimeOffset CommittedAt, long CatalogVersion);
