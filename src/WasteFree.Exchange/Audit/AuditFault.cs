namespace WasteFree.Exchange.Audit;

/// <summary>What can be wrong with an audit log.</summary>
public enum AuditFaultKind
{
    /// <summary>A position has no entry.</summary>
    PositionMissing = 1,

    /// <summary>An entry is not later than the one before it.</summary>
    InstantOrder = 2,

    /// <summary>An entry does not name the hash of the one before it.</summary>
    ChainBroken = 3,

    /// <summary>The hash of an entry is not that of what is stored.</summary>
    EntryChanged = 4,

    /// <summary>The head is missing, or is not the last entry.</summary>
    HeadMismatch = 5,

    /// <summary>The head is not signed, or not by the hub's key.</summary>
    SignatureInvalid = 6,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Kind">What.</param>
/// <param name="Position">The entry that it concerns.</param>
/// <param name="MessageZh">What is wrong, in Chinese.</param>
/// <param name="MessageEn">What is wrong, in English.</param>
public sealed record AuditFault(AuditFaultKind Kind, long Position, string MessageZh, string MessageEn);
