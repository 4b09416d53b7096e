namespace WasteFree.Exchange.Verification;

/// <summary>What can be wrong with a ledger and what rests on it.</summary>
public enum LedgerFaultKind
{
    /// <summary>A position has no entry.</summary>
    PositionMissing = 1,

    /// <summary>An entry is not later than the one before it.</summary>
    InstantOrder = 2,

    /// <summary>An entry does not name the hash of the one before it.</summary>
    ChainBroken = 3,

    /// <summary>The hash of an entry is not that of what is stored.</summary>
    EntryChanged = 4,

    /// <summary>The signature is not one over the entry by the key that it names.</summary>
    SignatureInvalid = 5,

    /// <summary>An entry is not signed though an earlier one is.</summary>
    SignatureMissing = 6,

    /// <summary>The head is not the last entry.</summary>
    HeadMismatch = 7,

    /// <summary>A released changeset without its entry, an entry without its changeset, or a report in another state.</summary>
    ChangesetMismatch = 8,

    /// <summary>The rows of a catalogue load or the reason of a withdrawal do not have the digest of the entry.</summary>
    ContentChanged = 9,

    /// <summary>There are not as many rows as the entry counts.</summary>
    RowCounts = 10,

    /// <summary>The current value of a key is not what the revisions end with.</summary>
    CurrentMismatch = 11,

    /// <summary>A replaced revision is not followed by the one that replaced it.</summary>
    SupersededMismatch = 12,

    /// <summary>A row is visible whose changeset was never released.</summary>
    UnreleasedVisible = 13,

    /// <summary>The rows of an entry, as they are stored, do not have its digest.</summary>
    RowsChanged = 14,

    /// <summary>The database finds its own pages damaged.</summary>
    DatabaseDamaged = 15,
}

/// <summary>One thing that is wrong.</summary>
public sealed record LedgerFault
{
    public required LedgerFaultKind Kind { get; init; }

    /// <summary>The ledger position that it concerns; 0: none is known.</summary>
    public long Position { get; init; }

    /// <summary>The report, catalogue load or key that it concerns; empty: none is known.</summary>
    public string Subject { get; init; } = "";

    public required string MessageZh { get; init; }

    public required string MessageEn { get; init; }

    /// <param name="said">What the database says of itself.</param>
    public static LedgerFault Damaged(string said) => new()
    {
        Kind = LedgerFaultKind.DatabaseDamaged,
        MessageZh = $"数据库自检发现损坏：{said}",
        MessageEn = $"The database finds itself damaged: {said}.",
    };
}
