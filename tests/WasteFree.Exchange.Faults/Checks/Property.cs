namespace WasteFree.Exchange.Faults.Checks;

/// <summary>What the hub promises, as its contract and its clients understand it.</summary>
internal enum Property
{
    /// <summary>What was acknowledged survives every crash.</summary>
    AckedIsDurable,

    /// <summary>No row and no report is stored twice.</summary>
    NothingTwice,

    /// <summary>No reader sees a part of a report.</summary>
    AtomicVisibility,

    /// <summary>A name is committed once; the same content gives the same receipt for ever, other content a conflict.</summary>
    CommitOnce,

    /// <summary>Each change has its entry in the audit log, and the log tells of no other.</summary>
    ChangeIsLogged,

    /// <summary>Acknowledgements of a stream never go back, and never beyond what was sent.</summary>
    MonotonicAck,

    /// <summary>After an Open is answered, no older writer of the report gets anything in.</summary>
    Fencing,

    /// <summary>The hub's word on where to go on is what it stored, and does not move by itself.</summary>
    OffsetStability,

    /// <summary>What is durable was acknowledged before the status that ends the stream.</summary>
    AckedBeforeStatus,

    /// <summary>A commit has one answer before the stream ends with OK, and nothing is said of the upload afterwards.</summary>
    EndsOnce,

    /// <summary>A hub's resident set stays bounded.</summary>
    BoundedMemory,

    /// <summary>Every refusal says its reason.</summary>
    EveryErrorIsTyped,

    /// <summary>A hub told to end says goodbye on its streams and ends in time.</summary>
    DrainClean,

    /// <summary>Changes come in ledger order.</summary>
    Ordered,

    /// <summary>Each change comes once.</summary>
    Unique,

    /// <summary>No change is left out.</summary>
    Complete,

    /// <summary>A change is whole before its token.</summary>
    Atomic,

    /// <summary>A token resumes right after what came with it.</summary>
    Resumable,

    /// <summary>Progress is never ahead of anything undelivered.</summary>
    Bookmarkable,

    /// <summary>Exactly what the filter takes is delivered.</summary>
    FilterExact,

    /// <summary>No watcher is told a row that it may not read.</summary>
    AuthorisedAtDelivery,

    /// <summary>A snapshot and its tail are what a replay ends with.</summary>
    SnapshotJoins,

    /// <summary>Instants of the ledger go forward, and never ahead of the clock by more than a hub allows.</summary>
    InstantsHold,

    /// <summary>Whoever is ahead of a ledger that was put back is told so, and nobody else.</summary>
    RewindIsTold,

    /// <summary>When faults end, everything that was begun is finished.</summary>
    Finishes,
}
