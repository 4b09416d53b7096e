using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

public abstract partial class SqlStore
{
    public Task<RetractOutcome> RetractAsync(ReportName report, string reason, AuditCall by, CancellationToken cancellationToken) =>
        WriteAsync(1, session => RetractAsync(session, report, reason, by), cancellationToken);

    private static async Task<RetractOutcome> RetractAsync(WriteSession session, ReportName name, string reason, AuditCall by)
    {
        await session.LockOrganizationAsync(name.Organization).ConfigureAwait(false);
        await session.LockReportAsync(name).ConfigureAwait(false);
        var report = await session.FindAsync(SelectRetract, new { organization = name.Organization, name = name.Id }).ConfigureAwait(false);
        if (report is null) return new RetractOutcome.Unknown();
        if (report.IsRetracted == 1) return new RetractOutcome.Retracted((await FindReportAsync(session, name).ConfigureAwait(false))!, report.Withheld);
        var state = (ReportState)report.State;
        if (state is not (ReportState.Committed or ReportState.Withdrawn)) return new RetractOutcome.WrongState(state);

        var (digest, stored) = (LedgerEntry.ReasonState(reason), Sha256State.StateOf([]));
        var head = await session.ReadHeadAsync().ConfigureAwait(false);
        var takingBack = state == ReportState.Committed ? await TakeBackAsync(session, report.Id, report.Changeset, reason, head.CatalogVersion).ConfigureAwait(false) : null;
        var changeset = await InsertChangesetAsync(session, LedgerEntryKind.ReportRetracted, report.Id, 0, digest, stored, head.CatalogVersion).ConfigureAwait(false);
        var withheld = await session.CountAsync(
            session.Sql.Release.InsertRetracted, new { lo = Keys.FirstRevision(report.Changeset), hi = Keys.LastRevision(report.Changeset) }).ConfigureAwait(false);
        await session.ExecuteAsync(SetRetracted, new { report.Id, changeset, reason, withheld }).ConfigureAwait(false);
        // Read before the heads are taken: all others wait for these.
        var retracted = (await FindReportAsync(session, name).ConfigureAwait(false))!;
        if (takingBack is not null)
        {
            var withdrawal = await AppendTakingBackAsync(session, name, takingBack).ConfigureAwait(false);
            retracted = retracted with { WithdrawPosition = withdrawal.Position };
        }
        var entry = await session.AppendLedgerAsync(
            LedgerEntryKind.ReportRetracted, changeset, name.ToString(), new ContentDigests(Sha256State.DigestOf(digest), Sha256State.DigestOf(stored)), new RowCounts { Submitted = withheld }, catalogVersion: null).ConfigureAwait(false);
        // Each entry of the ledger has one in the log.
        var retraction = AuditEntry.Of(by, name.ToString(), rows: withheld);
        await session.AppendAuditAsync(takingBack is null ? [retraction] : [retraction with { Rows = takingBack.Tombstones }, retraction]).ConfigureAwait(false);
        return new RetractOutcome.Retracted(retracted with { RetractPosition = entry.Position }, withheld);
    }

    private static readonly Query<RetractRow> SelectRetract = new("""
        SELECT r.id AS Id, r.state AS State, r.changeset_id AS Changeset, CASE WHEN x.id IS NULL THEN 0 ELSE 1 END AS IsRetracted,
            COALESCE(x.next_offset, 0) AS Withheld
        FROM report r
        LEFT JOIN changeset x ON x.id = r.retract_changeset_id
        WHERE r.organization = @organization AND r.name = @name
        """);

    private static readonly Command SetRetracted = new("""
        UPDATE changeset SET next_offset = @withheld WHERE id = @changeset;
        UPDATE report SET retract_changeset_id = @changeset, retract_reason = @reason WHERE id = @Id;
        """);

    private sealed class RetractRow
    {
        public long Id { get; init; }
        public long State { get; init; }
        public long Changeset { get; init; }

        /// <summary>1: it is.</summary>
        public long IsRetracted { get; init; }

        public long Withheld { get; init; }
    }
}
