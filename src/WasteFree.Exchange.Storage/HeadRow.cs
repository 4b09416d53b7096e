using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

/// <summary>A place in the ledger: its head, or an entry of it.</summary>
internal sealed class HeadRow
{
    /// <summary>Beside whatever else is read: every entry's hash covers it.</summary>
    public const string LedgerIdColumn = "COALESCE((SELECT i.ledger_id FROM ledger_head i WHERE i.id = 1), '') AS LedgerId";

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

/// <summary>The head when it has moved: the new position and instant, what the catalogue and the hash were before.</summary>
internal sealed class MovedHeadRow
{
    public long Position { get; init; }
    public long CommittedAt { get; init; }
    public long CatalogVersion { get; init; }
    public byte[] EntryHash { get; init; } = [];
    public string LedgerId { get; init; } = "";
}
