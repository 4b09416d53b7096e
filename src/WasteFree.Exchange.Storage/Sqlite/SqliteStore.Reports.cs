using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Sqlite;

public sealed partial class SqliteStore
{
    public Task<ReportRecord?> FindReportAsync(ReportName report, CancellationToken cancellationToken) =>
        ReadAsync(connection => FindReport(connection, report), cancellationToken);

    public Task<IReadOnlyList<ReportRecord>> ListReportsAsync(
        string organization, long beforeSequence, int limit, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<ReportRecord>>(
            connection => [.. connection
                .Query<ReportRow>(SelectReports, new { organization, before = beforeSequence, limit })
                .Select(row => row.ToRecord())],
            cancellationToken);

    public Task<FindingPage> ListFindingsAsync(ReportName report, long afterSequence, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            connection =>
            {
                var attempt = connection.QuerySingleOrDefault<(long Changeset, long Total)>(
                    SelectFindingTotal, new { organization = report.Organization, name = report.Id });
                var rows = FindingRows.Read(connection, attempt.Changeset, afterSequence, limit + 1);
                var page = rows.Take(limit).ToList();
                return new FindingPage([.. page.Select(row => row.Finding)], attempt.Total, rows.Count > limit ? page[^1].Sequence : null);
            },
            cancellationToken);

    private static ReportRecord? FindReport(SqliteConnection connection, ReportName report) =>
        connection.QuerySingleOrDefault<ReportRow>(SelectReport, new { organization = report.Organization, name = report.Id })?.ToRecord();

    private const string ReportColumns = $"""
        SELECT r.id AS Id, r.organization AS Organization, r.name AS Name, r.state AS State, r.withdraw_reason AS WithdrawReason,
            r.created_at AS CreatedAt, c.row_policy AS RowPolicy, c.digest AS Digest,
            c.catalog_version AS CatalogVersion, {CountColumns.Select},
            l.position AS Position, l.committed_at AS CommittedAt, l.previous_hash AS PreviousHash, l.entry_hash AS EntryHash,
            l.algorithm AS Algorithm, l.key_id AS KeyId, l.signature AS Signature,
            w.position AS WithdrawPosition
        FROM report r
        JOIN changeset c ON c.id = r.changeset_id
        LEFT JOIN ledger l ON l.position = c.position
        LEFT JOIN changeset w ON w.id = r.withdraw_changeset_id
        """;

    private const string SelectReport = ReportColumns + """

        WHERE r.organization = @organization AND r.name = @name
        """;

    private const string SelectReports = ReportColumns + """

        WHERE r.organization = @organization AND r.id < @before ORDER BY r.id DESC LIMIT @limit
        """;

    private const string SelectFindingTotal = """
        SELECT c.id, c.findings FROM report r JOIN changeset c ON c.id = r.changeset_id
        WHERE r.organization = @organization AND r.name = @name
        """;

    private sealed class ReportRow : CountColumns
    {
        public long Id { get; init; }
        public string Organization { get; init; } = "";
        public string Name { get; init; } = "";
        public long State { get; init; }
        public string WithdrawReason { get; init; } = "";
        public long CreatedAt { get; init; }
        public long RowPolicy { get; init; }
        public byte[] Digest { get; init; } = [];
        public long CatalogVersion { get; init; }
        public long? Position { get; init; }
        public long? CommittedAt { get; init; }
        public byte[]? PreviousHash { get; init; }
        public byte[]? EntryHash { get; init; }
        public string? Algorithm { get; init; }
        public string? KeyId { get; init; }
        public byte[]? Signature { get; init; }
        public long? WithdrawPosition { get; init; }

        public ReportRecord ToRecord()
        {
            var name = new ReportName(Organization, Name);
            var counts = ToCounts();
            return new ReportRecord
            {
                Name = name,
                State = (ReportState)State,
                RowPolicy = (RowPolicy)RowPolicy,
                DurableOffset = Submitted,
                Counts = counts,
                Receipt = Position is not { } position ? null : new Receipt
                {
                    Report = name,
                    Position = position,
                    CommittedAt = Instants.FromMicroseconds(CommittedAt!.Value),
                    Counts = counts,
                    Digest = Digest,
                    PreviousHash = PreviousHash!,
                    EntryHash = EntryHash!,
                    Signature = LedgerSignatures.Of(Algorithm, KeyId, Signature),
                },
                ReleasePosition = Position ?? 0,
                WithdrawPosition = WithdrawPosition ?? 0,
                WithdrawReason = WithdrawReason,
                CreatedAt = Instants.FromMicroseconds(CreatedAt),
                CatalogVersion = CatalogVersion,
                Sequence = Id,
            };
        }
    }
}
