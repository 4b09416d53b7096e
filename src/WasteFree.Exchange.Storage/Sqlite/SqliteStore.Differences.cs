using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Sqlite;

public sealed partial class SqliteStore
{
    /// <summary>The store is walked if it holds at most so many times the changes in between.</summary>
    private const int WalkFactor = 8;

    public Task<DifferencePage> ReadDifferencesAsync(
        ObservationFilter filter, long since, long position, long afterKey, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            connection =>
            {
                var keys = ReadChangedKeys(connection, filter, since, position, afterKey, limit, cancellationToken);
                var before = ReadVisible(connection, keys, since);
                var after = ReadVisible(connection, keys, position);
                var differences = keys
                    .Select(key => new Difference(
                        before.GetValueOrDefault(key)?.ToRevision(connection, _dictionaries),
                        after.GetValueOrDefault(key)?.ToRevision(connection, _dictionaries),
                        key))
                    .Where(difference => difference.Before?.Observation != difference.After?.Observation);
                return new DifferencePage([.. differences], keys.Count == limit ? keys[^1] : null);
            },
            cancellationToken);

    private static List<long> ReadChangedKeys(
        SqliteConnection connection, ObservationFilter filter, long since, long position, long afterKey, int limit, CancellationToken cancellationToken)
    {
        var changes = connection.Query<long>(DifferenceSql.CountInside, new { since, position }, buffered: false).Sum();
        var reading = new FilterReading(connection, filter, cancellationToken).With("since", since).With("position", position);
        if (reading.HasAtMost(Math.Min(changes, FilterReading.MostKeys)))
            return reading.ByKey<long>(DifferenceSql.Keys, key => key, afterKey, limit);
        return AreManyOfAll(connection, changes, since, position)
            ? reading.ByRanges<long>(DifferenceSql.Range, afterKey, limit)
            : reading.ByRange<long>(DifferenceSql.Changes, afterKey, limit);
    }

    /// <summary>Looks at no more entries than there are changes to go through.</summary>
    private static bool AreManyOfAll(SqliteConnection connection, long changes, long since, long position)
    {
        var others = 0L;
        foreach (var count in connection.Query<long>(DifferenceSql.CountOutside, new { since, position }, buffered: false))
        {
            others += count;
            if (others >= WalkFactor * changes) return false;
        }
        return true;
    }

    private static Dictionary<long, RevisionRow> ReadVisible(SqliteConnection connection, List<long> keys, long position) =>
        connection
            .Query<RevisionRow>(
                IsLatest(connection, position) ? ObservationSql.KeysLatest : ObservationSql.KeysAsOf,
                new { keys = JsonSerializer.Serialize(keys), position })
            .ToDictionary(row => row.Key);
}
