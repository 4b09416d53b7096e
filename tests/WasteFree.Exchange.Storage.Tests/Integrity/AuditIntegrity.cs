using Dapper;
using WasteFree.Exchange.Audit;

namespace WasteFree.Exchange.Storage.Tests;

/// <summary>Whether the audit log is dense and chained up to its head, and no change is without its entry.</summary>
internal static class AuditIntegrity
{
    public static async Task CheckAsync(StoreDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var (hash, time, position) = (new byte[32], 0L, 0L);
        var salts = new HashSet<string>();
        foreach (var row in await connection.QueryAsync<AuditRow>(Select))
        {
            Assert.Equal(++position, row.Position);
            Assert.True(row.RecordedAt > time, $"Entry {position} is not later than the one before it.");
            Assert.Equal(hash, row.PreviousHash);
            Assert.True(salts.Add(Convert.ToHexStringLower(row.Salt)) && row.Salt.Length == AuditEntry.SaltSize, $"Entry {position} has no salt of its own.");
            Assert.Equal(row.ToRecord().Entry.Hash(row.LedgerId, position, row.RecordedAt, hash, row.Salt), row.Hash);
            (hash, time) = (row.Hash, row.RecordedAt);
        }
        var head = await connection.QuerySingleAsync<AuditHeadRow>("SELECT position AS Position, recorded_at AS RecordedAt, hash AS Hash FROM audit_head");
        Assert.Equal((position, time), (head.Position, head.RecordedAt));
        Assert.Equal(hash, head.Hash);
        Assert.Equal(await connection.QuerySingleAsync<long>(CountChanges), await connection.QuerySingleAsync<long>(CountEntries));
    }

    private const string Select = """
        SELECT position AS Position, recorded_at AS RecordedAt, organization AS Organization, credential AS Credential, roles AS Roles,
            action AS Action, resource AS Resource, status AS Status, reason AS Reason, owners AS Owners, rows_read AS RowsRead, calls AS Calls,
            previous_hash AS PreviousHash, salt AS Salt, hash AS Hash, (SELECT ledger_id FROM ledger_head) AS LedgerId
        FROM audit ORDER BY position
        """;

    private const string CountChanges = "SELECT COUNT(*) FROM ledger";

    private const string CountEntries = """
        SELECT COUNT(*) FROM audit
        WHERE action IN ('ReportService/UploadReport', 'ReportService/WithdrawReport', 'ReportService/RetractReport', 'AdminService/LoadCatalog') AND status = 'OK' AND reason = ''
        """;
}
