using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Storage.Copying;
using WasteFree.Exchange.Storage.Tests.Model;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Storage.Tests.Sqlite;
using WasteFree.Exchange.Storage.Tests.SqlServer;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Verification;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests.Copying;

/// <summary>A copy is the store itself in another place, or it is not there.</summary>
public sealed class StoreCopyTests
{
    private static readonly Progress<CopyProgress> Silent = new();

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2024, 4, 10, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite", "sqlite")]
    [InlineData("sqlite", "sqlserver")]
    [InlineData("sqlserver", "sqlite")]
    [InlineData("sqlserver", "sqlserver")]
    public async Task A_copy_reads_verifies_and_goes_on_as_the_store_did(string from, string to)
    {
        await using var source = await CreateAsync(from);
        await using var target = await CreateAsync(to);
        await FillAsync(source);

        var copied = await CopyAsync(source, target, Silent);

        Assert.All(copied, table => Assert.NotEqual(0, table.Rows));
        await using var original = await OpenAsync(source);
        await using var copy = await OpenAsync(target);
        var head = await original.ReadHeadAsync(Cancelled);
        Assert.Equal(head, await copy.ReadHeadAsync(Cancelled));
        for (var position = 0L; position <= head.Position; position++)
            Assert.Equal(await original.ReadAllAsync(new(), position, 500), await copy.ReadAllAsync(new(), position, 500));
        Assert.Equal(await original.ReadKeyAsync("tokens", Cancelled), await copy.ReadKeyAsync("tokens", Cancelled));
        Assert.DoesNotContain(await copy.VerifyAsync(Cancelled).ToListAsync(Cancelled), step => step is VerifyStep.Found);
        Assert.Equal(head.Position + 1, (await new Sender(copy, "wanzhou").CommitAsync("after", Row("2030", "1", category: "NEW"))).Position);
        await StoreIntegrity.CheckAsync(target, Cancelled);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("sqlserver")]
    public async Task A_target_that_holds_something_is_left_as_it_is(string to)
    {
        await using var source = await CreateAsync("sqlite");
        await using var target = await CreateAsync(to);
        await FillAsync(source);
        await using (var store = await OpenAsync(target)) await new Sender(store, "yaan").CommitAsync("r1", Row("2024", "7"));

        await Assert.ThrowsAsync<CopyRefusedException>(() => CopyAsync(source, target, Silent));

        await using var kept = await OpenAsync(target);
        Assert.Equal("7", Assert.Single(await kept.ReadAllAsync(new(), 1, 10)).Observation.Value.ToString());
    }

    [Fact]
    public async Task Where_there_is_no_store_nothing_is_copied()
    {
        await using var source = await CreateAsync("sqlite");
        await using var target = await CreateAsync("sqlite");

        await Assert.ThrowsAsync<CopyRefusedException>(() => CopyAsync(source, target, Silent));

        Assert.False(File.Exists(((SqliteDatabase)target).Path));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("sqlserver")]
    public async Task A_copy_that_was_interrupted_is_no_store(string to)
    {
        await using var source = await CreateAsync("sqlite");
        await using var target = await CreateAsync(to);
        await FillAsync(source);
        using var interrupt = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CopyAsync(
            source, target, new Synchronous(progress => { if (progress.Table == "revision") interrupt.Cancel(); }), interrupt.Token));

        if (target is SqliteDatabase file) Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(file.Path)!));
        else await Assert.ThrowsAsync<InvalidDataException>(() => OpenAsync(target));
    }

    [Fact]
    public async Task A_source_that_goes_on_meanwhile_is_told_of_and_the_copy_is_not_there()
    {
        await using var source = await CreateAsync("sqlite");
        await using var target = await CreateAsync("sqlite");
        await FillAsync(source);
        await using var going = await OpenAsync(source);
        var upload = await new Sender(going, "yaan").OpenAsync("going");

        await Assert.ThrowsAsync<CopyRefusedException>(() => CopyAsync(
            source, target, new Synchronous(progress => { if (progress.Table == "unit") upload.AppendAsync(Row("2024", "1")).GetAwaiter().GetResult(); })));

        Assert.False(File.Exists(((SqliteDatabase)target).Path));
    }

    [Theory]
    [InlineData("revision")]
    [InlineData("ledger_head")]
    public async Task A_value_that_does_not_arrive_is_found(string table)
    {
        await using var source = await CreateAsync("sqlite");
        await using var target = await CreateAsync("sqlite");
        await FillAsync(source);
        await using var from = source.End();
        await using var to = new LosingEnd(((SqliteDatabase)target).Path, table);

        var refused = await Assert.ThrowsAsync<CopyRefusedException>(() => StoreCopy.RunAsync(from, to, Silent, Cancelled));

        Assert.Contains(table, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<StoreDatabase> CreateAsync(string kind) => kind == "sqlite" ? new SqliteDatabase() : await SqlServerDatabase.CreateAsync();

    private static async Task<IReadOnlyList<CopiedTable>> CopyAsync(
        StoreDatabase source, StoreDatabase target, IProgress<CopyProgress> progress, CancellationToken? cancellationToken = null)
    {
        await using var from = source.End();
        await using var to = target.End();
        return await StoreCopy.RunAsync(from, to, progress, cancellationToken ?? Cancelled);
    }

    private async Task<IExchangeStore> OpenAsync(StoreDatabase database)
    {
        var store = database.Open(_clock);
        try
        {
            await store.MigrateAsync(Cancelled);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Values, revisions, affirmations, withdrawals, findings, catalogue rows, and an upload that is not finished.</summary>
    private async Task FillAsync(StoreDatabase database)
    {
        await using var store = await OpenAsync(database);
        var reports = new RandomReports(new Random(5));
        await store.AppendCatalogAsync([new CatalogRow("indicators", "X\t1.0", """{"name_zh":"示例"}""")], 0, Callers.Admin, Cancelled);
        await store.ReadKeyAsync("tokens", Cancelled);
        for (var i = 0; i < 20; i++)
        {
            var sender = new Sender(store, reports.Organization());
            var outcome = await sender.SubmitAsync($"r{i}", RowPolicy.Quarantine, [.. reports.Report(), null]);
            if (i % 7 == 6 && outcome is CommitOutcome.Committed) await sender.RetractAsync($"r{i}");
            if (i % 5 == 4 && outcome is CommitOutcome.Committed) await sender.WithdrawAsync($"r{i}");
        }
        await (await new Sender(store, "wanzhou").OpenAsync("unfinished")).AppendAsync(Row("2024", "1"), null);
    }

    /// <summary>Tells while the copy waits.</summary>
    private sealed class Synchronous(Action<CopyProgress> tell) : IProgress<CopyProgress>
    {
        public void Report(CopyProgress value) => tell(value);
    }
}
