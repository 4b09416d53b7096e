using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage;

public abstract partial class SqlStore
{
    public Task<ReportRecord?> FindReportAsync(ReportName report, CancellationToken cancellationToken) =>
        ReadAsync(session => FindReportAsync(session, report), cancellationToken);

    public Task<long> CountStoredRowsAsync(string organization, CancellationToken cancellationToken) =>
        ReadAsync(session => session.SingleAsync(CountStoredRows, new { organization }), cancellationToken);

    public Task<IReadOnlyList<ReportRecord>> ListReportsAsync(
        string organization, long beforeSequence, int limit, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<ReportRecord>>(
            async session =>
            {
                var rows = await session.ListAsync(session.Sql.Reports.SelectOfOrganization, new { organization, before = beforeSequence, limit }).ConfigureAwait(false);
                return [.. rows.Select(row => row.ToRecord())];
            },
            cancellationToken);

    public Task<FindingPage> ListFindingsAsync(ReportName report, long afterSequence, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            async session =>
            {
                var attempt = await session.FindAsync(SelectFindingTotal, new { organization = report.Organization, name = report.Id }).ConfigureAwait(false);
                if (attempt is null) return new FindingPage([], 0, null, []);
                var rows = await ReadFindingsAsync(session, attempt.Changeset, afterSequence, limit + 1).ConfigureAwait(false);
                var page = rows.Take(limit).ToList();
                return new FindingPage([.. page.Select(row => row.ToFinding())], attempt.Total, rows.Count > limit ? page[^1].Sequence : null, await ReadRulesAsync(session, attempt.Changeset).ConfigureAwait(false));
            },
            cancellationToken);

    private static async Task<ReportRecord?> FindReportAsync(Session session, ReportName report) =>
        (await session.FindAsync(session.Sql.Reports.Select, new { organization = report.Organization, name = report.Id }).ConfigureAwait(false))?.ToRecord();

    private static Task<List<FindingRow>> ReadFindingsAsync(Session session, long changeset, long after, int limit) =>
        session.ListAsync(session.Sql.Findings.Select, new { changeset, after, limit });

    private static readonly Query<long> CountStoredRows = new("""
        SELECT COALESCE(SUM(c.next_offset - c.rejected), 0)
        FROM report r
        JOIN changeset c ON c.id = r.changeset_id
        WHERE r.organization = @organization AND c.state IN (1, 2)
        """);

    private static readonly Query<FindingTotalRow> SelectFindingTotal = new("""
        SELECT c.id AS Changeset, c.findings AS Total FROM report r JOIN changeset c ON c.id = r.changeset_id
        WHERE r.organization = @organization AND r.name = @name
        """);

    private sealed class FindingTotalRow
    {
        public long Changeset { get; init; }
        public long Total { get; init; }
    }
}

internal sealed class ReportSql(Dialect dialect)
{
    private const string Columns = $"""
        SELECT r.id AS Id, r.organization AS Organization, r.name AS Name, r.state AS State, r.withdraw_reason AS WithdrawReason, r.retract_reason AS RetractReason,
            r.created_at AS CreatedAt, c.row_policy AS RowPolicy, c.digest_state AS DigestState, c.stored_state AS StoredState,
            c.catalog_version AS CatalogVersion, {CountColumns.Select},
            l.position AS Position, l.committed_at AS CommittedAt, l.previous_hash AS PreviousHash, l.salt AS Salt, l.entry_hash AS EntryHash, {HeadRow.LedgerIdColumn},
            l.algorithm AS Algorithm, l.key_id AS KeyId, l.signature AS Signature,
            w.position AS WithdrawPosition, x.position AS RetractPosition
        FROM report r
        JOIN changeset c ON c.id = r.changeset_id
        LEFT JOIN ledger l ON l.position = c.position
        LEFT JOIN changeset w ON w.id = r.withdraw_changeset_id
        LEFT JOIN changeset x ON x.id = r.retract_changeset_id
        """;

    public Query<ReportRow> Select { get; } = new($"{Columns} WHERE r.organization = @organization AND r.name = @name");

    public Query<ReportRow> SelectOfOrganization { get; } = new($"""
        {Columns}
        WHERE r.organization = @organization AND r.id < @before
        ORDER BY r.id DESC
        {dialect.Limit("@limit")}
        """);
}
