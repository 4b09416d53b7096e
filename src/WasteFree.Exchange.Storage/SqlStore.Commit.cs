using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Validation;

namespace WasteFree.Exchange.Storage;

public abstract partial class SqlStore
{
    /// <summary>Findings that an answer carries; all that are kept are listable.</summary>
    private const int AnswerFindings = 20;

    /// <summary>Findings that the answer to a check carries, which stores none.</summary>
    private const int CheckFindings = 5_000;

    /// <summary>Repeated rows told of in one step: bounds the memory of a report that repeats itself a million times.</summary>
    private const int ToTellRows = 5_000;

    public async Task<CommitOutcome> CommitAsync(CommitUpload request, CancellationToken cancellationToken)
    {
        var outcome = await WriteAsync(1, session => CommitAsync(session, request), cancellationToken).ConfigureAwait(false);
        if (outcome is not CommitOutcome.Committed { Replay: { } replay, Receipt: { } receipt } committed) return outcome;
        // Apart from the commit: to look at each row of a large report must hold up no writer.
        var superseded = await ReadAsync(session => CountSupersededAsync(session, request.Report, receipt.Position), cancellationToken).ConfigureAwait(false);
        return committed with { Replay = replay with { Superseded = superseded } };
    }

    internal static async Task<CommitOutcome> CommitAsync(WriteSession session, CommitUpload request)
    {
        if (!request.ValidateOnly)
        {
            await session.LockOrganizationAsync(request.Report.Organization).ConfigureAwait(false);
            await session.LockReportAsync(request.Report).ConfigureAwait(false);
        }
        await session.LockAttemptAsync(request.Changeset).ConfigureAwait(false);
        var attempt = request.ValidateOnly
            ? await session.FindAsync(SelectCheck, new { changeset = request.Changeset }).ConfigureAwait(false)
            : await session.FindAsync(SelectAttempt, new { organization = request.Report.Organization, name = request.Report.Id }).ConfigureAwait(false);
        if (attempt is null) return new CommitOutcome.Fenced();

        var same = attempt.NextOffset == request.RowCount && Sha256State.DigestOf(attempt.DigestState).AsSpan().SequenceEqual(request.Digest);
        if (attempt.IsCommitted == 1)
        {
            if (!same) return new CommitOutcome.ContentConflict();
            var stored = await FindReportAsync(session, request.Report).ConfigureAwait(false);
            return new CommitOutcome.Committed(stored!.Receipt, stored.Counts, await ReadAnswerFindingsAsync(session, attempt.Changeset).ConfigureAwait(false))
            {
                Replay = new Replay(stored.State, 0, request.Writer.Length > 0 && request.Writer == attempt.Writer),
                Rules = await ReadRulesAsync(session, attempt.Changeset).ConfigureAwait(false),
            };
        }
        if (attempt.Changeset != request.Changeset || attempt.Epoch != request.Epoch) return new CommitOutcome.Fenced();
        if (!same) return new CommitOutcome.DigestMismatch(attempt.NextOffset);
        // It was refused just so, and the answer was lost.
        if (attempt.State == 3) return await RejectedAsync(session, attempt.Changeset, (await FindReportAsync(session, request.Report).ConfigureAwait(false))!.Counts).ConfigureAwait(false);
        if (attempt.State != 1) return new CommitOutcome.Fenced();

        var head = await session.ReadHeadAsync().ConfigureAwait(false);
        var range = new { lo = Keys.FirstRevision(attempt.Changeset), hi = Keys.LastRevision(attempt.Changeset) };
        if (head.CatalogVersion != request.CatalogVersion)
        {
            var release = session.Sql.ReleaseOf(attempt.NextOffset);
            var used = await session.ListAsync(release.SelectUsed, range).ConfigureAwait(false);
            var places = await session.ListAsync(release.SelectPlaces, range).ConfigureAwait(false);
            return new CommitOutcome.CatalogMoved(
                head.CatalogVersion, [.. used.Select(row => row.ToUsed())], [.. places.Select(row => new UsedPlace(row.Indicator, row.Region))]);
        }

        var sql = session.Sql.ReleaseOf(attempt.NextOffset);
        var taker = new FindingTaker(
            session, request.Report.Organization, attempt.Changeset, request.ValidateOnly ? CheckFindings : FindingTaker.Kept - attempt.Findings);
        var repeated = await MarkRepeatedAsync(session, sql, taker, attempt.Changeset, range).ConfigureAwait(false);
        await WarnOfGivingAwayAsync(session, taker, request).ConfigureAwait(false);
        var counts = new RowCounts
        {
            Submitted = attempt.NextOffset,
            Rejected = attempt.Rejected + repeated.Rejected,
            Duplicate = repeated.Duplicate,
            Findings = attempt.Findings + taker.Taken,
        };
        var refused = counts.Rejected > 0 && ((RowPolicy)attempt.RowPolicy == RowPolicy.RejectReport || counts.Rejected == counts.Submitted);
        if (request.ValidateOnly) return await EndCheckAsync(session, attempt, counts, taker.Taken > 0, refused).ConfigureAwait(false);
        if (refused) return await RejectAsync(session, attempt, counts, request).ConfigureAwait(false);

        counts = await ReleaseAsync(session, sql, range, counts).ConfigureAwait(false);
        await EndAttemptAsync(session, attempt, counts, ReportState.Committed).ConfigureAwait(false);
        // Read before the heads are taken: all others wait for these.
        var findings = await ReadAnswerFindingsAsync(session, attempt.Changeset).ConfigureAwait(false);
        var digests = new ContentDigests(request.Digest, Sha256State.DigestOf(attempt.StoredState));
        var rules = counts.Findings == 0 ? [] : await ReadRulesAsync(session, attempt.Changeset).ConfigureAwait(false);
        var entry = await session.AppendLedgerAsync(
            LedgerEntryKind.ReportCommitted, attempt.Changeset, request.Report.ToString(), digests, counts, request.CatalogVersion).ConfigureAwait(false);
        await session.AppendAuditAsync(AuditEntry.Of(request.By, request.Report.ToString(), rows: counts.Submitted)).ConfigureAwait(false);
        return new CommitOutcome.Committed(entry.ToReceipt(request.Report), counts, findings) { Rules = rules };
    }

    private static async Task<long> CountSupersededAsync(Session session, ReportName report, long position)
    {
        var attempt = (await session.FindAsync(SelectAttempt, new { organization = report.Organization, name = report.Id }).ConfigureAwait(false))!;
        var (lo, hi) = (Keys.FirstRevision(attempt.Changeset), Keys.LastRevision(attempt.Changeset));
        return await session.SingleAsync(session.Sql.Release.CountSuperseded, new { lo, hi, position, limit = Replay.MostCounted }).ConfigureAwait(false);
    }

    private static async Task<RowCounts> ReleaseAsync(WriteSession session, ReleaseSql sql, object range, RowCounts counts)
    {
        var unchanged = await session.CountAsync(sql.MarkUnchanged, range).ConfigureAwait(false);
        if (unchanged > 0) await session.ExecuteAsync(sql.Affirm, range).ConfigureAwait(false);
        var revised = await session.CountAsync(sql.Supersede, range).ConfigureAwait(false);
        Failpoint.Reached(Failpoint.MidRelease);
        var set = await session.CountAsync(sql.SetCurrent, range).ConfigureAwait(false);
        return counts with { Unchanged = unchanged, Revised = revised, Created = set - revised };
    }

    private static async Task<CommitOutcome> RejectAsync(WriteSession session, AttemptRow attempt, RowCounts counts, CommitUpload request)
    {
        await EndAttemptAsync(session, attempt, counts, ReportState.Rejected).ConfigureAwait(false);
        await session.ExecuteAsync(SetRejected, new { changeset = attempt.Changeset }).ConfigureAwait(false);
        await session.AppendAuditAsync(AuditEntry.Of(request.By, request.Report.ToString(), status: AuditEntry.Rejected, rows: counts.Submitted)).ConfigureAwait(false);
        return await RejectedAsync(session, attempt.Changeset, counts).ConfigureAwait(false);
    }

    private static async Task<CommitOutcome> RejectedAsync(Session session, long changeset, RowCounts counts) =>
        new CommitOutcome.Rejected(counts, await ReadAnswerFindingsAsync(session, changeset).ConfigureAwait(false))
        {
            Rules = await ReadRulesAsync(session, changeset).ConfigureAwait(false),
        };

    private static async Task EndAttemptAsync(WriteSession session, AttemptRow attempt, RowCounts counts, ReportState state)
    {
        await session.ExecuteAsync(
            SetCounts,
            new { counts.Rejected, counts.Created, counts.Revised, counts.Unchanged, counts.Duplicate, counts.Findings, changeset = attempt.Changeset })
            .ConfigureAwait(false);
        await session.ExecuteAsync(SetReportState, new { state = (long)state, report = attempt.Report }).ConfigureAwait(false);
    }

    private static async Task<CommitOutcome> EndCheckAsync(
        WriteSession session, AttemptRow attempt, RowCounts counts, bool found, bool refused)
    {
        IReadOnlyList<Finding> findings = !found
            ? []
            : [.. (await ReadFindingsAsync(session, attempt.Changeset, -1, int.MaxValue).ConfigureAwait(false))
                .Where(row => row.CameAtCommit).Take(CheckFindings).Select(row => row.ToFinding())];
        var rules = await ReadRulesAsync(session, attempt.Changeset).ConfigureAwait(false);
        await session.ExecuteAsync(DropChangeset, new { changeset = attempt.Changeset }).ConfigureAwait(false);
        return refused
            ? new CommitOutcome.Rejected(counts, findings) { Rules = rules }
            : new CommitOutcome.Committed(Receipt: null, counts, findings) { Rules = rules };
    }

    private static async Task<RepeatedCounts> MarkRepeatedAsync(WriteSession session, ReleaseSql sql, FindingTaker taker, long changeset, object range)
    {
        if (await session.SingleAsync(sql.CountRepeatedKeys, range).ConfigureAwait(false) == 0) return default;
        await session.ExecuteAsync(sql.CreateRepeated).ConfigureAwait(false);
        await session.ExecuteAsync(sql.FindRepeated, range).ConfigureAwait(false);
        await session.ExecuteAsync(sql.CreateToTell).ConfigureAwait(false);
        await session.ExecuteAsync(sql.FindToTell).ConfigureAwait(false);

        var after = 0L;
        List<RepeatedRow> rows;
        do
        {
            rows = await session.ListAsync(sql.SelectToTell, new { after, limit = ToTellRows }).ConfigureAwait(false);
            await taker.TakeAsync([.. rows.SelectMany(row => row.ToFindings()).Select(finding => FindingRow.AtCommit(changeset, finding))]).ConfigureAwait(false);
            after = rows.Count == 0 ? after : rows[^1].Id;
        }
        while (rows.Count == ToTellRows);
        var rejected = await session.SingleAsync(sql.CountContradictory).ConfigureAwait(false);
        var marked = await session.CountAsync(sql.MarkRepeated).ConfigureAwait(false);
        return new RepeatedCounts(rejected, marked - rejected);
    }

    private static async Task<IReadOnlyList<RuleCount>> ReadRulesAsync(Session session, long changeset) =>
        [.. (await session.ListAsync(FindingSql.SelectCounts, new { changeset }).ConfigureAwait(false)).Select(row => row.ToCount())];

    private static async Task<IReadOnlyList<Finding>> ReadAnswerFindingsAsync(Session session, long changeset) =>
        [.. (await ReadFindingsAsync(session, changeset, -1, AnswerFindings).ConfigureAwait(false)).Select(row => row.ToFinding())];

    private static readonly Query<AttemptRow> SelectAttempt = new("""
        SELECT r.id AS Report, CASE WHEN r.state IN (2, 4) THEN 1 ELSE 0 END AS IsCommitted, c.id AS Changeset, c.state AS State, c.epoch AS Epoch, c.writer AS Writer,
            c.next_offset AS NextOffset, c.digest_state AS DigestState, c.stored_state AS StoredState, c.row_policy AS RowPolicy, c.rejected AS Rejected, c.findings AS Findings
        FROM report r
        JOIN changeset c ON c.id = r.changeset_id
        WHERE r.organization = @organization AND r.name = @name
        """);

    private static readonly Query<AttemptRow> SelectCheck = new("""
        SELECT 0 AS Report, 0 AS IsCommitted, c.id AS Changeset, c.state AS State, c.epoch AS Epoch, c.writer AS Writer,
            c.next_offset AS NextOffset, c.digest_state AS DigestState, c.stored_state AS StoredState, c.row_policy AS RowPolicy, c.rejected AS Rejected, c.findings AS Findings
        FROM changeset c
        WHERE c.id = @changeset AND c.kind = 1 AND c.report_id IS NULL
        """);

    private static readonly Command SetCounts = new("""
        UPDATE changeset
        SET rejected = @Rejected, created = @Created, revised = @Revised, unchanged = @Unchanged, duplicate = @Duplicate, findings = @Findings
        WHERE id = @changeset
        """);

    private static readonly Command SetRejected = new("UPDATE changeset SET state = 3 WHERE id = @changeset");

    private static readonly Command SetReportState = new("UPDATE report SET state = @state WHERE id = @report");

    private readonly record struct RepeatedCounts(long Rejected, long Duplicate);

    /// <summary>The attempt that a commit ends.</summary>
    private sealed class AttemptRow
    {
        public long Report { get; init; }

        /// <summary>1: it is, and perhaps withdrawn since.</summary>
        public long IsCommitted { get; init; }

        public long Changeset { get; init; }
        public long State { get; init; }
        public long Epoch { get; init; }
        public string Writer { get; init; } = "";
        public long NextOffset { get; init; }
        public byte[] DigestState { get; init; } = [];
        public byte[] StoredState { get; init; } = [];
        public long RowPolicy { get; init; }
        public long Rejected { get; init; }
        public long Findings { get; init; }
    }
}
