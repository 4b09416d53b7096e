using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

public abstract partial class SqlStore
{
    /// <summary>Whose findings are dropped in one transaction, so that it never holds others up for long.</summary>
    private const int ExpiredAttempts = 10;

    public Task<AbortOutcome> AbortAsync(ReportName report, AuditCall by, CancellationToken cancellationToken) =>
        WriteAsync(1, session => AbortAsync(session, report, by), cancellationToken);

    public Task<int> ExpireAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        WriteAsync(
            1,
            async session =>
            {
                // The attempts first: each is locked then, and no chunk can touch it before its report is given up.
                var dropped = await session.CountAsync(DropExpired, new { before = before.ToMicroseconds() }).ConfigureAwait(false);
                if (dropped == 0) return 0;
                await session.ExecuteAsync(AbortDropped).ConfigureAwait(false);
                await session.AppendAuditAsync(AuditEntry.Of(AuditCall.OfHub("ExpireUploads"), $"{dropped} uploads")).ConfigureAwait(false);
                return dropped;
            },
            cancellationToken);

    public Task<int> ExpireFindingsAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        WriteAsync(
            1,
            async session =>
            {
                // The clock is looked at, as for every change: one that is ahead would drop what is not yet due.
                var due = Math.Min(before.ToMicroseconds(), session.Now);
                var expired = await session.ListAsync(session.Sql.Findings.SelectExpired, new { before = due, limit = ExpiredAttempts }).ConfigureAwait(false);
                foreach (var changeset in expired) await session.DropFindingsAsync(changeset).ConfigureAwait(false);
                return expired.Count;
            },
            cancellationToken);

    private static async Task<AbortOutcome> AbortAsync(WriteSession session, ReportName report, AuditCall by)
    {
        await session.LockReportAsync(report).ConfigureAwait(false);
        var cursor = await session.FindAsync(SelectCursor, new { organization = report.Organization, name = report.Id }).ConfigureAwait(false);
        if (cursor is null) return new AbortOutcome.Unknown();
        if ((ReportState)cursor.State is not (ReportState.Open or ReportState.Aborted))
            return new AbortOutcome.WrongState((ReportState)cursor.State);
        // It has no writer any more: whoever wrote it must not begin anew by itself.
        await OvertakeAsync(session, cursor, by: "").ConfigureAwait(false);
        await session.ExecuteAsync(DropChangeset, new { changeset = cursor.Changeset }).ConfigureAwait(false);
        await session.ExecuteAsync(SetReportState, new { state = (long)ReportState.Aborted, report = cursor.Report }).ConfigureAwait(false);
        if ((ReportState)cursor.State == ReportState.Open) await session.AppendAuditAsync(AuditEntry.Of(by, report.ToString())).ConfigureAwait(false);
        return new AbortOutcome.Aborted((await FindReportAsync(session, report).ConfigureAwait(false))!);
    }

    private static readonly Command DropExpired = new("""
        UPDATE changeset SET state = 4, epoch = epoch + 1, swept = 0 WHERE state = 1 AND touched_at < @before
        """);

    private static readonly Command AbortDropped = new("""
        UPDATE report SET state = 5 WHERE state = 1 AND changeset_id IN (SELECT id FROM changeset WHERE state = 4)
        """);
}
