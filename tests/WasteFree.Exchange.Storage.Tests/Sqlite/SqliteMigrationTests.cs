using Dapper;
using Microsoft.Extensions.Time.Testing;
using WasteFree.Exchange.Storage.Sqlite;

namespace WasteFree.Exchange.Storage.Tests.Sqlite;

/// <summary>The schema of a file and the version of the hub that opens it.</summary>
public sealed class SqliteMigrationTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Migrations_are_numbered_from_1_without_a_gap() =>
        Assert.Equal(Enumerable.Range(1, SqliteMigrations.Embedded.All.Count), SqliteMigrations.Embedded.All.Select(migration => migration.Number));

    [Fact]
    public async Task A_migration_is_applied_once_and_noted()
    {
        await using var database = new SqliteDatabase();
        await using var store = database.Open(new FakeTimeProvider());
        await store.MigrateAsync(Cancelled);
        await store.MigrateAsync(Cancelled);

        await using var connection = await database.ConnectAsync(Cancelled);
        Assert.Equal(
            SqliteMigrations.Embedded.All.Select(migration => (long)migration.Number),
            await connection.QueryAsync<long>("SELECT number FROM schema_migration ORDER BY number"));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        await using var database = new SqliteDatabase();
        await using var store = database.Open(new FakeTimeProvider());
        await store.MigrateAsync(Cancelled);
        await using var connection = await database.ConnectAsync(Cancelled);
        await connection.ExecuteAsync("INSERT INTO schema_migration (number, name) VALUES (9000, 'of a newer version')");

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => store.MigrateAsync(Cancelled));

        Assert.Contains("9000", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sqlite/0001_exchange.sql")] // as the journal had it before it named the text
    [InlineData("Sqlite/0001_exchange.sql 0123456789abcdef")]
    public async Task A_store_of_an_older_build_is_told_in_words_and_left_alone(string name)
    {
        await using var database = new SqliteDatabase();
        await using (var connection = await database.ConnectAsync(Cancelled))
        {
            await connection.ExecuteAsync("CREATE TABLE schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL)");
            await connection.ExecuteAsync("INSERT INTO schema_migration (number, name) VALUES (1, @name)", new { name });
        }
        await using var store = database.Open(new FakeTimeProvider());

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => store.MigrateAsync(Cancelled));

        Assert.Contains("made by another (older) build", refused.Message, StringComparison.Ordinal);
        Assert.Contains("由另一个（较早的）版本建立", refused.Message, StringComparison.Ordinal);
        await using var after = await database.ConnectAsync(Cancelled);
        Assert.Equal(["schema_migration"], await after.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table'"));
    }
}
