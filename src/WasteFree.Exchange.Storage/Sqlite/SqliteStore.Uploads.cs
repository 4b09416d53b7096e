using Dapper;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Validation;

namespace WasteFree.Exchange.Storage.Sqlite;

public sealed partial class SqliteStore
{
    public Task<UploadCursor?> OpenUploadAsync(OpenUpload request, CancellationToken cancellationToken) =>
        _writer.WriteAsync<UploadCursor?>(1, transaction => request.ValidateOnly ? OpenCheck(transaction, request) : Open(transaction, request), cancellationToken);

    public Task<AppendResult> AppendAsync(UploadChunk chunk, CancellationToken cancellationToken) =>
        _writer.WriteAsync(Math.Max(1, chunk.Rows.Count), transaction => Append(transaction, chunk), cancellationToken);

    public Task DropAsync(long changeset, CancellationToken cancellationToken) =>
        _writer.WriteAsync(1, transaction => transaction.Connection.Execute(DropCheck, new { changeset }), cancellationToken);

    private static UploadCursor OpenCheck(WriteTransaction transaction, OpenUpload request) =>
        StartAttempt(transaction, request, report: null, epoch: 1);

    private static UploadCursor? Open(WriteTransaction transaction, OpenUpload request)
    {
        var connection = transaction.Connection;
        var name = new { organization = request.Report.Organization, name = request.Report.Id };
        var cursor = connection.QuerySingleOrDefault<CursorRow>(SelectCursor, name);
        if (cursor is null)
        {
            var report = connection.ExecuteScalar<long>(
                InsertReport, new { name.organization, name.name, now = transaction.Now });
            var first = StartAttempt(transaction, request, report, epoch: 1);
            connection.Execute(SetAttempt, new { report, changeset = first.Changeset });
            return first;
        }

        if (request.Reconnect && cursor.Writer != request.Writer) return null;
        switch ((ReportState)cursor.State)
        {
            case ReportState.Committed or ReportState.Withdrawn:
                return cursor.ToCursor();
            case ReportState.Open when !request.Restart:
                connection.Execute(TakeOver, new { changeset = cursor.Changeset, policy = (long)request.RowPolicy, writer = request.Writer, now = transaction.Now });
                return cursor.ToCursor() with { Epoch = cursor.Epoch + 1, RowPolicy = request.RowPolicy };
            default:
                // A refused or restarted attempt starts anew; its rows and findings are swept away later.
                connection.Execute(DropChangeset, new { changeset = cursor.Changeset });
                var next = StartAttempt(transaction, request, cursor.Report, cursor.Epoch + 1);
                connection.Execute(SetAttempt, new { report = cursor.Report, changeset = next.Changeset });
                return next;
        }
    }

    private static UploadCursor StartAttempt(WriteTransaction transaction, OpenUpload request, long? report, long epoch)
    {
        var digest = new byte[32];
        var changeset = transaction.Connection.ExecuteScalar<long>(
            InsertChangesetSql,
            new
            {
                kind = (long)LedgerEntryKind.ReportCommitted,
                report,
                state = 1L,
                epoch,
                writer = request.Writer,
                rows = 0L,
                digest,
                policy = (long)request.RowPolicy,
                catalogVersion = request.CatalogVersion,
                now = transaction.Now,
            });
        return new UploadCursor
        {
            Changeset = changeset,
            Epoch = epoch,
            NextOffset = 0,
            Digest = digest,
            State = ReportState.Open,
            CatalogVersion = request.CatalogVersion,
            RowPolicy = request.RowPolicy,
            Rejected = 0,
        };
    }

    private static AppendResult Append(WriteTransaction transaction, UploadChunk chunk)
    {
        Failpoint.Reached(Failpoint.BeforeInsert);
        // The guard comes first: a fenced writer changes nothing, and no row is inserted twice.
        var moved = transaction.Connection.Execute(
            MoveCursor,
            new
            {
                chunk.Changeset,
                chunk.Epoch,
                chunk.Offset,
                next = chunk.Offset + chunk.RowCount,
                chunk.Digest,
                chunk.Rejected,
                findings = chunk.Findings.Count,
                now = transaction.Now,
            });
        if (moved == 0) return AppendResult.Fenced;

        foreach (var (offset, row) in chunk.Rows)
        {
            var codes = new SeriesCodes(row.Indicator, row.Region, (int)row.Scope, row.Category, chunk.Organization);
            var key = Keys.Observation(row.Period, transaction.Dictionaries.Series(codes));
            transaction.Dictionaries.Period(row.Period.Number);
            transaction.Revisions.Insert(Keys.Revision(chunk.Changeset, offset), key, row, transaction.Dictionaries.Unit(row.Unit));
        }
        FindingRows.Insert(transaction.Connection, chunk.Changeset, chunk.Findings);
        Failpoint.Reached(Failpoint.AfterInsert);
        return AppendResult.Appended;
    }

    private const string CursorColumns = """
        r.id AS Report, r.state AS State, c.id AS Changeset, c.epoch AS Epoch, c.writer AS Writer, c.next_offset AS NextOffset, c.digest AS Digest,
        c.catalog_version AS CatalogVersion, c.row_policy AS RowPolicy, c.rejected AS Rejected
        """;

    private const string SelectCursor = $"""
        SELECT {CursorColumns}
        FROM report r
        JOIN changeset c ON c.id = r.changeset_id
        WHERE r.organization = @organization AND r.name = @name
        """;

    private const string InsertReport = """
        INSERT INTO report (organization, name, state, changeset_id, created_at) VALUES (@organization, @name, 1, 0, @now)
        RETURNING id
        """;

    private const string SetAttempt = "UPDATE report SET changeset_id = @changeset, state = 1 WHERE id = @report";

    private const string TakeOver = "UPDATE changeset SET epoch = epoch + 1, row_policy = @policy, writer = @writer, touched_at = @now WHERE id = @changeset";

    private const string DropChangeset = "UPDATE changeset SET state = 4, epoch = epoch + 1, swept = 0 WHERE id = @changeset";

    /// <summary>An open one only: what was dropped is swept away, and nothing that is visible may ever be.</summary>
    private const string DropCheck = """
        UPDATE changeset SET state = 4, epoch = epoch + 1 WHERE id = @changeset AND kind = 1 AND report_id IS NULL AND state = 1
        """;

    private const string MoveCursor = """
        UPDATE changeset
        SET next_offset = @next, digest = @Digest, rejected = rejected + @Rejected, findings = findings + @findings, touched_at = @now
        WHERE id = @Changeset AND epoch = @Epoch AND next_offset = @Offset AND state = 1
        """;

    /// <summary>A report and its last attempt.</summary>
    private sealed class CursorRow
    {
        public long Report { get; init; }
        public long State { get; init; }
        public long Changeset { get; init; }
        public long Epoch { get; init; }
        public string Writer { get; init; } = "";
        public long NextOffset { get; init; }
        public byte[] Digest { get; init; } = [];
        public long CatalogVersion { get; init; }
        public long RowPolicy { get; init; }
        public long Rejected { get; init; }

        public UploadCursor ToCursor() => new()
        {
            Changeset = Changeset,
            Epoch = Epoch,
            NextOffset = NextOffset,
            Digest = Digest,
            State = (ReportState)State,
            CatalogVersion = CatalogVersion,
            RowPolicy = (RowPolicy)RowPolicy,
            Rejected = Rejected,
        };
    }
}
