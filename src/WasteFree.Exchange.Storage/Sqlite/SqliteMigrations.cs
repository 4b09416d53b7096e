using System.Globalization;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>Applies the numbered migrations that the database lacks, each once, under the write lock.</summary>
internal static class SqliteMigrations
{
    private const string Prefix = "Sqlite/";

    private const string CreateJournal = """
        CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL)
        """;

    public static IReadOnlyList<(int Number, string Name)> All { get; } =
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (int.Parse(name[Prefix.Length..(Prefix.Length + 4)], CultureInfo.InvariantCulture), name))
            .Order()];

    /// <exception cref="InvalidOperationException">The database was made by a newer version.</exception>
    public static void Apply(SqliteConnection connection)
    {
        // IMMEDIATE: two hubs that start together on a new file migrate one after the other.
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(CreateJournal, transaction: transaction);
        var applied = connection.ExecuteScalar<long>("SELECT COALESCE(MAX(number), 0) FROM schema_migration", transaction: transaction);
        if (applied > All[^1].Number)
            throw new InvalidOperationException($"The database has schema {applied}; this version knows {All[^1].Number}. Run a newer version.");
        foreach (var (number, name) in All.Where(migration => migration.Number > applied))
        {
            connection.Execute(ReadText(name), transaction: transaction);
            connection.Execute("INSERT INTO schema_migration (number, name) VALUES (@number, @name)", new { number, name }, transaction);
        }
        transaction.Commit();
    }

    private static string ReadText(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
