using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

public abstract partial class SqlStore
{
    public Task<UploadCursor?> OpenUploadAsync(OpenUpload request, CancellationToken cancellationToken) =>
        WriteAsync<UploadCursor?>(
            1,
            async session => request.ValidateOnly
                ? await StartAttemptAsync(session, request, report: null, epoch: 1).ConfigureAwait(false)
                : await OpenAsync(session, request).ConfigureAwait(false),
            cancellationToken);

    public Task<UploadCursor?> FindUploadAsync(ReportName report, CancellationToken cancellationToken) =>
        ReadAsync(
            async session => (await session.FindAsync(SelectCursor, new { organization = report.Organization, name = report.Id }).ConfigureAwait(false))?.ToCursor(),
            cancellationToken);

    public Task<AppendResult> AppendAsync(UploadChunk chunk, CancellationToken cancellationToken) =>
        WriteInOrderAsync(new ChunkOperation(chunk, AppendAsync), cancellationToken);

    public Task DropAsync(long changeset, CancellationToken cancellationToken) =>
        WriteAsync(1, session => session.CountAsync(DropCheck, new { changeset }), cancellationToken);

    private static async Task<UploadCursor?> OpenAsync(WriteSession session, OpenUpload request)
    {
        var name = new { organization = request.Report.Organization, name = request.Report.Id };
        await session.LockReportAsync(request.Report).ConfigureAwait(false);
        var cursor = await session.FindAsync(SelectCursor, name).ConfigureAwait(false);
        if (cursor is null)
        {
            var report = await session.SingleAsync(session.Sql.Attempts.InsertReport, new { name.organization, name.name, now = session.Now }).ConfigureAwait(false);
            return await StartAttemptOfAsync(session, request, report, epoch: 1).ConfigureAwait(false);
        }

        if (EarlierWriters.Has(cursor.EarlierWriters, request.Writer)) return null;
        var isOwn = request.Writer.Length > 0 && request.Writer == cursor.Writer;
        switch ((ReportState)cursor.State)
        {
            case ReportState.Committed or ReportState.Withdrawn:
                return cursor.ToCursor();
            // A writer that comes back asks again for all that it asked at first: its own rows are not to be dropped.
            case ReportState.Open when !request.Restart || isOwn:
                await OvertakeAsync(session, cursor, request.Writer).ConfigureAwait(false);
                await session.ExecuteAsync(
                    TakeOver,
                    new { changeset = cursor.Changeset, policy = (long)request.RowPolicy, writer = request.Writer, now = session.Now }).ConfigureAwait(false);
                // Read again: a chunk of the writer before may have been on its way until just now.
                return (await session.FindAsync(SelectCursor, name).ConfigureAwait(false))!.ToCursor();
            default:
                // A refused or restarted attempt starts anew; its rows and findings are swept away later.
                await OvertakeAsync(session, cursor, request.Writer).ConfigureAwait(false);
                await session.ExecuteAsync(DropChangeset, new { changeset = cursor.Changeset }).ConfigureAwait(false);
                return await StartAttemptOfAsync(session, request, cursor.Report, cursor.Epoch + 1).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps in mind that a writer may not come back.</summary>
    private static async Task OvertakeAsync(WriteSession session, CursorRow cursor, string by)
    {
        if (cursor.Writer.Length == 0 || cursor.Writer == by) return;
        await session.ExecuteAsync(SetEarlierWriters, new { writers = EarlierWriters.With(cursor.EarlierWriters, cursor.Writer), report = cursor.Report }).ConfigureAwait(false);
    }

    private static async Task<UploadCursor> StartAttemptOfAsync(WriteSession session, OpenUpload request, long report, long epoch)
    {
        var attempt = await StartAttemptAsync(session, request, report, epoch).ConfigureAwait(false);
        await session.ExecuteAsync(SetAttempt, new { report, changeset = attempt.Changeset }).ConfigureAwait(false);
        return attempt;
    }

    private static async Task<UploadCursor> StartAttemptAsync(WriteSession session, OpenUpload request, long? report, long epoch)
    {
        var empty = Sha256State.StateOf([]);
        var changeset = await session.InsertChangesetAsync(
            new
            {
                kind = (long)LedgerEntryKind.ReportCommitted,
                report,
                state = 1L,
                epoch,
                writer = request.Writer,
                rows = 0L,
                digestState = empty,
                storedState = empty,
                policy = (long)request.RowPolicy,
                catalogVersion = request.CatalogVersion,
                now = session.Now,
            }).ConfigureAwait(false);
        return new UploadCursor
        {
            Changeset = changeset,
            Epoch = epoch,
            NextOffset = 0,
            DigestState = empty,
            StoredState = empty,
            State = ReportState.Open,
            CatalogVersion = request.CatalogVersion,
            RowPolicy = request.RowPolicy,
            Rejected = 0,
        };
    }

    private static async Task<AppendResult> AppendAsync(WriteSession session, UploadChunk chunk)
    {
        Failpoint.Reached(Failpoint.BeforeInsert);
        // The guard comes first: a fenced writer changes nothing, and no row is inserted twice.
        var moved = await session.CountAsync(
            MoveCursor,
            new
            {
                chunk.Changeset,
                chunk.Epoch,
                chunk.Offset,
                next = chunk.Offset + chunk.RowCount,
                chunk.DigestState,
                chunk.StoredState,
                chunk.Rejected,
                findings = chunk.Findings.Count,
                now = session.Now,
            }).ConfigureAwait(false);
        if (moved == 0) return AppendResult.Fenced;

        await session.InsertRowsAsync(chunk).ConfigureAwait(false);
        await TakeFindingsAsync(session, chunk).ConfigureAwait(false);
        Failpoint.Reached(Failpoint.AfterInsert);
        return AppendResult.Appended;
    }

    /// <summary>Those of a check are told at once, and never listed.</summary>
    private static async Task TakeFindingsAsync(WriteSession session, UploadChunk chunk)
    {
        if (chunk.Findings.Count == 0) return;
        var attempt = await session.SingleAsync(SelectFindings, new { changeset = chunk.Changeset }).ConfigureAwait(false);
        var before = attempt.Findings - chunk.Findings.Count;
        var taker = new FindingTaker(session, chunk.Organization, chunk.Changeset, attempt.IsCheck == 1 ? 0 : FindingTaker.Kept - before);
        await taker.TakeAsync(FindingRow.Of(chunk.Changeset, chunk.Findings)).ConfigureAwait(false);
    }

    private static readonly Query<FindingsRow> SelectFindings = new("""
        SELECT findings AS Findings, CASE WHEN report_id IS NULL THEN 1 ELSE 0 END AS IsCheck FROM changeset WHERE id = @changeset
        """);

    private static readonly Query<CursorRow> SelectCursor = new("""
        SELECT r.id AS Report, r.state AS State, r.earlier_writers AS EarlierWriters, c.id AS Changeset, c.epoch AS Epoch, c.writer AS Writer, c.next_offset AS NextOffset,
            c.digest_state AS DigestState, c.stored_state AS StoredState, c.catalog_version AS CatalogVersion, c.row_policy AS RowPolicy, c.rejected AS Rejected
        FROM report r
        JOIN changeset c ON c.id = r.changeset_id
        WHERE r.organization = @organization AND r.name = @name
        """);

    private static readonly Command SetEarlierWriters = new("UPDATE report SET earlier_writers = @writers WHERE id = @report");

    private static readonly Command SetAttempt = new("UPDATE report SET changeset_id = @changeset, state = 1 WHERE id = @report");

    private static readonly Command TakeOver = new("""
        UPDATE changeset SET epoch = epoch + 1, row_policy = @policy, writer = @writer, touched_at = @now WHERE id = @changeset
        """);

    private static readonly Command DropChangeset = new("UPDATE changeset SET state = 4, epoch = epoch + 1, swept = 0 WHERE id = @changeset");

    /// <summary>An open one only: what was dropped is swept away, and nothing that is visible may ever be.</summary>
    private static readonly Command DropCheck = new("""
        UPDATE changeset SET state = 4, epoch = epoch + 1 WHERE id = @changeset AND kind = 1 AND report_id IS NULL AND state = 1
        """);

    private static readonly Command MoveCursor = new("""
        UPDATE changeset
        SET next_offset = @next, digest_state = @DigestState, stored_state = @StoredState, rejected = rejected + @Rejected,
            findings = findings + @findings, touched_at = @now
        WHERE id = @Changeset AND epoch = @Epoch AND next_offset = @Offset AND state = 1
        """);

    /// <summary>How many findings an attempt has so far.</summary>
    private sealed class FindingsRow
    {
        public long Findings { get; init; }

        /// <summary>1: it has no name, and is dropped at its end.</summary>
        public long IsCheck { get; init; }
    }

    /// <summary>A report and its last attempt.</summary>
    private sealed class CursorRow
    {
        public long Report { get; init; }
        public long State { get; init; }
        public long Changeset { get; init; }
        public long Epoch { get; init; }
        public string Writer { get; init; } = "";
        public string EarlierWriters { get; init; } = "";
        public long NextOffset { get; init; }
        public byte[] DigestState { get; init; } = [];
        public byte[] StoredState { get; init; } = [];
        public long CatalogVersion { get; init; }
        public long RowPolicy { get; init; }
        public long Rejected { get; init; }

        public UploadCursor ToCursor() => new()
        {
            Changeset = Changeset,
            Epoch = Epoch,
            NextOffset = NextOffset,
            DigestState = DigestState,
            StoredState = StoredState,
            State = (ReportState)State,
            CatalogVersion = CatalogVersion,
            RowPolicy = (RowPolicy)RowPolicy,
            Rejected = Rejected,
        };
    }
}
