using Dapper;
using Microsoft.Data.Sqlite;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>Applies the numbered migrations that the database lacks, each once, under the write lock.</summary>
internal static class SqliteMigrations
{
    public static Migrations Embedded { get; } = new("Sqlite/");

    /// <exception cref="InvalidDataException">The database was made by another build.</exception>
    public static void Apply(SqliteConnection connection)
    {
        // IMMEDIATE: two hubs that start together on a new file migrate one after the other.
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(CreateJournal, transaction: transaction);
        var journal = connection.Query<MigrationRow>(Migrations.Journal, transaction: transaction).AsList();
        foreach (var migration in Embedded.After(journal))
        {
            connection.Execute(migration.ReadText(), transaction: transaction);
            connection.Execute(
                "INSERT INTO schema_migration (number, name) VALUES (@number, @name)", new { number = migration.Number, name = migration.Id }, transaction);
        }
        transaction.Commit();
    }

    private const string CreateJournal = """
        CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL)
        """;
}
