using Dapper;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Sqlite;

public sealed partial class SqliteStore
{
    public Task<WithdrawOutcome> WithdrawAsync(ReportName report, string reason, CancellationToken cancellationToken) =>
        _writer.WriteAsync(1, transaction => Withdraw(transaction, report, reason), cancellationToken);

    private static WithdrawOutcome Withdraw(WriteTransaction transaction, ReportName name, string reason)
    {
        var connection = transaction.Connection;
        var report = connection.QuerySingleOrDefault<WithdrawRow>(
            SelectWithdraw, new { organization = name.Organization, name = name.Id });
        switch ((ReportState?)report?.State)
        {
            case null:
                return new WithdrawOutcome.Unknown();
            case ReportState.Withdrawn:
                return new WithdrawOutcome.Withdrawn(FindReport(connection, name)!, report!.Tombstones);
            case ReportState.Committed:
                break;
            case var other:
                return new WithdrawOutcome.WrongState(other.Value);
        }

        var digest = LedgerEntry.ReasonDigest(reason);
        var catalogVersion = transaction.ReadHead().CatalogVersion;
        var changeset = InsertChangeset(transaction, LedgerEntryKind.ReportWithdrawn, report.Id, 0, digest, catalogVersion);
        var range = new
        {
            lo = Keys.FirstRevision(report.Changeset),
            hi = Keys.LastRevision(report.Changeset),
            first = Keys.FirstRevision(changeset),
            last = Keys.LastRevision(changeset),
        };
        var tombstones = connection.Execute(ReleaseSql.InsertTombstones, range);
        connection.Execute(ReleaseSql.SupersedeByTombstones, range);
        connection.Execute(ReleaseSql.SetTombstones, range);
        connection.Execute(SetWithdrawn, new { report.Id, changeset, reason, tombstones });
        transaction.AppendLedger(
            LedgerEntryKind.ReportWithdrawn, changeset, name.ToString(), digest, new RowCounts { Submitted = tombstones });
        return new WithdrawOutcome.Withdrawn(FindReport(connection, name)!, tombstones);
    }

    private const string SelectWithdraw = """
        SELECT r.id AS Id, r.state AS State, r.changeset_id AS Changeset, COALESCE(w.next_offset, 0) AS Tombstones
        FROM report r
        LEFT JOIN changeset w ON w.id = r.withdraw_changeset_id
        WHERE r.organization = @organization AND r.name = @name
        """;

    private const string SetWithdrawn = """
        UPDATE changeset SET next_offset = @tombstones WHERE id = @changeset;
        UPDATE report SET state = 4, withdraw_changeset_id = @changeset, withdraw_reason = @reason WHERE id = @Id;
        """;

    private sealed class WithdrawRow
    {
        public long Id { get; init; }
        public long State { get; init; }
        public long Changeset { get; init; }
        public long Tombstones { get; init; }
    }
}
