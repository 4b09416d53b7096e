using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.Sqlite;

/// <summary>
/// What the numbers in rows stand for. Entries never change once they are visible, so that all readers share them; those
/// that a page lacks are read together.
/// </summary>
internal sealed class ReadDictionaries
{
    /// <summary>Entries of one kind kept in memory; beyond it the cache starts anew.</summary>
    private const int Capacity = 400_000;

    private readonly ConcurrentDictionary<long, SeriesRow> _series = [];
    private readonly ConcurrentDictionary<long, UnitRow> _units = [];
    private readonly ConcurrentDictionary<long, ChangesetRow> _changesets = [];

    public List<ObservationRevision> Resolve(SqliteConnection connection, IReadOnlyCollection<RevisionRow> rows)
    {
        var series = Find(_series, connection, SelectSeries, rows.Select(row => Keys.Series(row.Key)));
        var units = Find(_units, connection, SelectUnits, rows.Select(row => row.Unit));
        var changesets = Find(_changesets, connection, SelectChangesets, rows.Select(row => Keys.Changeset(row.Id)));
        return [.. rows.Select(row => Revision(row, series[Keys.Series(row.Key)], units[row.Unit].Code, changesets[Keys.Changeset(row.Id)]))];
    }

    /// <summary>The entries of a page: its own, since another page may start the cache anew meanwhile.</summary>
    private static Dictionary<long, T> Find<T>(ConcurrentDictionary<long, T> cache, SqliteConnection connection, string sql, IEnumerable<long> ids)
        where T : DictionaryRow
    {
        var found = new Dictionary<long, T>();
        var missing = new HashSet<long>();
        foreach (var id in ids)
        {
            if (found.ContainsKey(id)) continue;
            if (cache.TryGetValue(id, out var known)) found.Add(id, known);
            else missing.Add(id);
        }
        if (missing.Count == 0) return found;
        if (cache.Count + missing.Count > Capacity) cache.Clear();
        foreach (var row in connection.Query<T>(sql, new { ids = JsonSerializer.Serialize(missing) })) found[row.Id] = cache[row.Id] = row;
        return found;
    }

    private static ObservationRevision Revision(RevisionRow row, SeriesRow series, string unit, ChangesetRow source) => new()
    {
        Observation = row.ToObservation(series.Indicator, series.Region, (Scope)series.Scope, series.Category, unit),
        Organization = series.Organization,
        Report = source.Report,
        Position = source.Position,
        CommittedAt = Instants.FromMicroseconds(source.CommittedAt),
        Cursor = row.Key,
    };

    private const string SelectSeries = """
        SELECT s.id AS Id, s.indicator AS Indicator, s.region AS Region, s.scope AS Scope, s.category AS Category, s.organization AS Organization
        FROM json_each(@ids) i
        CROSS JOIN series s ON s.id = i.value
        """;

    private const string SelectUnits = "SELECT u.id AS Id, u.code AS Code FROM json_each(@ids) i CROSS JOIN unit u ON u.id = i.value";

    private const string SelectChangesets = """
        SELECT c.id AS Id, r.name AS Report, l.position AS Position, l.committed_at AS CommittedAt
        FROM json_each(@ids) i
        CROSS JOIN changeset c ON c.id = i.value
        CROSS JOIN report r ON r.id = c.report_id
        CROSS JOIN ledger l ON l.position = c.position
        """;

    private abstract class DictionaryRow
    {
        public long Id { get; init; }
    }

    private sealed class SeriesRow : DictionaryRow
    {
        public string Indicator { get; init; } = "";
        public string Region { get; init; } = "";
        public long Scope { get; init; }
        public string Category { get; init; } = "";
        public string Organization { get; init; } = "";
    }

    private sealed class UnitRow : DictionaryRow
    {
        public string Code { get; init; } = "";
    }

    /// <summary>The report that a changeset's rows came with, and where it stands in the ledger.</summary>
    private sealed class ChangesetRow : DictionaryRow
    {
        public string Report { get; init; } = "";
        public long Position { get; init; }
        public long CommittedAt { get; init; }
    }
}
