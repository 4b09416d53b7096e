using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

/// <summary>A place in the ledger: its head, or an entry of it.</summary>
internal sealed class HeadRow
{
    public static readonly Query<HeadRow> Select = new("""
        SELECT position AS Position, committed_at AS CommittedAt, catalog_version AS CatalogVersion, entry_hash AS EntryHash
        FROM ledger_head WHERE id = 1
        """);

    public long Position { get; init; }
    public long CommittedAt { get; init; }
    public long CatalogVersion { get; init; }
    public byte[] EntryHash { get; init; } = [];

    public LedgerHead ToHead() => new(Position, Instants.FromMicroseconds(CommittedAt), CatalogVersion);
}
