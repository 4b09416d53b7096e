using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace WasteFree.Exchange.Storage;

/// <summary>
/// The numbered migrations of one database, embedded as files. The journal holds the name of each that was applied, which names
/// its text, too: a store that was made of another text is not gone on with.
/// </summary>
internal sealed class Migrations(string folder)
{
    /// <summary>In the journal of a database that is being copied to.</summary>
    public const int Unfinished = 1_000_000;

    public const string Journal = "SELECT number AS Number, name AS Name FROM schema_migration";

    public IReadOnlyList<Migration> All { get; } =
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => new Migration(int.Parse(name.AsSpan(folder.Length, 4), CultureInfo.InvariantCulture), name))
            .OrderBy(migration => migration.Number)];

    /// <param name="journal">Of the database; empty: it is new.</param>
    /// <exception cref="InvalidDataException">The database was made by another build, or a copy into it has not ended.</exception>
    public IEnumerable<Migration> After(IReadOnlyCollection<MigrationRow> journal)
    {
        if (journal.Any(applied => applied.Number == Unfinished))
            throw new InvalidDataException("向此数据库的复制没有完成；请新建数据库后重新复制。 A copy into this database has not come to its end: make a new database and copy again.");
        var last = journal.Count > 0 ? journal.Max(applied => applied.Number) : 0;
        if (last > All[^1].Number)
            throw new InvalidDataException($"数据库结构为 {last}，本版本只认识 {All[^1].Number}；请运行更新的版本。 The database has schema {last}; this version knows {All[^1].Number}: run a newer version.");
        if (!BeginsWith(journal))
            throw new InvalidDataException(
                "此数据库由另一个（较早的）版本建立，结构与本版本不同；发布 1.0 之前不作迁移：请用建立它的版本导出，或以新的数据文件夹（数据库）开始。 "
                + "The database was made by another (older) build, with another schema; before 1.0 none is migrated: go on with the build that made it, or begin with a new data folder or database.");
        return All.Where(migration => migration.Number > last);
    }

    /// <summary>Whether a database has the schema of this build, no less and no more.</summary>
    public bool Are(IReadOnlyCollection<MigrationRow> journal) => journal.Count == All.Count && BeginsWith(journal);

    private bool BeginsWith(IReadOnlyCollection<MigrationRow> journal) =>
        journal.OrderBy(applied => applied.Number).Select(applied => applied.Name).SequenceEqual(All.Take(journal.Count).Select(migration => migration.Id));
}

/// <summary>A migration and the resource that holds it.</summary>
internal sealed partial record Migration(int Number, string Name)
{
    /// <summary>Its name and what it says, comments and blanks apart.</summary>
    public string Id => $"{Name} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Silent().Replace(ReadText(), " "))).AsSpan(0, 8))}";

    public string ReadText()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"(--[^\n]*|\s)+", RegexOptions.CultureInvariant)]
    private static partial Regex Silent();
}

/// <summary>A migration that a database has.</summary>
internal sealed class MigrationRow
{
    public long Number { get; init; }

    public string Name { get; init; } = "";
}
