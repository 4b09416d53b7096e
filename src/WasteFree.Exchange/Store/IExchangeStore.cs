using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Validation;
using WasteFree.Exchange.Values;
using WasteFree.Exchange.Verification;

namespace WasteFree.Exchange.Store;

/// <summary>
/// The one truth. Every member is atomic and durable when its task completes; expected outcomes are return values;
/// an unreachable or busy database throws <see cref="StoreUnavailableException"/>. Several processes may share it. A change
/// and its entry in the audit log are one transaction: there is neither without the other. Whatever reads rows takes a
/// <see cref="Visibility"/>: a row outside it is as if it had never been sent.
/// </summary>
public interface IExchangeStore : IAsyncDisposable
{
    /// <summary>Brings the schema up to date under a lock. Call once before anything else.</summary>
    Task MigrateAsync(CancellationToken cancellationToken);

    Task<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken);

    /// <summary>Names the ledger for good: random, made with the store, and part of every entry.</summary>
    Task<string> ReadLedgerIdAsync(CancellationToken cancellationToken);

    /// <summary>The instant of a position and the catalogue version there; null: no such position.</summary>
    Task<LedgerHead?> FindPositionAsync(long position, CancellationToken cancellationToken);

    /// <summary>The last position committed at or before <paramref name="time"/>; null: the ledger begins later.</summary>
    Task<LedgerHead?> FindPositionAsync(DateTimeOffset time, CancellationToken cancellationToken);

    /// <summary>The catalogue rows visible at <paramref name="position"/>, the latest content of each key.</summary>
    Task<IReadOnlyList<CatalogRow>> ReadCatalogAsync(long position, CancellationToken cancellationToken);

    /// <summary>
    /// Appends rows as one ledger entry, if the catalogue still is at <paramref name="expectedVersion"/>; answers the
    /// new version, or null when another load came between.
    /// </summary>
    Task<long?> AppendCatalogAsync(IReadOnlyList<CatalogRow> rows, long expectedVersion, AuditCall by, CancellationToken cancellationToken);

    /// <summary>
    /// Starts, resumes or takes over an upload; every call raises the epoch and fences the writer before. Null: another writer
    /// has opened the report since this one did.
    /// </summary>
    Task<UploadCursor?> OpenUploadAsync(OpenUpload request, CancellationToken cancellationToken);

    /// <summary>Where an upload stands, without touching it; null: there is no such report.</summary>
    Task<UploadCursor?> FindUploadAsync(ReportName report, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a chunk durable: its rows, findings and the cursor move in one transaction, guarded by epoch and offset.
    /// </summary>
    Task<AppendResult> AppendAsync(UploadChunk chunk, CancellationToken cancellationToken);

    /// <summary>
    /// Ends an upload. Duplicate keys are found, current values merged, the ledger moved and the receipt kept in one
    /// transaction. Repeating it with the same content gives the stored answer, and a receipt says so.
    /// </summary>
    Task<CommitOutcome> CommitAsync(CommitUpload request, CancellationToken cancellationToken);

    /// <summary>Drops an upload that was opened with <see cref="OpenUpload.ValidateOnly"/>.</summary>
    Task DropAsync(long changeset, CancellationToken cancellationToken);

    /// <summary>Gives up an unfinished upload; repeating it gives the same answer.</summary>
    Task<AbortOutcome> AbortAsync(ReportName report, AuditCall by, CancellationToken cancellationToken);

    /// <summary>Gives up every upload that was last opened or fed before <paramref name="before"/>; answers how many.</summary>
    Task<int> ExpireAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>
    /// Drops the findings of attempts that were refused and last opened or fed before <paramref name="before"/>, some of them;
    /// their counts stay. Answers of how many attempts: 0 at the end.
    /// </summary>
    Task<int> ExpireFindingsAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Bytes that the database uses for what is stored; what was deleted in it is free to be used again.</summary>
    Task<long> MeasureAsync(CancellationToken cancellationToken);

    /// <summary>Withdraws a committed report; repeating it gives the same answer.</summary>
    Task<WithdrawOutcome> WithdrawAsync(ReportName report, string reason, AuditCall by, CancellationToken cancellationToken);

    /// <summary>
    /// Withholds the values of a committed report from all but its organisation, at every position, before this one too. The
    /// rows stay as they are stored. What is still visible of it is withdrawn in the same transaction; repeating it gives the
    /// same answer. A row of it that a later report repeated stays visible, withheld, until a report sends the key anew.
    /// </summary>
    Task<RetractOutcome> RetractAsync(ReportName report, string reason, AuditCall by, CancellationToken cancellationToken);

    Task<ReportRecord?> FindReportAsync(ReportName report, CancellationToken cancellationToken);

    /// <summary>
    /// Rows that an organisation has sent and that are kept: those of committed reports, withdrawn ones too, and of unfinished
    /// uploads; rows that were refused by themselves are not.
    /// </summary>
    Task<long> CountStoredRowsAsync(string organization, CancellationToken cancellationToken);

    /// <summary>Reports of an organisation, newest first, those before <paramref name="beforeSequence"/> only.</summary>
    Task<IReadOnlyList<ReportRecord>> ListReportsAsync(string organization, long beforeSequence, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The findings that are kept of a report's last attempt in row order, those after <paramref name="afterSequence"/> only, and
    /// how many there were of each rule. Of an attempt the first 1,000 that come are kept, of an organisation 20,000, those of its
    /// newest attempts.
    /// </summary>
    Task<FindingPage> ListFindingsAsync(ReportName report, long afterSequence, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Visible observations at <paramref name="position"/> in key order, those with a key above
    /// <paramref name="afterKey"/> only, at most <paramref name="limit"/>. Holds nothing open between pages.
    /// </summary>
    Task<ObservationPage> ReadObservationsAsync(
        ObservationFilter filter, Visibility visibility, long position, long afterKey, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// All confidential observations of the indicators that are visible at <paramref name="position"/>, whoever may read
    /// them, and the retracted ones: for what must not be told beside them. Of periods whose last day is in one of the years. Costs what is
    /// confidential in these years, never the whole store; memory is bounded.
    /// </summary>
    Task<ConfidentialRows> ReadConfidentialAsync(
        IReadOnlyCollection<string> indicators, int firstYear, int lastYear, long position, CancellationToken cancellationToken);

    /// <summary>
    /// The histories of a key up to <paramref name="position"/>, entries after the cursor <paramref name="after"/> only
    /// (0: from the first), at most <paramref name="limit"/>: every value that was set and every withdrawal. A row that
    /// repeats the current value makes no entry. Holds nothing open between pages.
    /// </summary>
    Task<HistoryPage> ReadHistoryAsync(
        HistoryQuery query, Visibility visibility, long position, long after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Keys within <paramref name="filter"/> that a reading at <paramref name="since"/> (0: before the ledger) and one at
    /// <paramref name="position"/>, not before it, show differently, in key order, those above
    /// <paramref name="afterKey"/> only, at most <paramref name="limit"/>. A key that was replaced and has the same content
    /// again, field by field, does not differ; nor does one that came and went in between. A page costs the changes between
    /// the two positions, never the whole store; memory is bounded, and nothing is held open between pages.
    /// </summary>
    Task<DifferencePage> ReadDifferencesAsync(
        ObservationFilter filter, Visibility visibility, long since, long position, long afterKey, int limit, CancellationToken cancellationToken);

    /// <summary>Which keys signed entries after <paramref name="afterPosition"/>, in no order.</summary>
    Task<IReadOnlyList<LedgerKeyUse>> ListLedgerKeysAsync(long afterPosition, CancellationToken cancellationToken);

    /// <summary>Ledger entries after <paramref name="afterPosition"/> in order, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<LedgerRecord>> ReadLedgerAsync(long afterPosition, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// What <paramref name="entry"/> set, removed or retracted within <paramref name="filter"/>, in row order, after
    /// <paramref name="after"/> only (-1: from the first), at most <paramref name="limit"/>.
    /// </summary>
    Task<ChangePage> ReadChangesAsync(
        LedgerRecord entry, ObservationFilter filter, Visibility visibility, long after, int limit, CancellationToken cancellationToken);

    /// <summary>A random key of 32 bytes, made on first use, the same for every hub on this store.</summary>
    Task<byte[]> ReadKeyAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Checks what rests on the ledger; <see cref="LedgerChain"/> checks the ledger itself. The head is the last entry;
    /// entries, released changesets and reports belong to each other; each entry has as many rows as it counts, and the
    /// content that its digest says where that is stored; <c>current</c> is what the revisions end with in ledger order,
    /// <c>superseded</c> is all the others, each followed by the one that replaced it; no row of an unreleased changeset
    /// is visible. Every fault is given, none repeated, and the check goes on after it. It reads pages, each one state of
    /// the database, in constant memory, and holds nothing between them: the writer goes on. The rows of each entry are
    /// digested anew as they are stored, with what their numbers stand for, and compared with what the entry's hash covers.
    /// </summary>
    IAsyncEnumerable<VerifyStep> VerifyAsync(CancellationToken cancellationToken);

    /// <summary>Appends to the audit log, in order, all or nothing; for what is not a change of the store.</summary>
    Task AppendAuditAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken);

    /// <summary>Audit entries after <paramref name="afterPosition"/> in order, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<AuditRecord>> ReadAuditAsync(long afterPosition, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Audit entries of <paramref name="filter"/>, newest first, those before <paramref name="beforePosition"/> only, at most
    /// <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<AuditRecord>> ListAuditAsync(AuditFilter filter, long beforePosition, int limit, CancellationToken cancellationToken);

    /// <summary>The end of the audit log; null: somebody has removed it.</summary>
    Task<AuditHead?> ReadAuditHeadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Ends when one of the loops does that the store works with, which is before it is disposed of only by a fault: from then
    /// on nothing is written, and whoever runs the store has to end, too.
    /// </summary>
    Task Working { get; }

    /// <summary>
    /// Whether the database gave out something that it cannot have stored. From then on nothing is written, until
    /// <see cref="CheckPagesAsync"/> has found nothing.
    /// </summary>
    bool IsDamaged { get; }

    /// <summary>
    /// Has the database look through its own pages; answers what it finds, in its words, at most 100 lines: nothing where
    /// they are whole. Null: this database looks through its pages only when its administrator has it do so. Takes as long as
    /// reading the whole file, and holds up nobody who writes.
    /// </summary>
    Task<IReadOnlyList<string>?> CheckPagesAsync(CancellationToken cancellationToken);

    /// <summary>The clock that its entries take their instants from.</summary>
    StoreClock Clock { get; }

    /// <summary>
    /// The newest period, by its end, then the longer one, in which <paramref name="filter"/> finds an observation;
    /// null: none.
    /// </summary>
    Task<Period?> FindLatestPeriodAsync(ObservationFilter filter, Visibility visibility, long position, CancellationToken cancellationToken);
}
