using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Audit;

/// <summary>A stored entry of the audit log.</summary>
/// <param name="LedgerId">Of the store's ledger.</param>
/// <param name="Position">From 1 on, without gaps.</param>
/// <param name="RecordedAt">Later than that of the entry before.</param>
/// <param name="Entry">What it says.</param>
/// <param name="PreviousHash">Hash of the entry before, 32 bytes; zeros at the first one.</param>
/// <param name="Salt">Told to whoever may read the entry.</param>
/// <param name="Hash">See <see cref="AuditEntry.Hash"/>.</param>
public sealed record AuditRecord(string LedgerId, long Position, DateTimeOffset RecordedAt, AuditEntry Entry, byte[] PreviousHash, byte[] Salt, byte[] Hash);

/// <summary>The end of the audit log.</summary>
/// <param name="Position">Of the last entry; 0: there is none.</param>
/// <param name="Hash">Of that entry, 32 bytes.</param>
/// <param name="Signature">The hub's, over that hash; null: it does not sign.</param>
/// <param name="LastEntry">The highest position that is stored: the same, unless somebody changed one of them.</param>
public sealed record AuditHead(long Position, byte[] Hash, LedgerSignature? Signature, long LastEntry);

/// <summary>Which entries. Null: any.</summary>
public sealed record AuditFilter
{
    /// <summary>At this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The organisation that the caller acted for; empty: none.</summary>
    public string? Organization { get; init; }

    /// <summary>The organisation that acted or that the entry concerns.</summary>
    public string? Concerning { get; init; }

    /// <summary>Only those after this position: how far a page looks.</summary>
    public long After { get; init; }

    /// <summary>The resource, for example a report's name, the whole of it.</summary>
    public string? Resource { get; init; }

    /// <summary>The method, for example <c>ReportService/WithdrawReport</c>.</summary>
    public string? Action { get; init; }
}
