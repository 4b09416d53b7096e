using System.Data;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.SqlClient;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Benchmarks.LargeStore;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Storage.SqlServer;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Tests.Shared;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Benchmarks;

/// <summary>
/// Rows a second that the store makes durable on SQL Server, chunk by chunk with cursor, digest and fencing, as a report
/// stream sends them, against the ceiling: SqlBulkCopy of the same rows with the same keys into one table, batch by batch.
/// </summary>
internal sealed class BulkBenchmark(SqlServerStore store, string connectionString, List<Observation> rows, long catalog)
{
    /// <summary>Rows of some 128 KB, the size of chunk that clients send.</summary>
    private const int ChunkRows = 1_500;

    /// <summary>Chunks of one upload that a report stream has on their way to the store.</summary>
    private const int PendingChunks = 16;

    private const int BatchRows = 5_000;
    private const int Rounds = 5;

    private readonly string _organization = StoreShape.OfficeOf(StoreShape.Regions[0]);
    private int _reports;

    public static async Task<int> RunAsync(int count)
    {
        if (SqlServerForTests.ConnectionString is null)
        {
            Console.Error.WriteLine(SqlServerForTests.Missing);
            return 2;
        }
        await using var database = await SqlServerTestDatabase.CreateAsync();
        await using var store = new SqlServerStore(new SqlServerOptions { ConnectionString = database.ConnectionString }, TimeProvider.System);
        await store.MigrateAsync(CancellationToken.None);
        var load = CatalogLoader.Load([.. BuiltInCatalog.Tables, .. BuiltInCatalog.IllustrativeTables, .. StoreShape.Tables], [], allowIllustrative: true);
        var catalog = (await store.AppendCatalogAsync(load.Changed, 0, AuditCall.OfHub("LoadCatalog"), CancellationToken.None))!.Value;
        var organization = StoreShape.OfficeOf(StoreShape.Regions[0]);
        var rows = StoreShape.Periods.SelectMany(period => StoreShape.Rows(organization, period, revision: 0)).Take(count).ToList();
        Console.WriteLine($"{(SqlServerForTests.IsStandIn ? "a stand-in for SQL Server" : "SQL Server")}, {rows.Count} rows, {ChunkRows} to a chunk, {BatchRows} to a batch");
        await new BulkBenchmark(store, database.ConnectionString, rows, catalog).MeasureAsync();
        return 0;
    }

    private async Task MeasureAsync()
    {
        await AppendAsync(1); // gives the codes their numbers, which happens once
        var ceiling = await StoredRowsAsync();
        await CopyAsync(ceiling); // neither is measured cold
        List<double> one = [], four = [], raw = [];
        for (var round = 0; round < Rounds; round++)
        {
            raw.Add(await CopyAsync(ceiling));
            one.Add(await AppendAsync(1));
            four.Add(await AppendAsync(4));
            Console.WriteLine($"  round {round + 1}: raw {raw[^1]:N0}, store with one upload {one[^1]:N0}, with four {four[^1]:N0} rows/s");
        }
        Console.WriteLine($"store / raw, medians of {Rounds}: one upload {Median(one) / Median(raw):F2}, four uploads {Median(four) / Median(raw):F2}");
    }

    /// <returns>Rows a second.</returns>
    private async Task<double> AppendAsync(int uploads)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, uploads).Select(_ => Task.Run(() => SendAsync(new ReportName(_organization, $"bulk-{Interlocked.Increment(ref _reports)}")))));
        return uploads * rows.Count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private async Task SendAsync(ReportName name)
    {
        var request = new OpenUpload { Report = name, RowPolicy = RowPolicy.RejectReport, CatalogVersion = catalog };
        var cursor = (await store.OpenUploadAsync(request, CancellationToken.None))!;
        var digest = Sha256State.StateOf(Encoding.UTF8.GetBytes(name.ToString()));
        var stored = new StoredDigest();
        var pending = new Queue<Task<AppendResult>>();
        for (var offset = 0; offset < rows.Count; offset += ChunkRows)
        {
            if (pending.Count == PendingChunks) await AppendedAsync(pending.Dequeue());
            var part = rows[offset..Math.Min(rows.Count, offset + ChunkRows)];
            foreach (var (i, row) in part.Index()) stored.Append(StoredRow.Of(name.Organization, offset + i, row));
            pending.Enqueue(store.AppendAsync(
                new UploadChunk
                {
                    Changeset = cursor.Changeset,
                    Epoch = cursor.Epoch,
                    Offset = offset,
                    RowCount = part.Count,
                    DigestState = digest,
                    StoredState = stored.State,
                    Organization = name.Organization,
                    Rows = [.. part.Select((row, i) => new OffsetRow(offset + i, row))],
                    Findings = [],
                    Rejected = 0,
                },
                CancellationToken.None));
        }
        while (pending.TryDequeue(out var last)) await AppendedAsync(last);
    }

    private static async Task AppendedAsync(Task<AppendResult> appending)
    {
        if (await appending != AppendResult.Appended) throw new InvalidOperationException("A chunk was refused.");
    }

    /// <summary>What the first upload has left in the table of revisions.</summary>
    private async Task<DataTable> StoredRowsAsync()
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, """
            CREATE TABLE raw_rows (
                id BIGINT NOT NULL PRIMARY KEY CLUSTERED, [key] BIGINT NOT NULL, kind TINYINT NOT NULL, version_minor INT NOT NULL,
                value_mantissa BIGINT NULL, value_scale TINYINT NULL, numerator_mantissa BIGINT NULL, numerator_scale TINYINT NULL,
                denominator_mantissa BIGINT NULL, denominator_scale TINYINT NULL, unit_id BIGINT NOT NULL, status INT NOT NULL, confidentiality TINYINT NOT NULL,
                note NVARCHAR(4000) COLLATE Latin1_General_100_BIN2 NULL, collection_method NVARCHAR(4000) COLLATE Latin1_General_100_BIN2 NULL,
                evidence NVARCHAR(4000) COLLATE Latin1_General_100_BIN2 NULL, numerator_unit_id BIGINT NULL, denominator_unit_id BIGINT NULL)
            """);
        await using var command = new SqlCommand("SELECT * FROM revision ORDER BY id", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync();
        var table = new DataTable();
        table.Load(reader);
        return table;
    }

    private async Task<double> CopyAsync(DataTable table)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, "TRUNCATE TABLE raw_rows");
        var began = Stopwatch.GetTimestamp();
        using (var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.UseInternalTransaction, null) { DestinationTableName = "raw_rows", BatchSize = BatchRows, BulkCopyTimeout = 0 })
            await copy.WriteToServerAsync(table);
        return table.Rows.Count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task ExecuteAsync(SqlConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static double Median(IEnumerable<double> rates) => rates.Order().ElementAt(Rounds / 2);
}
