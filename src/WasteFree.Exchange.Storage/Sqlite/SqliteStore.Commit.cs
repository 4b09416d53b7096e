using Dapper;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Validation;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.Sqlite;

public sealed partial class SqliteStore
{
    /// <summary>Findings that an answer carries; all are listable.</summary>
    private const int AnswerFindings = 20;

    /// <summary>Findings that the answer to a check carries, which stores none.</summary>
    private const int CheckFindings = 5_000;

    public Task<CommitOutcome> CommitAsync(CommitUpload request, CancellationToken cancellationToken) =>
        _writer.WriteAsync(1, transaction => Commit(transaction, request), cancellationToken);

    private static CommitOutcome Commit(WriteTransaction transaction, CommitUpload request)
    {
        var attempt = transaction.Connection.QuerySingleOrDefault<AttemptRow>(
            request.ValidateOnly ? SelectCheck : SelectAttempt,
            new { organization = request.Report.Organization, name = request.Report.Id, changeset = request.Changeset });
        if (attempt is null) return new CommitOutcome.Fenced();

        var same = attempt.NextOffset == request.RowCount && attempt.Digest.AsSpan().SequenceEqual(request.Digest);
        if (attempt.IsCommitted)
        {
            if (!same) return new CommitOutcome.ContentConflict();
            var stored = FindReport(transaction.Connection, request.Report)!;
            return new CommitOutcome.Committed(stored.Receipt, stored.Counts, ReadAnswerFindings(transaction, attempt.Changeset));
        }
        if (attempt.State != 1 || attempt.Changeset != request.Changeset || attempt.Epoch != request.Epoch) return new CommitOutcome.Fenced();
        if (!same) return new CommitOutcome.DigestMismatch(attempt.NextOffset);

        var head = transaction.ReadHead();
        var range = new { lo = Keys.FirstRevision(attempt.Changeset), hi = Keys.LastRevision(attempt.Changeset) };
        if (head.CatalogVersion != request.CatalogVersion)
            return new CommitOutcome.CatalogMoved(head.CatalogVersion, ReadUsed(transaction, range));

        var repeated = MarkRepeated(transaction, attempt.Changeset, range);
        var counts = new RowCounts
        {
            Submitted = attempt.NextOffset,
            Rejected = attempt.Rejected + repeated.Rejected,
            Duplicate = repeated.Duplicate,
            Findings = attempt.Findings + repeated.Findings,
        };
        var refused = counts.Rejected > 0 && ((RowPolicy)attempt.RowPolicy == RowPolicy.RejectReport || counts.Rejected == counts.Submitted);
        if (request.ValidateOnly) return EndCheck(transaction, attempt, counts, repeated, refused);
        if (refused) return Reject(transaction, attempt, counts);

        counts = Release(transaction, range, counts);
        transaction.Connection.Execute(
            SetCounts,
            new { counts.Rejected, counts.Created, counts.Revised, counts.Unchanged, counts.Duplicate, counts.Findings, changeset = attempt.Changeset });
        transaction.Connection.Execute(SetReportState, new { state = (long)ReportState.Committed, report = attempt.Report });
        transaction.AppendLedger(LedgerEntryKind.ReportCommitted, attempt.Changeset, request.Report.ToString(), request.Digest, counts);
        var receipt = FindReport(transaction.Connection, request.Report)!.Receipt;
        return new CommitOutcome.Committed(receipt, counts, ReadAnswerFindings(transaction, attempt.Changeset));
    }

    private static RowCounts Release(WriteTransaction transaction, object range, RowCounts counts)
    {
        var connection = transaction.Connection;
        var unchanged = connection.Execute(ReleaseSql.MarkUnchanged, range);
        if (unchanged > 0) connection.Execute(ReleaseSql.Affirm, range);
        var revised = connection.Execute(ReleaseSql.Supersede, range);
        Failpoint.Reached(Failpoint.MidRelease);
        var set = connection.Execute(ReleaseSql.SetCurrent, range);
        return counts with { Unchanged = unchanged, Revised = revised, Created = set - revised };
    }

    private static CommitOutcome.Rejected Reject(WriteTransaction transaction, AttemptRow attempt, RowCounts counts)
    {
        transaction.Connection.Execute(
            SetCounts,
            new { counts.Rejected, counts.Created, counts.Revised, counts.Unchanged, counts.Duplicate, counts.Findings, changeset = attempt.Changeset });
        transaction.Connection.Execute("UPDATE changeset SET state = 3 WHERE id = @Changeset", new { attempt.Changeset });
        transaction.Connection.Execute(SetReportState, new { state = (long)ReportState.Rejected, report = attempt.Report });
        return new CommitOutcome.Rejected(counts, ReadAnswerFindings(transaction, attempt.Changeset));
    }

    private static CommitOutcome EndCheck(
        WriteTransaction transaction, AttemptRow attempt, RowCounts counts, RepeatedCounts repeated, bool refused)
    {
        IReadOnlyList<Finding> findings = repeated.Findings == 0
            ? []
            : [.. FindingRows.Read(transaction.Connection, attempt.Changeset, -1, int.MaxValue)
                .Where(row => FindingRows.CameAtCommit(row.Sequence)).Take(CheckFindings).Select(row => row.Finding)];
        transaction.Connection.Execute(DropChangeset, new { changeset = attempt.Changeset });
        return refused ? new CommitOutcome.Rejected(counts, findings) : new CommitOutcome.Committed(Receipt: null, counts, findings);
    }

    private static RepeatedCounts MarkRepeated(WriteTransaction transaction, long changeset, object range)
    {
        var connection = transaction.Connection;
        connection.Execute(ReleaseSql.CreateRepeated);
        if (connection.Execute(ReleaseSql.FindRepeated, range) == 0) return default;

        var findings = 0L;
        foreach (var row in connection.Query<RepeatedRow>(ReleaseSql.SelectRepeated, buffered: false))
        {
            if (row.Equal == 1)
            {
                FindingRows.InsertAtCommit(connection, changeset, RepeatedRows.Equal(row.ToRepeated()));
                findings++;
                continue;
            }
            FindingRows.InsertAtCommit(connection, changeset, RepeatedRows.Contradictory(row.ToRepeated()));
            findings++;
            if (row.ContradictsFirst == 0) continue;
            FindingRows.InsertAtCommit(connection, changeset, RepeatedRows.Contradictory(row.ToRepeated().Reverse()));
            findings++;
        }
        var rejected = connection.ExecuteScalar<long>(ReleaseSql.CountContradictory);
        var marked = connection.Execute(ReleaseSql.MarkRepeated);
        return new RepeatedCounts(rejected, marked - rejected, findings);
    }

    private static List<UsedDefinition> ReadUsed(WriteTransaction transaction, object range) =>
        [.. transaction.Connection.Query<(string Indicator, string Version, long Period)>(ReleaseSql.SelectUsed, range)
            .Select(row => new UsedDefinition(row.Indicator, row.Version, Period.FromNumber(row.Period)))];

    private static Finding[] ReadAnswerFindings(WriteTransaction transaction, long changeset) =>
        [.. FindingRows.Read(transaction.Connection, changeset, -1, AnswerFindings).Select(row => row.Finding)];

    private const string AttemptColumns = """
        c.id AS Changeset, c.state AS State, c.epoch AS Epoch, c.next_offset AS NextOffset, c.digest AS Digest,
        c.row_policy AS RowPolicy, c.rejected AS Rejected, c.findings AS Findings
        """;

    private const string SelectAttempt = $"""
        SELECT r.id AS Report, r.state IN (2, 4) AS IsCommitted, {AttemptColumns}
        FROM report r
        JOIN changeset c ON c.id = r.changeset_id
        WHERE r.organization = @organization AND r.name = @name
        """;

    private const string SelectCheck = $"""
        SELECT 0 AS Report, 0 AS IsCommitted, {AttemptColumns} FROM changeset c
        WHERE c.id = @changeset AND c.kind = 1 AND c.report_id IS NULL
        """;

    private const string SetCounts = """
        UPDATE changeset
        SET rejected = @Rejected, created = @Created, revised = @Revised, unchanged = @Unchanged, duplicate = @Duplicate, findings = @Findings
        WHERE id = @changeset
        """;

    private const string SetReportState = "UPDATE report SET state = @state WHERE id = @report";

    private readonly record struct RepeatedCounts(long Rejected, long Duplicate, long Findings);

    /// <summary>The attempt that a commit ends.</summary>
    private sealed class AttemptRow
    {
        public long Report { get; init; }
        public bool IsCommitted { get; init; }
        public long Changeset { get; init; }
        public long State { get; init; }
        public long Epoch { get; init; }
        public long NextOffset { get; init; }
        public byte[] Digest { get; init; } = [];
        public long RowPolicy { get; init; }
        public long Rejected { get; init; }
        public long Findings { get; init; }
    }

    /// <summary>A row whose key an earlier row of the upload has.</summary>
    private sealed class RepeatedRow
    {
        public long Id { get; init; }
        public long OtherId { get; init; }

        /// <summary>All rows of the key say the same.</summary>
        public long Equal { get; init; }

        /// <summary>It is the first row to contradict the first row of the key, which is told of it.</summary>
        public long ContradictsFirst { get; init; }

        public long Key { get; init; }
        public long? Mantissa { get; init; }
        public long? Scale { get; init; }
        public long? OtherMantissa { get; init; }
        public long? OtherScale { get; init; }
        public string Indicator { get; init; } = "";
        public string Region { get; init; } = "";
        public long Scope { get; init; }
        public string Category { get; init; } = "";
        public string Organization { get; init; } = "";

        public RepeatedRows.Pair ToRepeated() => new(
            Keys.Offset(Id),
            Keys.Offset(OtherId),
            Number(Mantissa, Scale),
            Number(OtherMantissa, OtherScale),
            string.Join('|', Organization, Indicator, Region, ((Scope)Scope).Code(), Category, Keys.Period(Key)));

        private static ExactDecimal? Number(long? mantissa, long? scale) =>
            mantissa is { } m ? new ExactDecimal(m, (byte)scale!.Value) : null;
    }
}
