using System.Collections.Concurrent;
using System.Text.Json;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage;

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
    private readonly KnownRetractions _retractions = new();

    /// <summary>Position of the last retraction that has been met.</summary>
    public long LastRetraction => _retractions.Last;

    public Task ReadRetractionsAsync(Session session) => _retractions.ReadOnAsync(session);

    /// <summary>A reading that began before still adds what it has read.</summary>
    public void Clear()
    {
        _series.Clear();
        _units.Clear();
        _changesets.Clear();
        _retractions.Clear();
    }

    public async Task<List<ObservationRevision>> ResolveAsync(Session session, IReadOnlyCollection<RevisionRow> rows)
    {
        var sql = session.Sql.Dictionaries;
        var series = await FindAsync(_series, session, sql.SelectSeries, rows.Select(row => Keys.Series(row.Key))).ConfigureAwait(false);
        var units = await FindAsync(_units, session, sql.SelectUnits, rows.SelectMany(Units)).ConfigureAwait(false);
        var changesets = await FindAsync(_changesets, session, sql.SelectChangesets, rows.SelectMany(Changesets)).ConfigureAwait(false);
        await _retractions.ReadOnAsync(session).ConfigureAwait(false);
        return [.. rows.Select(row => Revision(
            row, series[Keys.Series(row.Key)], row => units[row].Code, changesets[Keys.Changeset(row.Id)],
            row.AffirmedId is { } affirmed ? changesets[Keys.Changeset(affirmed)] : null, _retractions.Find(Keys.Changeset(row.Id))))];
    }

    /// <summary>The entries of a page: its own, since another page may start the cache anew meanwhile.</summary>
    private static async Task<Dictionary<long, T>> FindAsync<T>(ConcurrentDictionary<long, T> cache, Session session, Query<T> query, IEnumerable<long> ids)
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
        var rows = await session.ListAsync(query, new { ids = JsonSerializer.Serialize(missing) }).ConfigureAwait(false);
        foreach (var row in rows) found[row.Id] = cache[row.Id] = row;
        return found;
    }

    private static IEnumerable<long> Units(RevisionRow row)
    {
        yield return row.Unit;
        if (row.NumeratorUnit is { } numerator) yield return numerator;
        if (row.DenominatorUnit is { } denominator) yield return denominator;
    }

    private static IEnumerable<long> Changesets(RevisionRow row) =>
        row.AffirmedId is { } affirmed ? [Keys.Changeset(row.Id), Keys.Changeset(affirmed)] : [Keys.Changeset(row.Id)];

    private static ObservationRevision Revision(
        RevisionRow row, SeriesRow series, Func<long, string> unit, ChangesetRow source, ChangesetRow? affirmed, Retraction? retracted) => new()
    {
        Observation = row.ToObservation(series.Indicator, series.Major, series.Region, (Scope)series.Scope, series.Category, unit(row.Unit), CodeOf(row.NumeratorUnit, unit), CodeOf(row.DenominatorUnit, unit)),
        Organization = series.Organization,
        Report = source.Report,
        Position = source.Position,
        CommittedAt = Instants.FromMicroseconds(source.CommittedAt),
        Affirmed = affirmed is null ? null : new Affirmation(affirmed.Report, affirmed.Position),
        Retracted = retracted,
        Cursor = row.Key,
    };

    private static string? CodeOf(long? number, Func<long, string> unit) => number is { } its ? unit(its) : null;
}
