using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>
/// What the numbers in rows stand for. Entries never change once they are visible, so that all readers share them.
/// </summary>
internal sealed class ReadDictionaries
{
    /// <summary>Entries of one kind kept in memory; beyond it the cache starts anew.</summary>
    private const int Capacity = 400_000;

    private readonly ConcurrentDictionary<long, SeriesCodes> _series = [];
    private readonly ConcurrentDictionary<long, string> _units = [];
    private readonly ConcurrentDictionary<long, ChangesetSource> _changesets = [];

    public SeriesCodes Series(SqliteConnection connection, long id) => Get(_series, id, key =>
    {
        var row = connection.QuerySingle<SeriesRow>(SelectSeries, new { id = key });
        return new SeriesCodes(row.Indicator, row.Region, (int)row.Scope, row.Category, row.Organization);
    });

    public string Unit(SqliteConnection connection, long id) =>
        Get(_units, id, key => connection.QuerySingle<string>("SELECT code FROM unit WHERE id = @id", new { id = key }));

    public ChangesetSource Changeset(SqliteConnection connection, long id) =>
        Get(_changesets, id, key => connection.QuerySingle<ChangesetSource>(SelectChangeset, new { id = key }));

    private static T Get<T>(ConcurrentDictionary<long, T> cache, long id, Func<long, T> read)
    {
        if (cache.TryGetValue(id, out var known)) return known;
        if (cache.Count >= Capacity) cache.Clear();
        return cache[id] = read(id);
    }

    private const string SelectSeries = """
        SELECT indicator AS Indicator, region AS Region, scope AS Scope, category AS Category, organization AS Organization
        FROM series WHERE id = @id
        """;

    private const string SelectChangeset = """
        SELECT r.name AS Report, l.position AS Position, l.committed_at AS CommittedAt
        FROM changeset c
        JOIN report r ON r.id = c.report_id
        JOIN ledger l ON l.position = c.position
        WHERE c.id = @id
        """;

    private sealed class SeriesRow
    {
        public string Indicator { get; init; } = "";
        public string Region { get; init; } = "";
        public long Scope { get; init; }
        public string Category { get; init; } = "";
        public string Organization { get; init; } = "";
    }
}

/// <summary>The report that a changeset's rows came with, and where it stands in the ledger.</summary>
internal sealed class ChangesetSource
{
    public string Report { get; init; } = "";
    public long Position { get; init; }
    public long CommittedAt { get; init; }
}
