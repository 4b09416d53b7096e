using System.Globalization;
using System.Reflection;

namespace WasteFree.Exchange.Storage;

/// <summary>The numbered migrations of one database, embedded as files.</summary>
internal sealed class Migrations(string folder)
{
    public IReadOnlyList<Migration> All { get; } =
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => new Migration(int.Parse(name.AsSpan(folder.Length, 4), CultureInfo.InvariantCulture), name))
            .OrderBy(migration => migration.Number)];

    /// <exception cref="InvalidOperationException">The database was made by a newer version.</exception>
    public IEnumerable<Migration> After(long applied)
    {
        if (applied > All[^1].Number)
            throw new InvalidOperationException($"The database has schema {applied}; this version knows {All[^1].Number}. Run a newer version.");
        return All.Where(migration => migration.Number > applied);
    }
}

/// <summary>A migration and the resource that holds it.</summary>
internal sealed record Migration(int Number, string Name)
{
    public string ReadText()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>The number of the last migration that a database has.</summary>
internal sealed class MigrationNumberRow
{
    public long Number { get; init; }
}
