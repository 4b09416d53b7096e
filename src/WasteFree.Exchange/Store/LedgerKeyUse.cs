namespace WasteFree.Exchange.Store;

/// <summary>What a key has signed of the ledger.</summary>
public sealed record LedgerKeyUse
{
    public required string KeyId { get; init; }
    public required string Algorithm { get; init; }

    /// <summary>First position that it signed; 0: none yet.</summary>
    public required long FirstPosition { get; init; }

    /// <summary>Last position that it signed; 0: none yet.</summary>
    public required long LastPosition { get; init; }
}
