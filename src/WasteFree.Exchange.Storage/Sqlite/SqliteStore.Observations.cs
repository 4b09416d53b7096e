using Dapper;
using Microsoft.Data.Sqlite;
using WasteFree.Exchange.Store;
using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Storage.Sqlite;

public sealed partial class SqliteStore
{
    private readonly ReadDictionaries _dictionaries = new();

    public Task<ObservationPage> ReadObservationsAsync(
        ObservationFilter filter, long position, long afterKey, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            connection =>
            {
                var rows = ReadRows(connection, filter, position, afterKey, limit, cancellationToken);
                return new ObservationPage(_dictionaries.Resolve(connection, rows), rows.Count == limit ? rows[^1].Key : null);
            },
            cancellationToken);

    public Task<Period?> FindLatestPeriodAsync(ObservationFilter filter, long position, CancellationToken cancellationToken) =>
        ReadAsync(
            connection =>
            {
                foreach (var number in new FilterReading(connection, filter, cancellationToken).Periods.OrderByDescending(n => Period.FromNumber(n).End).ThenBy(n => n & 7))
                {
                    var only = filter with { Periods = [Period.FromNumber(number)], From = null, To = null };
                    if (ReadRows(connection, only, position, -1, 1, cancellationToken).Count > 0) return (Period?)Period.FromNumber(number);
                }
                return null;
            },
            cancellationToken);

    private static List<RevisionRow> ReadRows(
        SqliteConnection connection, ObservationFilter filter, long position, long afterKey, int limit, CancellationToken cancellationToken)
    {
        var latest = IsLatest(connection, position);
        var reading = new FilterReading(connection, filter, cancellationToken).With("position", position);
        return reading.HasAtMost(FilterReading.MostKeys)
            ? reading.ByKey<RevisionRow>(latest ? ObservationSql.KeysLatest : ObservationSql.KeysAsOf, row => row.Key, afterKey, limit)
            : reading.ByRanges<RevisionRow>(latest ? ObservationSql.RangeLatest : ObservationSql.RangeAsOf, afterKey, limit);
    }

    private static bool IsLatest(SqliteConnection connection, long position) =>
        connection.QuerySingle<HeadRow>(HeadRow.Select).Position == position;
}
