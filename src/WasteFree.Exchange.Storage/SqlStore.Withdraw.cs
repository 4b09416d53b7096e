using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

public abstract partial class SqlStore
{
    public Task<WithdrawOutcome> WithdrawAsync(ReportName report, string reason, AuditCall by, CancellationToken cancellationToken) =>
        WriteAsync(1, session => WithdrawAsync(session, report, reason, by), cancellationToken);

    private static async Task<WithdrawOutcome> WithdrawAsync(WriteSession session, ReportName name, string reason, AuditCall by)
    {
        await session.LockOrganizationAsync(name.Organization).ConfigureAwait(false);
        await session.LockReportAsync(name).ConfigureAwait(false);
        var report = await session.FindAsync(SelectWithdraw, new { organization = name.Organization, name = name.Id }).ConfigureAwait(false);
        switch ((ReportState?)report?.State)
        {
            case null:
                return new WithdrawOutcome.Unknown();
            case ReportState.Withdrawn:
                return new WithdrawOutcome.Withdrawn((await FindReportAsync(session, name).ConfigureAwait(false))!, report!.Tombstones);
            case ReportState.Committed:
                break;
            case var other:
                return new WithdrawOutcome.WrongState(other.Value);
        }

        var head = await session.ReadHeadAsync().ConfigureAwait(false);
        var takingBack = await TakeBackAsync(session, report.Id, report.Changeset, reason, head.CatalogVersion).ConfigureAwait(false);
        // Read before the heads are taken: all others wait for these.
        var withdrawn = (await FindReportAsync(session, name).ConfigureAwait(false))!;
        var entry = await AppendTakingBackAsync(session, name, takingBack).ConfigureAwait(false);
        await session.AppendAuditAsync(AuditEntry.Of(by, name.ToString(), rows: takingBack.Tombstones)).ConfigureAwait(false);
        return new WithdrawOutcome.Withdrawn(withdrawn with { WithdrawPosition = entry.Position }, takingBack.Tombstones);
    }

    /// <summary>Makes the tombstones; the ledger does not have them yet.</summary>
    private static async Task<TakingBack> TakeBackAsync(WriteSession session, long report, long upload, string reason, long catalogVersion)
    {
        var digest = LedgerEntry.ReasonState(reason);
        var changeset = await InsertChangesetAsync(session, LedgerEntryKind.ReportWithdrawn, report, 0, digest, Sha256State.StateOf([]), catalogVersion).ConfigureAwait(false);
        var range = new
        {
            lo = Keys.FirstRevision(upload),
            hi = Keys.LastRevision(upload),
            first = Keys.FirstRevision(changeset),
            last = Keys.LastRevision(changeset),
        };
        var tombstones = await session.CountAsync(session.Sql.Release.InsertTombstones, range).ConfigureAwait(false);
        await session.ExecuteAsync(session.Sql.Release.SupersedeByTombstones, range).ConfigureAwait(false);
        await session.ExecuteAsync(session.Sql.Release.SetTombstones, range).ConfigureAwait(false);
        var stored = await StoredStateAsync(session, changeset).ConfigureAwait(false);
        await session.ExecuteAsync(SetWithdrawn, new { Id = report, changeset, reason, tombstones, stored }).ConfigureAwait(false);
        return new TakingBack(changeset, new ContentDigests(Sha256State.DigestOf(digest), Sha256State.DigestOf(stored)), tombstones);
    }

    private static Task<AppendedEntry> AppendTakingBackAsync(WriteSession session, ReportName name, TakingBack takingBack) =>
        session.AppendLedgerAsync(
            LedgerEntryKind.ReportWithdrawn, takingBack.Changeset, name.ToString(), takingBack.Digests, new RowCounts { Submitted = takingBack.Tombstones },
            catalogVersion: null);

    /// <summary>Tombstones are made by the database: they are read back, before the heads are taken.</summary>
    private static async Task<byte[]> StoredStateAsync(Session session, long changeset)
    {
        var digest = new StoredDigest();
        var after = Keys.FirstRevision(changeset) - 1;
        List<StoredRevisionRow> rows;
        do
        {
            rows = await session.ListAsync(session.Sql.Verify.StoredRows, new { after, upto = Keys.LastRevision(changeset), limit = VerifyRows }).ConfigureAwait(false);
            foreach (var row in rows) digest.Append(row.ToStored());
            if (rows.Count > 0) after = rows[^1].Id;
        }
        while (rows.Count == VerifyRows);
        return digest.State;
    }

    private static readonly Query<WithdrawRow> SelectWithdraw = new("""
        SELECT r.id AS Id, r.state AS State, r.changeset_id AS Changeset, COALESCE(w.next_offset, 0) AS Tombstones
        FROM report r
        LEFT JOIN changeset w ON w.id = r.withdraw_changeset_id
        WHERE r.organization = @organization AND r.name = @name
        """);

    private static readonly Command SetWithdrawn = new("""
        UPDATE changeset SET next_offset = @tombstones, stored_state = @stored WHERE id = @changeset;
        UPDATE report SET state = 4, withdraw_changeset_id = @changeset, withdraw_reason = @reason WHERE id = @Id;
        """);

    private sealed class WithdrawRow
    {
        public long Id { get; init; }
        public long State { get; init; }
        public long Changeset { get; init; }
        public long Tombstones { get; init; }
    }

    /// <summary>A withdrawal that is in the store and not yet in the ledger.</summary>
    private sealed record TakingBack(long Changeset, ContentDigests Digests, long Tombstones);
}
