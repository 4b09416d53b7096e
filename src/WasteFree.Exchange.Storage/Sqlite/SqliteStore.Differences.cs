using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.Sqlite;

public sealed partial class SqliteStore
{
    /// <summary>To look at a key of the store costs about so many times as much as to look at a change.</summary>
    private const int WalkCost = 4;

    /// <summary>More changes than these need not be counted.</summary>
    private const long ManyChanges = 1_000_000;

    public Task<DifferencePage> ReadDifferencesAsync(
        ObservationFilter filter, long since, long position, long afterKey, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            connection =>
            {
                var keys = ReadChangedKeys(connection, filter, since, position, afterKey, limit, cancellationToken);
                var before = ReadVisible(connection, keys, since);
                var after = ReadVisible(connection, keys, position);
                var differences = keys
                    .Select(key => new Difference(before.GetValueOrDefault(key), after.GetValueOrDefault(key), key))
                    .Where(difference => difference.Before?.Observation != difference.After?.Observation);
                return new DifferencePage([.. differences], keys.Count == limit ? keys[^1] : null);
            },
            cancellationToken);

    /// <summary>
    /// Where changes lie close together, a short walk from the last key fills a page; where they do not, all changes are
    /// gone through. So a page costs no more than the changes do, and all pages together no more than the store does a few
    /// times over.
    /// </summary>
    private static List<long> ReadChangedKeys(
        SqliteConnection connection, ObservationFilter filter, long since, long position, long afterKey, int limit, CancellationToken cancellationToken)
    {
        var changes = CountChanges(connection, since, position);
        var reading = new FilterReading(connection, filter, cancellationToken).With("since", since).With("position", position);
        if (reading.HasAtMost(Math.Min(changes, FilterReading.MostKeys)))
            return reading.ByKey<long>(DifferenceSql.Keys, key => key, afterKey, limit);

        var end = connection.QuerySingleOrDefault<long?>(DifferenceSql.WalkEnd, new { afterKey, steps = changes / WalkCost });
        var near = reading.ByRange<long>(DifferenceSql.Walk, afterKey, limit, end ?? long.MaxValue);
        return near.Count == limit || end is null ? near : reading.ByRange<long>(DifferenceSql.Changes, afterKey, limit);
    }

    private static long CountChanges(SqliteConnection connection, long since, long position)
    {
        var changes = 0L;
        foreach (var count in connection.Query<long>(DifferenceSql.Count, new { since, position }, buffered: false))
        {
            changes += count;
            if (changes >= ManyChanges) break;
        }
        return changes;
    }

    private Dictionary<long, ObservationRevision> ReadVisible(SqliteConnection connection, List<long> keys, long position)
    {
        var rows = connection.Query<RevisionRow>(
            IsLatest(connection, position) ? ObservationSql.KeysLatest : ObservationSql.KeysAsOf,
            new { keys = JsonSerializer.Serialize(keys), position });
        return _dictionaries.Resolve(connection, rows.AsList()).ToDictionary(revision => revision.Cursor);
    }
}
