using WasteFree.Exchange.Verification;

namespace WasteFree.Exchange.Storage;

/// <summary>The words of the faults that the store finds.</summary>
internal static class VerifyFaults
{
    public static LedgerFault Head(long head, long last) => Fault(
        LedgerFaultKind.HeadMismatch, last, "",
        head < 0 ? "账本头记录缺失。" : $"账本头（位置 {head}）与最后一条记录（位置 {last}）不符。",
        head < 0 ? "The head of the ledger is missing." : $"The head of the ledger (position {head}) is not its last entry (position {last}).");

    public static LedgerFault UnreleasedCatalog(long changeset) => Fault(
        LedgerFaultKind.UnreleasedVisible, 0, "catalog",
        $"目录行属于未发布的变更集 {changeset}。",
        $"Catalogue rows belong to changeset {changeset}, which was never released.");

    public static LedgerFault EntryWithoutChangeset(long position, string subject) => Fault(
        LedgerFaultKind.ChangesetMismatch, position, subject,
        $"账本位置 {position}（{subject}）：与其变更集或报告的状态不符。",
        $"Position {position} ({subject}): its changeset or report is missing or in another state.");

    public static LedgerFault ChangesetWithoutEntry(long changeset, long position) => Fault(
        LedgerFaultKind.ChangesetMismatch, position, "",
        $"已发布的变更集 {changeset} 没有对应的账本记录。",
        $"Changeset {changeset} is released but has no ledger entry.");

    public static LedgerFault ReportState(string report) => Fault(
        LedgerFaultKind.ChangesetMismatch, 0, report,
        $"报告 {report} 的状态与其变更集不符。",
        $"Report {report} is in another state than its changeset.");

    public static LedgerFault Counts(long position, string subject, long set, long removed, long affirmed, long repeated) => Fault(
        LedgerFaultKind.RowCounts, position, subject,
        $"账本位置 {position}（{subject}）：行数与记录不符（新值 {set}，撤销 {removed}，未变 {affirmed}，重复 {repeated}）。",
        $"Position {position} ({subject}): not as many rows as it counts (set {set}, removed {removed}, unchanged {affirmed}, repeated {repeated}).");

    public static LedgerFault Content(long position) => Fault(
        LedgerFaultKind.ContentChanged, position, "",
        $"账本位置 {position}：目录行或撤回、封存理由与摘要不符，内容被改动过。",
        $"Position {position}: the catalogue rows or the reason of the withdrawal or retraction do not have its digest; they were changed.");

    public static LedgerFault Rows(long position, string subject) => Fault(
        LedgerFaultKind.RowsChanged, position, subject,
        $"账本位置 {position}（{subject}）：库中的数据行与入库时的摘要不符，数值、单位、编码或备注被改动过。",
        $"Position {position} ({subject}): its rows are not those that were stored; a value, unit, code or text was changed.");

    public static LedgerFault Orphan(long revision) => Fault(
        LedgerFaultKind.ChangesetMismatch, 0, "",
        $"数据行 {Keys.Changeset(revision)}/{Keys.Offset(revision)} 不属于任何变更集。",
        $"Row {Keys.Changeset(revision)}/{Keys.Offset(revision)} belongs to no changeset.");

    public static LedgerFault Revision(long position, string key) => Fault(
        LedgerFaultKind.CurrentMismatch, position, key,
        $"{key}：位置 {position} 的修订既不是当前值，也不是恰好被取代一次。",
        $"{key}: the revision of position {position} is neither current nor replaced exactly once.");

    public static LedgerFault Current(long position, string key) => Fault(
        LedgerFaultKind.CurrentMismatch, position, key,
        $"{key}：当前值与修订历史不符。",
        $"{key}: the current value is not what its revisions end with.");

    public static LedgerFault Superseded(long position, string key) => Fault(
        LedgerFaultKind.SupersededMismatch, position, key,
        $"{key}：被取代的修订与取代它的修订次序不符。",
        $"{key}: a replaced revision is not followed by the one that replaced it.");

    public static LedgerFault Unreleased(string key) => Fault(
        LedgerFaultKind.UnreleasedVisible, 0, key,
        $"{key}：可见的数据行属于未发布的变更集。",
        $"{key}: a visible row belongs to a changeset that was never released.");

    public static LedgerFault NotWithheld(long position, string key) => Fault(
        LedgerFaultKind.ChangesetMismatch, position, key,
        $"{key}：报告已在位置 {position} 封存，其数值却未标为封存。",
        $"{key}: its report was retracted at position {position}, but the value is not marked as withheld.");

    private static LedgerFault Fault(LedgerFaultKind kind, long position, string subject, string zh, string en) => new()
    {
        Kind = kind,
        Position = position,
        Subject = subject,
        MessageZh = zh,
        MessageEn = en,
    };
}
