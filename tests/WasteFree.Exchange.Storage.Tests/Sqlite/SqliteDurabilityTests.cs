using System.Data.Common;
using Dapper;
using WasteFree.Exchange.Storage.Sqlite;
using WasteFree.Exchange.Storage.Tests.Sending;
using WasteFree.Exchange.Store;
using static WasteFree.Exchange.Storage.Tests.Sending.Rows;

namespace WasteFree.Exchange.Storage.Tests.Sqlite;

/// <summary>What is acknowledged is on the disk; what the database refuses is not acknowledged and harms nothing else.</summary>
public sealed class SqliteDurabilityTests : StoreContract
{
    private protected override Task<StoreDatabase> CreateDatabaseAsync() => Task.FromResult<StoreDatabase>(new SqliteDatabase());

    private string Path => ((SqliteDatabase)Database).Path;

    [Fact]
    public void A_write_connection_syncs_a_write_ahead_log_at_each_commit()
    {
        using var connection = new SqliteConnections(Path).OpenWrite();

        Assert.Equal(2, connection.ExecuteScalar<long>("PRAGMA synchronous"));
        Assert.Equal("wal", connection.ExecuteScalar<string>("PRAGMA journal_mode"));
    }

    [Fact]
    public void A_read_connection_cannot_write()
    {
        using var connection = new SqliteConnections(Path).OpenRead();

        var refused = Assert.ThrowsAny<DbException>(() => connection.Execute("DELETE FROM ledger"));

        Assert.Contains("readonly", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunk_whose_commit_the_database_refuses_is_not_acknowledged()
    {
        var upload = await Wanzhou.OpenAsync("r1");
        await using var outside = await Database.ConnectAsync(Cancelled);
        await outside.ExecuteAsync(RefuseCommit);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.AppendAsync(upload.Next(Row("2024", "1")), Cancelled));

        Assert.Equal(0, (await Wanzhou.FindAsync("r1")).DurableOffset);
        await outside.ExecuteAsync("DROP TRIGGER refuse_commit; DROP TABLE refused_child; DROP TABLE refused_parent;");
        await Wanzhou.CommitAsync("r1", Row("2024", "1"));
        Assert.Equal(["2024 1"], await ShownAsync());
    }

    [Fact]
    public async Task A_write_that_the_database_refuses_does_not_take_the_others_of_its_group_with_it()
    {
        var uploads = await OpenManyAsync(9);
        await using var outside = await Database.ConnectAsync(Cancelled);
        await outside.ExecuteAsync(RefuseNote);
        // While the lock is held all writes queue up; released, they form one group.
        await outside.ExecuteAsync("BEGIN IMMEDIATE");
        var appends = uploads
            .Select((upload, i) => Store.AppendAsync(upload.Next(Row("2024", $"{i}", category: $"C{i}") with { Note = i == 4 ? "refuse" : null }), Cancelled))
            .ToList();
        await outside.ExecuteAsync("COMMIT");

        for (var i = 0; i < appends.Count; i++)
            if (i == 4) await Assert.ThrowsAsync<StoreUnavailableException>(() => appends[4]);
            else Assert.Equal(AppendResult.Appended, await appends[i]);

        await outside.ExecuteAsync("DROP TRIGGER refuse_note");
        // The code of the refused row was numbered and taken back: it must not keep that number.
        Assert.Equal(AppendResult.Appended, await (await Wanzhou.OpenAsync("other")).AppendAsync(Row("2024", "1", category: "taken since")));
        await Wanzhou.CommitAsync("r4", Row("2024", "4", category: "C4"));
        Assert.Equal("C4", Assert.Single(await Store.ReadAllAsync(new ObservationFilter(), 1, 10)).Observation.Category);
    }

    [Fact]
    public async Task Writes_that_wait_together_are_committed_together()
    {
        const int Writers = 40;
        var uploads = await OpenManyAsync(Writers);
        var before = WalCommits.Count(Path);
        await using var outside = await Database.ConnectAsync(Cancelled);
        await outside.ExecuteAsync("BEGIN IMMEDIATE");
        var appends = uploads.Select(upload => Store.AppendAsync(upload.Next(Row("2024", "1")), Cancelled)).ToList();
        await outside.ExecuteAsync("COMMIT");

        Assert.All(await Task.WhenAll(appends), result => Assert.Equal(AppendResult.Appended, result));

        // The first write may have gone to wait for the lock before the others came.
        Assert.InRange(WalCommits.Count(Path) - before, 1, 2);
    }

    [Fact]
    public async Task A_locked_database_is_unavailable_after_a_while_and_works_again_once_it_is_free()
    {
        await using var store = Database.Open(new SteppingClock());
        var sender = new Sender(store, "wanzhou");
        var upload = await sender.OpenAsync("r1");
        await using var outside = await Database.ConnectAsync(Cancelled);
        await outside.ExecuteAsync("BEGIN IMMEDIATE");
        var chunk = upload.Next(Row("2024", "1"));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(chunk, Cancelled));
        Assert.Equal(0, (await sender.FindAsync("r1")).DurableOffset);
        await outside.ExecuteAsync("ROLLBACK");

        Assert.Equal(AppendResult.Appended, await store.AppendAsync(chunk, Cancelled));
        Assert.IsType<CommitOutcome.Committed>(await upload.CommitAsync());
    }

    [Fact]
    public async Task A_store_that_was_closed_has_written_all_that_it_took_and_takes_no_more()
    {
        var uploads = await OpenManyAsync(20);
        var appends = uploads.Select(upload => Store.AppendAsync(upload.Next(Row("2024", "1")), Cancelled)).ToList();
        await Store.DisposeAsync();

        Assert.All(await Task.WhenAll(appends), result => Assert.Equal(AppendResult.Appended, result));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Wanzhou.OpenAsync("late"));
        Assert.Equal(20, (await StoredRows.ReadAsync(Database, Cancelled)).Revisions.Count);
    }

    private async Task<List<TestUpload>> OpenManyAsync(int count)
    {
        var uploads = new List<TestUpload>();
        for (var i = 0; i < count; i++) uploads.Add(await Wanzhou.OpenAsync($"r{i}"));
        return uploads;
    }

    /// <summary>A deferred constraint fails at COMMIT, not before.</summary>
    private const string RefuseCommit = """
        CREATE TABLE refused_parent (id INTEGER PRIMARY KEY);
        CREATE TABLE refused_child (id INTEGER REFERENCES refused_parent (id) DEFERRABLE INITIALLY DEFERRED);
        CREATE TRIGGER refuse_commit AFTER INSERT ON revision BEGIN INSERT INTO refused_child (id) VALUES (1); END;
        """;

    /// <summary>Ends the whole transaction, as a full disk does.</summary>
    private const string RefuseNote = """
        CREATE TRIGGER refuse_note BEFORE INSERT ON revision WHEN NEW.note = 'refuse' BEGIN SELECT RAISE(ROLLBACK, 'refused'); END;
        """;
}
