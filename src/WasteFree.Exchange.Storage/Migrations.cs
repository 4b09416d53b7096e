using System.Globalization;
using System.Reflection;

namespace WasteFree.Exchange.Storage;

/// <summary>The numbered migrations of one database, embedded as files.</summary>
internal sealed class Migrations(string folder)
{
    /// <summary>In the journal of a database that is being copied to.</summary>
    public const int Unfinished = 1_000_000;

    public IReadOnlyList<Migration> All { get; } =
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => new Migration(int.Parse(name.AsSpan(folder.Length, 4), CultureInfo.InvariantCulture), name))
            .OrderBy(migration => migration.Number)];

    /// <exception cref="InvalidDataException">The database was made by a newer version, or a copy into it has not ended.</exception>
    public IEnumerable<Migration> After(long applied)
    {
        if (applied == Unfinished)
            throw new InvalidDataException("向此数据库的复制没有完成；请新建数据库后重新复制。 A copy into this database has not come to its end: make a new database and copy again.");
        if (applied > All[^1].Number)
            throw new InvalidDataException($"数据库结构为 {applied}，本版本只认识 {All[^1].Number}；请运行更新的版本。 The database has schema {applied}; this version knows {All[^1].Number}: run a newer version.");
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
