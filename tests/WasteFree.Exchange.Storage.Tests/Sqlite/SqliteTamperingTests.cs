using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Storage.Sqlite;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using WasteFree.Exchange.Verification;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests.Sqlite;

/// <summary>
/// Cells of each column of each table is altered in turn, and the ledger and the audit log are verified: what was altered is found, or
/// stands here with the reason why it is no content.
/// </summary>
public sealed class SqliteTamperingTests : IAsyncLifetime
{
    private readonly SqliteDatabase _database = new();
    private readonly EcdsaP256 _key = new(EcdsaP256.NewKeyPem());

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Columns that a verification does not cover.</summary>
    private static Dictionary<string, string> NoContent { get; } = new()
    {
        ["changeset.epoch"] = "fences writers while an upload is open; nobody is told it of one that has ended",
        ["changeset.writer"] = "as above",
        ["report.earlier_writers"] = "as above",
        ["changeset.touched_at"] = "when an open upload was last heard of",
        ["changeset.created_at"] = "when an upload began: the ledger says when it was committed",
        ["changeset.row_policy"] = "what its sender asked for; the counts say what became of it",
        ["changeset.catalog_version"] = "which catalogue the sender's rows were checked against; what they mean is read by their version",
        ["changeset.swept"] = "whether rows of a refused attempt are still to be deleted",
        ["report.created_at"] = "when its name was first opened, as told to its sender alone",
        ["finding.*"] = "what the check said of rows, as told to their sender alone; the entry counts them",
        ["finding_count.*"] = "how many findings there were of each rule, as told to their sender alone; they refuse or take no row",
        ["store_key.*"] = "keys: another one makes tokens and names other ones, and no value",
        ["schema_migration.*"] = "looked at when a hub starts",
        ["audit_head.recorded_at"] = "the least instant of the next entry, which has one of its own",
    };

    public async ValueTask InitializeAsync()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2024, 4, 10, 0, 0, 0, TimeSpan.Zero));
        await using var store = new SqliteStore(_database.Path, clock, _key);
        await store.MigrateAsync(Cancelled);
        await store.ReadKeyAsync("key", Cancelled);
        await store.AppendCatalogAsync([new("regions", "500101", """{"name":"万州区"}"""), new("indicators", "X\t1.0", "{}")], 0, Callers.Admin, Cancelled);
        var (wanzhou, yaan) = (new Sender(store, "wanzhou"), new Sender(store, "yaan"));
        var whole = Row("2024", "12.50") with { Numerator = Number("3"), Denominator = Number("4.0"), Note = "示例", CollectionMethod = "weighed", Evidence = "register", NumeratorUnit = "t" };
        await wanzhou.CommitAsync("r1", Row("2023", "1"), whole, Row("2024-Q1", null, scope: Scope.Urban) with { Unit = "kg" });
        await wanzhou.CommitAsync("r2", Row("2023", "2"), whole);
        await yaan.SubmitAsync("r1", RowPolicy.Quarantine, Row("2024", "5", region: "511800"), null, Row("2025", "6"), Row("2025", "6"), Row("2026", "7"), Row("2026", "8"));
        await yaan.CommitAsync("r2", Row("2023", "9", "HUB-HW-STOCK", "511800", category: "A"));
        await yaan.WithdrawAsync("r2", "误报");
        await yaan.CommitAsync("r3", Row("2027", "4", region: "511800"));
        await yaan.RetractAsync("r3");
    }

    public async ValueTask DisposeAsync()
    {
        _key.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_cell_of_any_column_that_is_altered_is_found_or_is_no_content()
    {
        Assert.Empty(await VerifyAsync(_database.Path));
        var (cells, unseen, used) = (0, new List<string>(), new HashSet<string>());
        foreach (var (table, columns, keys) in await SchemaAsync())
        {
            foreach (var column in columns)
            {
                var reason = NoContent.ContainsKey($"{table}.*") ? $"{table}.*" : NoContent.ContainsKey($"{table}.{column}") ? $"{table}.{column}" : null;
                if (reason is not null)
                {
                    used.Add(reason);
                    continue;
                }
                var types = await TypesAsync(table, column, keys);
                Assert.True(types.Count > 0, $"{table} is empty: its columns are not tried");
                // The first and the last row, one that has nothing there and one that has something.
                int[] tried = [0, types.Count - 1, types.IndexOf("null"), types.FindIndex(type => type != "null")];
                foreach (var row in tried.Where(row => row >= 0).Distinct())
                {
                    cells++;
                    if (await FaultsOfAsync(table, column, keys, row) == 0) unseen.Add($"{table}.{column} of row {row}");
                }
            }
        }
        Assert.Empty(unseen);
        Assert.Equal(NoContent.Keys.Order(), used.Order());
        Assert.InRange(cells, 150, 5_000);
    }

    /// <returns>How many faults are found.</returns>
    private async Task<int> FaultsOfAsync(string table, string column, string keys, int row)
    {
        var copy = $"{_database.Path}.altered";
        File.Copy(_database.Path, copy, overwrite: true);
        await using (var connection = new SqliteConnection($"Data Source={copy};Pooling=False"))
        {
            await connection.OpenAsync(Cancelled);
            await connection.ExecuteAsync("PRAGMA journal_mode = DELETE; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
            var changed = await connection.ExecuteAsync($"""
                UPDATE [{table}]
                SET [{column}] = CASE typeof([{column}]) WHEN 'integer' THEN [{column}] + 1000003 WHEN 'text' THEN [{column}] || 'x' WHEN 'blob' THEN zeroblob(length([{column}]) + 1) ELSE {Something(column)} END
                WHERE ({keys}) = (SELECT {keys} FROM [{table}] ORDER BY {keys} LIMIT 1 OFFSET {row})
                """);
            Assert.Equal(1, changed);
        }
        return (await VerifyAsync(copy)).Count;
    }

    /// <summary>In the place of a NULL.</summary>
    private static string Something(string column) => column is "note" or "collection_method" or "evidence" ? "''" : column is "signature" ? "x'01'" : "1";

    private async Task<List<string>> VerifyAsync(string path)
    {
        await using var store = new SqliteStore(path, TimeProvider.System, _key);
        var faults = new List<string>();
        await foreach (var step in new LedgerVerification(store, _key.PublicKey).RunAsync(Cancelled))
            if (step is VerifyStep.Found found) faults.Add(found.Fault.MessageEn);
        await foreach (var found in new AuditVerification(store, _key).RunAsync(Cancelled)) faults.AddRange(found.Select(fault => fault.MessageEn));
        return faults;
    }

    private async Task<List<(string Table, List<string> Columns, string Keys)>> SchemaAsync()
    {
        await using var connection = await _database.ConnectAsync(Cancelled);
        var schema = new List<(string, List<string>, string)>();
        foreach (var table in await connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"))
        {
            var columns = (await connection.QueryAsync<(string Name, long Key)>("SELECT name, pk FROM pragma_table_info(@table)", new { table })).ToList();
            schema.Add((table, [.. columns.Select(column => column.Name)], string.Join(", ", columns.Where(column => column.Key > 0).Select(column => $"[{column.Name}]"))));
        }
        return schema;
    }

    private async Task<List<string>> TypesAsync(string table, string column, string keys)
    {
        await using var connection = await _database.ConnectAsync(Cancelled);
        return [.. await connection.QueryAsync<string>($"SELECT typeof([{column}]) FROM [{table}] ORDER BY {keys}")];
    }
}
