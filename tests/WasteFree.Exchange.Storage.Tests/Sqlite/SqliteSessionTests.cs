using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Audit;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Storage.Sqlite;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests.Sqlite;

/// <summary>What both databases are told, looked at on the one that is always there.</summary>
public sealed class SqliteSessionTests : IAsyncLifetime
{
    private readonly SqliteDatabase _database = new();
    private SqliteStore _store = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private Sender Wanzhou => new(_store, "wanzhou");

    public async ValueTask InitializeAsync()
    {
        _store = new SqliteStore(_database.Path, TimeProvider.System);
        await _store.MigrateAsync(Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_count_that_the_database_does_not_give_is_refused()
    {
        await using var connection = Open();
        var session = new Session(connection, transaction: null, SqliteStore.Statements, Cancelled);
        Assert.Equal(0, await session.CountAsync(new Command("DELETE FROM report")));
        // A SELECT changes nothing that could be counted: -1, as of every statement under NOCOUNT.
        await Assert.ThrowsAsync<StoreUnavailableException>(() => session.CountAsync(new Command("SELECT 1")));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    public async Task A_count_that_cannot_be_is_neither_stored_nor_signed(long created, long revised)
    {
        using var key = new EcdsaP256(EcdsaP256.NewKeyPem());
        var session = new SqliteWriteSession(Open(), key, new StoreClock(TimeProvider.System));
        Assert.True(session.TryBegin());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => session.AppendLedgerAsync(
            LedgerEntryKind.ReportCommitted, 1, "x", new ContentDigests(new byte[32], new byte[32]), new RowCounts { Created = created, Revised = revised }, catalogVersion: null));
        session.Commit();
        session.Dispose();
        Assert.Equal(0, (await _store.ReadHeadAsync(Cancelled)).Position);
    }

    [Fact]
    public async Task Under_the_heads_of_the_ledger_and_the_audit_log_nothing_is_read_but_they()
    {
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        var upload = await Wanzhou.OpenAsync("r2", RowPolicy.Quarantine);
        await upload.AppendAsync(Row("2024", "2"), Row("2025", "2"), null);
        await _store.DisposeAsync();

        var connection = Open();
        using var session = new SqliteWriteSession(connection, signer: null, new StoreClock(TimeProvider.System));
        Assert.True(session.TryBegin());
        var outcome = Assert.IsType<CommitOutcome.Committed>(await SqlStore.CommitAsync(session, new CommitUpload
        {
            Report = Wanzhou.Name("r2"),
            Changeset = upload.Cursor.Changeset,
            Epoch = upload.Cursor.Epoch,
            RowCount = upload.Offset,
            Digest = upload.Digest,
            CatalogVersion = 0,
            By = Callers.Of("wanzhou", "ReportService/UploadReport"),
        }));
        session.Commit();

        // The entry, the head of the log, the log's entry with its head: three round trips and the commit.
        Assert.Equal(4, connection.Texts.SkipWhile(text => !text.StartsWith("UPDATE ledger_head\nSET position = position + 1", StringComparison.Ordinal)).Count());
        await using var store = new SqliteStore(_database.Path, TimeProvider.System);
        var receipt = (await store.FindReportAsync(Wanzhou.Name("r2"), Cancelled))!.Receipt!;
        Assert.Equal(receipt.Counts, outcome.Counts);
        Assert.Equivalent(receipt, outcome.Receipt, strict: true);
        Assert.Single(outcome.Findings);
    }

    [Fact]
    public async Task Entries_of_many_calls_move_the_head_of_the_audit_log_once()
    {
        await _store.DisposeAsync();
        var connection = Open();
        using (var session = new SqliteWriteSession(connection, signer: null, new StoreClock(TimeProvider.System)))
        {
            AuditOperation[] calls = [.. Enumerable.Range(0, 5).Select(i => new AuditOperation([AuditEntry.Of(Callers.Of("yaan", "A/B"), $"{i}"), AuditEntry.Of(Callers.Of("yaan", "A/C"), $"{i}")]))];
            Assert.All(calls[1..], call => Assert.True(calls[0].TryJoin(call)));
            Assert.False(calls[0].TryJoin(new SingleOperation<bool>(1, _ => Task.FromResult(true))));
            Assert.True(session.TryBegin());
            await calls[0].ExecuteAsync(session);
            session.Commit();
            calls[0].Complete();
            await Task.WhenAll(calls.Select(call => call.Task));
            Assert.Equal(2, connection.Texts.Count(text => text.Contains("UPDATE audit_head", StringComparison.Ordinal)));
        }
        await using var store = new SqliteStore(_database.Path, TimeProvider.System);
        Assert.Equal(["0", "0", "1", "1", "2", "2", "3", "3", "4", "4"], (await store.ReadAuditAsync(0, 100, Cancelled)).Select(record => record.Entry.Resource));
    }

    [Fact]
    public async Task An_entry_that_cannot_be_written_takes_none_of_another_call_with_it()
    {
        await using var writer = new SqliteWriter(new SqliteConnections(_database.Path), signer: null, new StoreCondition(TimeProvider.System), tidy: _ => Task.FromResult(false));
        var queued = new TaskCompletionSource();
        var first = writer.WriteAsync(
            new SingleOperation<bool>(1, async _ =>
            {
                await queued.Task;
                return true;
            }),
            Cancelled);
        var good = AuditEntry.Of(Callers.Of("yaan", "A/B"), "good");
        var calls = new[] { good, good with { Resource = null! }, good }.Select(entry => writer.WriteAsync(new AuditOperation([entry]), Cancelled)).ToList();
        queued.SetResult();
        await first;
        await calls[0];
        await Assert.ThrowsAnyAsync<Exception>(() => calls[1]);
        await calls[2];
        Assert.Equal(2, (await _store.ReadAuditHeadAsync(Cancelled))!.Position);
    }

    [Fact]
    public async Task A_latest_period_that_nobody_reported_is_looked_for_in_few_statements_however_many_periods_are_stored()
    {
        await Wanzhou.CommitAsync("days", [.. Enumerable.Range(0, 700).Select(i => Row($"{new DateOnly(2023, 1, 1).AddDays(i):O}", "1"))]);
        await Wanzhou.CommitAsync("other", Row("2020", "1", "ZW21-19", "511800"));
        foreach (var filter in new[]
        {
            new ObservationFilter { Indicators = ["ZW21-19"], Regions = ["500101"] },
            new ObservationFilter { Indicators = ["ZW21-19"] },
            new ObservationFilter(),
        })
        {
            await using var connection = Open();
            await SqlStore.FindLatestPeriodAsync(new Session(connection, transaction: null, SqliteStore.Statements, Cancelled), filter, Visibility.Everything, 2);
            Assert.InRange(connection.Texts.Count(), 3, 6);
        }
    }

    [Fact]
    public async Task Entries_are_verified_by_so_many_rows_that_no_statement_is_long()
    {
        for (var i = 1; i <= 4; i++) await Wanzhou.CommitAsync($"r{i}", [.. Enumerable.Range(0, 10).Select(c => Row("2024", $"{i}", category: $"C{c}"))]);
        await using var connection = Open();
        async Task<long> EndAsync(long after, int limit, int rows) =>
            (await connection.QuerySingleAsync<PageEndRow>(SqliteStore.Statements.Verify.LedgerPage.Text, new { after, limit, rows })).Upto;
        foreach (var (after, limit, rows, end) in new[] { (0, 100, 1, 1), (1, 100, 10, 2), (0, 100, 20, 2), (0, 100, 31, 4), (0, 3, 1_000, 3), (4, 100, 20, 0) })
            Assert.Equal(end, await EndAsync(after, limit, rows));
    }

    [Fact]
    public async Task A_store_without_room_for_another_set_of_rows_says_so()
    {
        await using (var connection = Open())
            await connection.ExecuteAsync($"""
                INSERT INTO changeset (id, kind, state, epoch, next_offset, digest_state, stored_state, row_policy, catalog_version, created_at, touched_at)
                VALUES ({Keys.MaxChangeset}, 1, 4, 1, 0, zeroblob(104), zeroblob(104), 1, 0, 0, 0)
                """);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Wanzhou.OpenAsync("r1"));
        Assert.Null(await _store.FindReportAsync(Wanzhou.Name("r1"), Cancelled));
    }

    [Fact]
    public async Task A_hub_that_ends_leaves_what_is_to_be_swept_to_the_next()
    {
        var writer = new SqliteWriter(new SqliteConnections(_database.Path), signer: null, new StoreCondition(TimeProvider.System), tidy: _ => Task.FromResult(true));
        await writer.WriteAsync(new SingleOperation<bool>(1, _ => Task.FromResult(true)), Cancelled);
        await writer.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
    }

    private RecordingConnection Open()
    {
        var connection = new RecordingConnection($"Data Source={_database.Path};Pooling=false");
        connection.Open();
        return connection;
    }

    /// <summary>Keeps what it was asked: each is a round trip on a database behind a network.</summary>
    private sealed class RecordingConnection(string text) : SqliteConnection(text)
    {
        private readonly List<SqliteCommand> _commands = [];

        public IEnumerable<string> Texts => _commands.Select(command => command.CommandText);

        public override SqliteCommand CreateCommand()
        {
            var command = base.CreateCommand();
            _commands.Add(command);
            return command;
        }
    }
}
