using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Digests;
using WasteFree.Exchange.Ingest;
using WasteFree.Exchange.Storage.Sqlite;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Benchmarks.LargeStore;

/// <summary>
/// Fills a store through its port, period by period, as reporting goes: all organisations send a period; a quarter later
/// each revises a part of it, and half a year later a part of that. Every hundredth report is withdrawn and sent anew.
/// </summary>
internal sealed class StoreFiller(IExchangeStore store, StoreClock clock)
{
    private const int ChunkRows = 5_000;

    /// <summary>So many periods later a period is revised, and revised again.</summary>
    private const int FirstDelay = 3;
    private const int SecondDelay = 6;

    private static readonly AuditCall By = AuditCall.OfHub("Benchmark");

    private long _rows;

    /// <summary>Makes the store of a folder, or takes the one that is there and complete.</summary>
    public static async Task EnsureAsync(string folder, long revisions)
    {
        var mark = Path.Combine(folder, "complete.txt");
        if (File.Exists(mark))
        {
            Console.WriteLine($"store: {folder}, {File.ReadAllText(mark).Trim()}");
            return;
        }
        Directory.CreateDirectory(folder);
        // Nothing of anybody's is overwritten, an interrupted attempt of this program included.
        if (Directory.EnumerateFileSystemEntries(folder).Any()) throw new IOException($"{folder} is not empty and holds no complete store; name another folder, or empty it.");
        var clock = new StoreClock { Now = new DateTimeOffset(StoreShape.FirstYear, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        var began = Stopwatch.GetTimestamp();
        long rows;
        await using (var store = new SqliteStore(Path.Combine(folder, "exchange.db"), clock))
        {
            var filler = new StoreFiller(store, clock);
            await filler.FillAsync(revisions);
            rows = filler._rows;
        }
        var text = $"{rows} revisions, {new FileInfo(Path.Combine(folder, "exchange.db")).Length >> 20} MB, made in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s";
        File.WriteAllText(mark, text + "\n");
        Console.WriteLine($"store: {folder}, {text}");
    }

    private async Task FillAsync(long revisions)
    {
        await store.MigrateAsync(CancellationToken.None);
        var load = CatalogLoader.Load([.. BuiltInCatalog.Tables, .. BuiltInCatalog.IllustrativeTables, .. StoreShape.Tables], [], allowIllustrative: true);
        if (load.Faults.Count > 0) throw new InvalidOperationException(load.Faults[0].ToString());
        var catalog = (await store.AppendCatalogAsync(load.Changed, 0, By, CancellationToken.None))!.Value;
        string[] organizations = [.. StoreShape.Regions.Select(StoreShape.OfficeOf), StoreShape.Bureau];
        var periods = StoreShape.Periods;
        for (var i = 0; i < periods.Count + SecondDelay && _rows < revisions; i++)
        {
            clock.Now = new DateTimeOffset(periods[Math.Min(i, periods.Count - 1)].End.AddDays(10).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddMonths(Math.Max(0, i - periods.Count + 1));
            foreach (var (at, revision) in new[] { (i, 0), (i - FirstDelay, 1), (i - SecondDelay, 2) })
            {
                if (at < 0 || at >= periods.Count) continue;
                await Task.WhenAll(organizations.Select(organization => Task.Run(() => SendAsync(organization, periods[at], revision, catalog))));
            }
            if (i % 13 == 12) Console.WriteLine($"  {periods[Math.Min(i, periods.Count - 1)]}: {_rows} revisions");
        }
    }

    private async Task SendAsync(string organization, Period period, int revision, long catalog)
    {
        var rows = StoreShape.Rows(organization, period, revision);
        var name = new ReportName(organization, $"{period}-{revision}");
        await SendAsync(name, rows, catalog);
        var number = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(name.ToString())));
        if (number % 100 != 0) return;
        await store.WithdrawAsync(name, "示例", By, CancellationToken.None);
        await SendAsync(name with { Id = name.Id + "-again" }, rows, catalog);
        Interlocked.Add(ref _rows, rows.Count);
    }

    private async Task SendAsync(ReportName name, List<Observation> rows, long catalog)
    {
        var request = new OpenUpload { Report = name, RowPolicy = RowPolicy.RejectReport, CatalogVersion = catalog };
        var cursor = (await store.OpenUploadAsync(request, CancellationToken.None))!;
        var digest = Sha256State.StateOf(Encoding.UTF8.GetBytes(name.ToString()));
        var stored = new StoredDigest();
        for (var offset = 0; offset < rows.Count; offset += ChunkRows)
        {
            var part = rows[offset..Math.Min(rows.Count, offset + ChunkRows)];
            foreach (var (i, row) in part.Index()) stored.Append(StoredRow.Of(name.Organization, offset + i, row));
            await store.AppendAsync(
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
                CancellationToken.None);
        }
        var outcome = await store.CommitAsync(
            new CommitUpload
            {
                Report = name,
                Changeset = cursor.Changeset,
                Epoch = cursor.Epoch,
                RowCount = rows.Count,
                Digest = Sha256State.DigestOf(digest),
                CatalogVersion = catalog,
                By = By,
            },
            CancellationToken.None);
        if (outcome is not CommitOutcome.Committed) throw new InvalidOperationException($"{name}: {outcome}");
        Interlocked.Add(ref _rows, rows.Count);
    }
}
