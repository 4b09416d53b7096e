namespace WasteFree.Exchange.Storage;

/// <summary>Where a page ends; the second part is of a key of two columns.</summary>
internal sealed class PageEndRow
{
    public long Upto { get; init; }
    public long UptoBy { get; init; }
    public long Size { get; init; }
}

/// <summary>The head of the ledger and its last entry, which do not agree.</summary>
internal sealed class HeadFaultRow
{
    public long Head { get; init; }
    public long Last { get; init; }
}

/// <summary>An entry that does not agree with its changeset or report.</summary>
internal sealed class EntryFaultRow
{
    public long Position { get; init; }
    public string Subject { get; init; } = "";
}

/// <summary>An entry whose rows are not as many as it counts.</summary>
internal sealed class CountFaultRow
{
    public long Position { get; init; }
    public string Subject { get; init; } = "";
    public long Assigned { get; init; }
    public long Removed { get; init; }
    public long Affirmed { get; init; }
    public long Repeated { get; init; }
}

/// <summary>An entry whose content can be digested anew.</summary>
internal sealed class ContentRow
{
    public long Position { get; init; }
    public long Kind { get; init; }
    public long Changeset { get; init; }
    public byte[] DigestState { get; init; } = [];
    public byte[] StoredState { get; init; } = [];
    public string? Reason { get; init; }
}

/// <summary>A released set of rows and what their digest was.</summary>
internal sealed class StoredChangesetRow
{
    public long Id { get; init; }
    public long Position { get; init; }
    public string Subject { get; init; } = "";
    public byte[] StoredState { get; init; } = [];
}

/// <summary>A released changeset that has no entry.</summary>
internal sealed class ChangesetFaultRow
{
    public long Changeset { get; init; }
    public long Position { get; init; }
}

/// <summary>A row at fault, found by its key.</summary>
internal sealed class KeyFaultRow
{
    public long Id { get; init; }
    public long Key { get; init; }
    public long Position { get; init; }

    /// <summary>1: what it belongs to was never released, or is not there.</summary>
    public long Loose { get; init; }
}
