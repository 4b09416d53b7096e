using System.Data;
using Microsoft.Data.SqlClient;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.SqlServer;

/// <summary>
/// One transaction. Rows wait until its end and go in together; their codes get numbers before, in transactions of their
/// own, so that two hubs that meet a new code at once do not wait for each other's rows.
/// </summary>
internal sealed class SqlServerWriteSession(
    SqlConnection connection, SqlTransaction transaction, SqlServerNumbers numbers, ILedgerSigner? signer, StoreClock clock, CancellationToken cancellationToken)
    : WriteSession(connection, transaction, SqlServerStore.Statements, signer, clock, cancellationToken)
{
    /// <summary>A commit of millions of rows is a few statements.</summary>
    private const int StatementSeconds = 600;

    /// <summary>Of one statement of a bulk copy: too few for the lock of a whole table.</summary>
    private const int BatchRows = 4_000;

    /// <summary>As long as a sender waits for a commit: another report of the organisation may be on its way in.</summary>
    private const int LockMilliseconds = 100_000;

    private readonly List<UploadChunk> _chunks = [];

    public Task PrepareAsync()
    {
        TimeoutSeconds = StatementSeconds;
        return ExecuteAsync(SqlServerSettings.OfSession);
    }

    public override async Task LockOrganizationAsync(string organization)
    {
        var result = await SingleAsync(
            LockOrganization, new { resource = $"wastefree:organization:{organization}", timeout = LockMilliseconds }).ConfigureAwait(false);
        if (result < 0) throw new StoreUnavailableException($"The lock of the organisation was not to be had ({result}).");
    }

    public override Task LockReportAsync(ReportName report) =>
        ExecuteAsync(LockReport, new { organization = report.Organization, name = report.Id });

    public override Task LockAttemptAsync(long changeset) => ExecuteAsync(LockAttempt, new { changeset });

    public override Task InsertRowsAsync(UploadChunk chunk)
    {
        if (chunk.Rows.Count > 0) _chunks.Add(chunk);
        return Task.CompletedTask;
    }

    public override Task InsertFindingsAsync(IReadOnlyList<FindingRow> findings) =>
        findings.Count == 0 ? Task.CompletedTask : CopyAsync("finding", FindingColumns, findings);

    public override Task InsertCatalogRowsAsync(long changeset, IReadOnlyList<CatalogRow> rows) =>
        CopyAsync("catalog_row", CatalogColumns, [.. rows.Select(row => (changeset, row))]);

    protected override Task InsertAuditAsync(IReadOnlyList<AuditRow> rows) => CopyAsync("audit", AuditColumns, rows);

    /// <summary>Writes the rows that wait.</summary>
    public async Task FlushAsync()
    {
        if (_chunks.Count == 0) return;
        var rows = await numbers.ResolveAsync(_chunks, CancellationToken).ConfigureAwait(false);
        await CopyAsync("revision", RevisionColumns.All, rows).ConfigureAwait(false);
        _chunks.Clear();
    }

    private async Task CopyAsync<T>(string table, IReadOnlyList<Func<T, object?>> columns, IReadOnlyList<T> rows)
    {
        using var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.Default, transaction)
        {
            DestinationTableName = table,
            BatchSize = BatchRows,
            BulkCopyTimeout = StatementSeconds,
        };
        using var reader = new RowReader<T>(columns, rows);
        await copy.WriteToServerAsync(reader, CancellationToken).ConfigureAwait(false);
    }

    /// <summary>In the order of the table's columns.</summary>
    private static readonly Func<FindingRow, object?>[] FindingColumns =
    [
        row => row.Changeset, row => row.Sequence, row => row.Rule, row => (byte)row.Severity, row => row.Field, row => row.Observed,
        row => row.Expected, row => row.Tolerance, row => row.MessageZh, row => row.MessageEn, row => row.Fingerprint,
    ];

    /// <summary>In the order of the table's columns.</summary>
    private static readonly Func<AuditRow, object?>[] AuditColumns =
    [
        row => row.Position, row => row.RecordedAt, row => row.Organization, row => row.Credential, row => row.Roles, row => row.Action,
        row => row.Resource, row => row.Status, row => row.Reason, row => row.Owners, row => row.RowsRead, row => row.Calls, row => row.PreviousHash,
        row => row.Salt, row => row.Hash,
    ];

    /// <summary>In the order of the table's columns.</summary>
    private static readonly Func<(long Changeset, CatalogRow Row), object?>[] CatalogColumns =
        [row => row.Row.Kind, row => row.Row.Key, row => row.Changeset, row => row.Row.Content];

    /// <summary>Who is chosen to break a deadlock (-3) begins again, as it does where the deadlock is one of rows.</summary>
    private static readonly Query<int> LockOrganization = new($"""
        DECLARE @result INT;
        EXEC @result = sp_getapplock @Resource = @resource, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = @timeout;
        IF @result = -3 THROW {SqlServerErrors.DeadlockOfOrganization}, 'The lock of the organisation was lost to break a deadlock.', 1;
        SELECT @result AS Result
        """);

    private static readonly Command LockReport = new("UPDATE report SET state = state WHERE organization = @organization AND name = @name");

    private static readonly Command LockAttempt = new("UPDATE changeset SET state = state WHERE id = @changeset");
}
