using Dapper;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Sqlite;

public sealed partial class SqliteStore
{
    public Task<AbortOutcome> AbortAsync(ReportName report, CancellationToken cancellationToken) =>
        _writer.WriteAsync<AbortOutcome>(
            1,
            transaction =>
            {
                var name = new { organization = report.Organization, name = report.Id };
                var cursor = transaction.Connection.QuerySingleOrDefault<CursorRow>(SelectCursor, name);
                if (cursor is null) return new AbortOutcome.Unknown();
                if ((ReportState)cursor.State is not (ReportState.Open or ReportState.Aborted))
                    return new AbortOutcome.WrongState((ReportState)cursor.State);
                transaction.Connection.Execute(DropChangeset, new { changeset = cursor.Changeset });
                transaction.Connection.Execute(SetReportState, new { state = (long)ReportState.Aborted, report = cursor.Report });
                return new AbortOutcome.Aborted(FindReport(transaction.Connection, report)!);
            },
            cancellationToken);

    public Task<int> ExpireAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        _writer.WriteAsync(
            1,
            transaction =>
            {
                var parameters = new { before = before.ToMicroseconds() };
                transaction.Connection.Execute(AbortExpired, parameters);
                return transaction.Connection.Execute(DropExpired, parameters);
            },
            cancellationToken);

    private const string AbortExpired = """
        UPDATE report SET state = 5
        WHERE state = 1 AND changeset_id IN (SELECT id FROM changeset WHERE state = 1 AND touched_at < @before)
        """;

    private const string DropExpired = """
        UPDATE changeset SET state = 4, epoch = epoch + 1, swept = 0 WHERE state = 1 AND touched_at < @before
        """;
}
