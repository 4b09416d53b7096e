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
}
